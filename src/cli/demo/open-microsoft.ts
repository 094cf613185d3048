// Microsoft in small: a provider for each tenant, and the paths that lead to the right one of them.
import { request as sendRequest } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text as textOf } from "node:stream/consumers";
import type { JWKS } from "oidc-provider";
import { openStandIn } from "./open-stand-in.ts";
import type { StandInClient } from "./open-stand-in.ts";
import type { StandInHandler } from "./stand-in-interaction.ts";
import { choosePage, messagePage } from "./stand-in-pages.ts";
import { microsoftPerson, STAND_IN_TENANTS, tenantOf } from "./stand-in-person.ts";
import type { StandInTenant } from "./stand-in-person.ts";
import { createStandInStore } from "./stand-in-store.ts";

type Microsoft = {
  /** Of the real one: https://login.microsoftonline.com. */
  readonly origin: string;
  readonly client: StandInClient;
  readonly jwks: JWKS;
};

type TenantDoor = StandInTenant & {
  readonly answer: StandInHandler;
  readonly hasCode: (code: string) => boolean;
};

const BRAND = "Microsoft";
const SHARED = new Set(["common", "organizations"]);
const ROUTES = {
  authorization: "/oauth2/v2.0/authorize",
  token: "/oauth2/v2.0/token",
  jwks: "/discovery/v2.0/keys",
  endSession: "/oauth2/v2.0/logout",
} as const;
const METADATA = "/.well-known/openid-configuration";
/** Which tenant's person this browser signed in as last. */
const TENANT_COOKIE = "microsoft-tenant";

export async function openMicrosoft(microsoft: Microsoft): Promise<StandInHandler> {
  const doors = await Promise.all(
    Object.values(STAND_IN_TENANTS).map((tenant) => openTenant(microsoft, tenant)),
  );
  const doorOf = (name: string | undefined): TenantDoor | undefined =>
    doors.find(({ id, domain }) => id === name || domain === name);
  const first = doors[0]!;

  async function answerShared(
    name: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", microsoft.origin);
    if (pathname === `/v2.0${METADATA}`) return describe(microsoft.origin, name, response);
    if (pathname === ROUTES.jwks) return enter(first, request, response);
    if (pathname === ROUTES.token) {
      const body = await textOf(request);
      const code = new URLSearchParams(body).get("code") ?? "";
      const door = doors.find(({ hasCode }) => hasCode(code)) ?? first;
      return handOn(`/${door.id}${ROUTES.token}`, { request, body }, response);
    }
    const known = doorOf(tenantCookie(request));
    if (pathname === ROUTES.endSession) {
      return goTo(
        response,
        `/${(known ?? first).id}${request.url}`,
        `${TENANT_COOKIE}=; Max-Age=0`,
      );
    }
    if (pathname !== ROUTES.authorization) return notHere(response);
    if (known !== undefined && searchParams.get("prompt") !== "select_account") {
      return goTo(response, `/${known.id}${request.url}`);
    }
    return choose(`/${name}${request.url}`, request, response);
  }

  return async (request, response) => {
    const [, name = "", rest = ""] = /^\/([^/?]+)(\/.*)$/s.exec(request.url ?? "") ?? [];
    const door = doorOf(name);
    if (door === undefined && !SHARED.has(name)) return notHere(response);
    Object.assign(request, { originalUrl: request.url, url: rest });
    return door === undefined
      ? answerShared(name, request, response)
      : enter(door, request, response);
  };
}

async function openTenant(microsoft: Microsoft, tenant: StandInTenant): Promise<TenantDoor> {
  const store = createStandInStore();
  const answer = await openStandIn({
    brand: BRAND,
    issuer: `${microsoft.origin}/${tenant.id}/v2.0`,
    routes: ROUTES,
    cookiePrefix: `microsoft-${tenant.domain}`,
    client: microsoft.client,
    jwks: microsoft.jwks,
    store,
    namesIssuer: false,
    personOf: (address) =>
      tenantOf(address)?.id === tenant.id ? microsoftPerson(address, tenant) : null,
  });
  return { ...tenant, answer, hasCode: store.hasCode };
}

/** To the tenant's provider, whose metadata stands one level deeper than oidc-provider has it. */
function enter(
  door: TenantDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url === `/v2.0${METADATA}` ? METADATA : request.url;
  Object.assign(request, { originalUrl: `/${door.id}${url}`, url });
  return door.answer(request, response);
}

/** The issuer is a pattern: which tenant it was, only the token says. */
function describe(origin: string, name: string, response: ServerResponse): void {
  const endpoint = (path: string): string => `${origin}/${name}${path}`;
  const metadata = {
    issuer: `${origin}/{tenantid}/v2.0`,
    authorization_endpoint: endpoint(ROUTES.authorization),
    token_endpoint: endpoint(ROUTES.token),
    jwks_uri: endpoint(ROUTES.jwks),
    end_session_endpoint: endpoint(ROUTES.endSession),
    response_types_supported: ["code"],
    response_modes_supported: ["query", "fragment", "form_post"],
    scopes_supported: ["openid", "profile", "email"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    code_challenge_methods_supported: ["S256"],
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(metadata));
}

/** Asks for the address, and leads on to its tenant. */
async function choose(
  action: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const typed = request.method === "POST" ? new URLSearchParams(await textOf(request)) : null;
  const address = (typed?.get("address") ?? "").trim().toLowerCase();
  const tenant = tenantOf(address);
  if (tenant !== null) {
    const query = new URLSearchParams(action.split("?")[1]);
    query.set("login_hint", address);
    const cookie = `${TENANT_COOKIE}=${tenant.id}`;
    return goTo(response, `/${tenant.id}${ROUTES.authorization}?${query.toString()}`, cookie);
  }
  const complaint = typed === null ? null : `${BRAND} does not know ${address} here.`;
  const html = choosePage({ brand: BRAND, action }, { address, complaint });
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
}

/** Asks the tenant's own path over HTTP: the body has been read. */
function handOn(
  path: string,
  { request, body }: { readonly request: IncomingMessage; readonly body: string },
  response: ServerResponse,
): Promise<void> {
  const { localAddress: host, localPort: port } = request.socket;
  const { headers, method } = request;
  return new Promise((resolve, reject) => {
    const sent = sendRequest({ host, port, path, method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on("error", reject).on("finish", resolve);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function tenantCookie({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|; )${TENANT_COOKIE}=([0-9a-f-]{36})`).exec(headers.cookie ?? "")?.[1];
}

function goTo(response: ServerResponse, location: string, cookie?: string): void {
  const headers = cookie === undefined ? {} : { "set-cookie": `${cookie}; Path=/; HttpOnly` };
  response.writeHead(303, { location, ...headers }).end();
}

function notHere(response: ServerResponse): void {
  const page = messagePage(BRAND, "Not here", "This stand-in has no such address.");
  response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end(page);
}

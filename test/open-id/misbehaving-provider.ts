// An OpenID provider on loopback that can be told to misbehave in every way a real one could.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { answerJson, answerWithFault } from "./misbehaving-answers.ts";
import type { EndpointFault } from "./misbehaving-answers.ts";
import { createProviderKeys } from "./misbehaving-keys.ts";
import type { ProviderKeys, TokenSigning } from "./misbehaving-keys.ts";

type Fields = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<string, string | null | undefined>>;

/** What it does; a field with the value undefined leaves out what a good provider sends. */
export type Behaviour = {
  readonly metadata: "good" | EndpointFault;
  readonly metadataFields: Fields;
  readonly keys: "good" | "empty" | EndpointFault;
  readonly keysCacheControl: string | null;
  /** What happens meanwhile, when the code is brought and before it is answered. */
  readonly beforeToken: () => Promise<void>;
  readonly token: "good" | EndpointFault | { readonly status: number; readonly body: Fields };
  /** Beside or in place of the claims of a good ID token: sub, iss, aud, exp, amr, tid… */
  readonly claims: Fields;
  readonly header: Fields;
  readonly signing: TokenSigning;
  /** In place of what a good provider sends the browser back with: code, state, iss, error. */
  readonly callbackFields: Texts;
  /** `page`: shows a sign-in form, as a provider does that does not know the browser. */
  readonly authorize:
    | ("good" | "page" | "refusing" | EndpointFault)
    /** Sends the browser somewhere else. */
    | { readonly location: string };
  /** The only one that is registered; null: any. */
  readonly redirectUri: string | null;
};

const GOOD: Behaviour = {
  metadata: "good",
  metadataFields: {},
  keys: "good",
  keysCacheControl: null,
  beforeToken: async () => undefined,
  token: "good",
  claims: {},
  header: {},
  signing: "own",
  callbackFields: {},
  authorize: "good",
  redirectUri: null,
};

const ENDPOINTS = ["metadata", "keys", "authorize", "token", "endSession", "other"] as const;
/** How often each endpoint was asked. */
export type Asked = Readonly<Record<(typeof ENDPOINTS)[number], number>>;

export type MisbehavingProvider = {
  readonly issuer: string;
  /** Where it listens; differs from the issuer's when another issuer was wanted. */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Replaces what it was told before; without an argument it is good again. */
  readonly behave: (behaviour?: Partial<Behaviour>) => void;
  readonly rotateKeys: () => Promise<void>;
  /** The numbers change as it is asked. */
  readonly asked: Asked;
  /** What a browser does: opens the address and gives back where it is sent. */
  readonly visit: (authorizationUrl: string) => Promise<URL>;
  readonly stop: () => Promise<void>;
};

export type StartMisbehavingProvider = {
  /** An issuer it pretends to be, such as Google's; map its origin to `origin` by a stand-in. */
  readonly issuer?: string;
};

type Grant = { readonly nonce: string | null; readonly challenge: string; readonly to: string };

type Acting = {
  readonly issuer: string;
  readonly keys: ProviderKeys;
  readonly client: { readonly id: string; readonly secret: string };
  readonly grants: Map<string, Grant>;
  readonly behaviour: Behaviour;
};

export async function startMisbehavingProvider(
  wanted: StartMisbehavingProvider = {},
): Promise<MisbehavingProvider> {
  let behaviour = GOOD;
  const asked = Object.fromEntries(ENDPOINTS.map((name) => [name, 0])) as Record<
    (typeof ENDPOINTS)[number],
    number
  >;
  const keys = await createProviderKeys();
  const client = { id: "postern", secret: `s3cret-${randomBytes(12).toString("hex")}` };
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => {
    const endpoint = endpointOf(request);
    asked[endpoint] += 1;
    const acting = { issuer, keys, client, grants, behaviour };
    void answers[endpoint](acting, request, response).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = wanted.issuer ?? origin;

  return {
    issuer,
    origin,
    clientId: client.id,
    clientSecret: client.secret,
    behave: (changes = {}) => void (behaviour = { ...GOOD, ...changes }),
    rotateKeys: keys.rotate,
    asked,
    visit,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function visit(authorizationUrl: string): Promise<URL> {
  const response = await fetch(authorizationUrl, { redirect: "manual" });
  const location = response.headers.get("location");
  if (location === null) throw new Error(`not sent back: ${await response.text()}`);
  return new URL(location);
}

function endpointOf(request: IncomingMessage): (typeof ENDPOINTS)[number] {
  const path = request.url?.split("?")[0] ?? "";
  if (path.endsWith("/.well-known/openid-configuration")) return "metadata";
  const found = { "/keys": "keys", "/authorize": "authorize", "/token": "token" } as const;
  if (path === "/sign-out") return "endSession";
  return found[path as keyof typeof found] ?? "other";
}

const answers = {
  metadata: answerMetadata,
  keys: answerKeys,
  authorize: answerAuthorize,
  token: answerToken,
  endSession: answerEndSession,
  other: answerOther,
};

async function answerMetadata(acting: Acting, _: IncomingMessage, response: ServerResponse) {
  const { behaviour, issuer } = acting;
  if (behaviour.metadata !== "good") return answerWithFault(response, behaviour.metadata);
  const { origin } = new URL(issuer);
  answerJson(response, 200, {
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/keys`,
    end_session_endpoint: `${origin}/sign-out`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    authorization_response_iss_parameter_supported: true,
    ...behaviour.metadataFields,
  });
}

async function answerKeys(acting: Acting, _: IncomingMessage, response: ServerResponse) {
  const { keys, keysCacheControl } = acting.behaviour;
  if (keysCacheControl !== null) response.setHeader("cache-control", keysCacheControl);
  if (keys !== "good" && keys !== "empty") return answerWithFault(response, keys);
  answerJson(response, 200, { keys: keys === "empty" ? [] : [acting.keys.published()] });
}

async function answerAuthorize(acting: Acting, request: IncomingMessage, response: ServerResponse) {
  const { behaviour } = acting;
  const { searchParams: asked } = new URL(request.url ?? "/", acting.issuer);
  const to = asked.get("redirect_uri") ?? "";
  if (behaviour.authorize === "page") return void response.end("<form>Who are you?</form>");
  if (typeof behaviour.authorize === "object") {
    return void response.writeHead(302, behaviour.authorize).end();
  }
  if (behaviour.authorize === "refusing" || asked.get("client_id") !== acting.client.id) {
    return void response.writeHead(400).end("<h1>unauthorized_client</h1>");
  }
  if (behaviour.authorize !== "good") return answerWithFault(response, behaviour.authorize);
  if (behaviour.redirectUri !== null && behaviour.redirectUri !== to) {
    return void response.writeHead(400).end("<h1>redirect_uri_mismatch</h1>");
  }
  const fields = isGoodRequest(asked)
    ? { code: newGrant(acting, asked), iss: acting.issuer }
    : { error: asked.get("prompt") === "none" ? "login_required" : "invalid_request" };
  const back = new URL(to);
  const all: Texts = { state: asked.get("state"), ...fields, ...behaviour.callbackFields };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && value !== null) back.searchParams.append(name, value);
  }
  response.writeHead(303, { location: back.href }).end();
}

function isGoodRequest(asked: URLSearchParams): boolean {
  const isOpenId = asked.get("scope")?.split(" ").includes("openid") === true;
  const hasChallenge = asked.get("code_challenge_method") === "S256" && asked.has("code_challenge");
  const isCode = asked.get("response_type") === "code";
  return isOpenId && isCode && hasChallenge && asked.get("prompt") !== "none";
}

function newGrant(acting: Acting, asked: URLSearchParams): string {
  const code = `code-${randomBytes(12).toString("hex")}`;
  const challenge = asked.get("code_challenge") ?? "";
  acting.grants.set(code, {
    nonce: asked.get("nonce"),
    challenge,
    to: asked.get("redirect_uri") ?? "",
  });
  return code;
}

async function answerToken(acting: Acting, request: IncomingMessage, response: ServerResponse) {
  const { token, beforeToken } = acting.behaviour;
  await beforeToken();
  const form = new URLSearchParams(await textOf(request));
  if (typeof token === "object") return answerJson(response, token.status, token.body);
  if (token !== "good") return answerWithFault(response, token);
  if (!isClient(acting, request, form)) {
    return answerJson(response, 401, { error: "invalid_client" });
  }
  const code = form.get("code") ?? "";
  const grant = acting.grants.get(code);
  acting.grants.delete(code);
  const challenge = createHash("sha256").update(form.get("code_verifier") ?? "");
  const isGranted =
    grant?.to === form.get("redirect_uri") && grant?.challenge === challenge.digest("base64url");
  if (grant === undefined || !isGranted) {
    return answerJson(response, 400, { error: "invalid_grant" });
  }
  const idToken = await newIdToken(acting, grant);
  answerJson(response, 200, {
    access_token: `access-${randomBytes(12).toString("hex")}`,
    token_type: "Bearer",
    expires_in: 300,
    id_token: idToken,
  });
}

function isClient(acting: Acting, request: IncomingMessage, form: URLSearchParams): boolean {
  const { id, secret } = acting.client;
  const basic = Buffer.from(`${id}:${encodeURIComponent(secret).replaceAll("-", "%2D")}`);
  if (request.headers.authorization === `Basic ${basic.toString("base64")}`) return true;
  return form.get("client_id") === id && form.get("client_secret") === secret;
}

async function newIdToken(acting: Acting, grant: Grant): Promise<string> {
  const { behaviour, client, issuer } = acting;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: "subject-1",
    aud: client.id,
    iat: now,
    exp: now + 300,
    nonce: grant.nonce,
    email: "ada@example.com",
    ...behaviour.claims,
  };
  const { signing, header } = behaviour;
  return await acting.keys.sign({ signing, header, claims, clientSecret: client.secret });
}

async function answerEndSession(_: Acting, request: IncomingMessage, response: ServerResponse) {
  const { searchParams } = new URL(request.url ?? "/", "http://provider");
  const to = searchParams.get("post_logout_redirect_uri");
  if (to === null) response.end("<h1>Signed out</h1>");
  else response.writeHead(303, { location: to }).end();
}

async function answerOther(_: Acting, __: IncomingMessage, response: ServerResponse) {
  response.writeHead(404).end();
}

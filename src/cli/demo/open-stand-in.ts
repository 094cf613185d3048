// One real OpenID provider: a certified core, pages of its own, and people without passwords.
import { randomBytes } from "node:crypto";
import type { Configuration, JWKS, Provider } from "oidc-provider";
import { loadOidcProvider } from "./load-oidc-provider.ts";
import { answerInteraction, mountPathOf } from "./stand-in-interaction.ts";
import type { StandInHandler } from "./stand-in-interaction.ts";
import { messagePage, signOutPage } from "./stand-in-pages.ts";
import type { StandInPerson } from "./stand-in-person.ts";
import type { StandInStore } from "./stand-in-store.ts";

/** The application that people sign in to, as it is registered at the provider. */
export type StandInClient = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  /** Where browsers may go after signing out. */
  readonly postLogoutUris?: readonly string[];
};

export type StandInSetting = {
  /** As people call it, such as Google. */
  readonly brand: string;
  readonly issuer: string;
  /** Paths below the mount path; without `endSession` nobody signs out there. */
  readonly routes: {
    readonly authorization: string;
    readonly token: string;
    readonly jwks: string;
    readonly endSession?: string;
  };
  /** Names its cookies: browsers share them among all ports of a host. */
  readonly cookiePrefix: string;
  readonly client: StandInClient;
  readonly jwks: JWKS;
  readonly store: StandInStore;
  /** Whether answers name the issuer (RFC 9207). */
  readonly namesIssuer: boolean;
  /** Null: not somebody of this provider's. */
  readonly personOf: (address: string) => StandInPerson | null;
};

const CLAIMS = ["sub", "email", "email_verified", "name", "amr"];
const MICROSOFT_CLAIMS = ["oid", "tid", "preferred_username", "ver"];
const HOUR_SECONDS = 3_600;

export async function openStandIn(setting: StandInSetting): Promise<StandInHandler> {
  const { Provider: OidcProvider, interactionPolicy } = await loadOidcProvider();
  const people = new Map<string, StandInPerson>();
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  const provider = new OidcProvider(setting.issuer, {
    ...configure(setting),
    interactions: {
      policy,
      url: (ctx, { uid }) => `${mountPathOf(ctx.req)}/interaction/${uid}`,
    },
    findAccount: (_ctx, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ ...person.claims }) };
    },
  });
  provider.proxy = true;
  if (!setting.namesIssuer) leaveIssuerOut(provider);
  const answer = provider.callback();
  const { brand, personOf } = setting;
  return (request, response) =>
    request.url?.startsWith("/interaction/") === true
      ? answerInteraction({ provider, brand, personOf, people }, request, response)
      : answer(request, response);
}

function configure(setting: StandInSetting): Configuration {
  const { brand, client, routes, cookiePrefix } = setting;
  const { endSession, ...ownRoutes } = routes;
  return {
    adapter: setting.store.adapterOf,
    jwks: setting.jwks,
    clients: [
      {
        client_id: client.clientId,
        client_name: "Postern",
        client_secret: client.clientSecret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...(client.postLogoutUris ?? [])],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    // As Google and Microsoft do: the ID token tells it all.
    conformIdTokenClaims: false,
    claims: { openid: [...CLAIMS, ...MICROSOFT_CLAIMS], profile: [], email: [] },
    scopes: ["openid", "profile", "email"],
    pkce: { required: () => true },
    routes: { ...ownRoutes, ...(endSession !== undefined && { end_session: endSession }) },
    cookies: {
      keys: [randomBytes(32).toString("hex")],
      names: {
        session: `${cookiePrefix}-session`,
        interaction: `${cookiePrefix}-interaction`,
        resume: `${cookiePrefix}-resume`,
      },
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: endSession !== undefined,
        logoutSource: (ctx, form) => void (ctx.body = signOutPage(brand, form)),
        postLogoutSuccessSource: (ctx) => {
          ctx.body = messagePage(brand, "Signed out", `You are signed out of ${brand}.`);
        },
      },
    },
    // Its own are announced on standard output.
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      Grant: HOUR_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Session: HOUR_SECONDS,
    },
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = "html";
      ctx.body = messagePage(brand, "That did not work", `${error}: ${description ?? ""}`);
    },
  };
}

/** Microsoft, as many others, does not name it, and must be understood without. */
function leaveIssuerOut(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const { body } = ctx as { body?: unknown };
    if (isMetadata(body)) delete body["authorization_response_iss_parameter_supported"];
    const location = ctx.response.get("location");
    if (!URL.canParse(location)) return;
    const url = new URL(location);
    url.searchParams.delete("iss");
    ctx.response.set("location", url.href);
  });
}

function isMetadata(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null && "jwks_uri" in body;
}

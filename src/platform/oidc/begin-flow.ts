// The first half of a flow: where the browser is sent, and what must be known when it is back.
import * as openId from "openid-client";
import { configurationOf } from "./provider-configuration.ts";
import type { Asked } from "./provider-configuration.ts";

export type OpenIdFlow = {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
};

export type BeginFlow = {
  /**
   * OpenID Connect Core 3.1.2.1: asked also of whoever is signed in there. `login` is what every
   * provider knows; those that do not know `select_account` may refuse it.
   */
  readonly prompt?: "login" | "select_account" | null;
};

/** `profile` and `email` are for the name that is shown; who it is says `openid` alone. */
const SCOPE = "openid email profile";

export async function beginFlow(asked: Asked, { prompt = null }: BeginFlow = {}) {
  const metadata = await asked.documents.metadata(asked.settings);
  const configuration = await configurationOf(asked, metadata);
  const flow: OpenIdFlow = {
    state: openId.randomState(),
    nonce: openId.randomNonce(),
    verifier: openId.randomPKCECodeVerifier(),
  };
  const url = await authorizationUrl(configuration, asked, flow);
  if (prompt !== null) url.searchParams.set("prompt", prompt);
  return { ok: true as const, url: asked.outbound.standIn(url).href, flow };
}

export async function authorizationUrl(
  configuration: openId.Configuration,
  { settings }: Asked,
  flow: OpenIdFlow,
): Promise<URL> {
  return openId.buildAuthorizationUrl(configuration, {
    redirect_uri: settings.redirectUri,
    scope: SCOPE,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await openId.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: "S256",
  });
}

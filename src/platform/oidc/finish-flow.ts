// The second half of a flow: exchanges the code and says who it was, if everything is in order.
import * as openId from "openid-client";
import { systemClock } from "../clock.ts";
import type { OpenIdFlow } from "./begin-flow.ts";
import { checkCallback } from "./check-callback.ts";
import { checkIdToken } from "./check-id-token.ts";
import { idTokenFacts } from "./id-token-facts.ts";
import { isMicrosoft, isTemplate } from "./microsoft-issuer.ts";
import { OpenIdError, toOpenIdError } from "./open-id-error.ts";
import { configurationOf } from "./provider-configuration.ts";
import type { Asked } from "./provider-configuration.ts";

/** Throws `OpenIdError`. */
export async function finishFlow(asked: Asked, answer: URLSearchParams, flow: OpenIdFlow) {
  const { settings, documents } = asked;
  const metadata = await documents.metadata(settings);
  checkCallback(answer, { state: flow.state, metadata, hidden: [settings.clientSecret] });
  const configuration = await configurationOf(asked, metadata);
  try {
    const tokens = await openId.authorizationCodeGrant(
      configuration,
      // Always the redirect URI that was registered, whatever host the request came in by.
      callbackUrl(settings.redirectUri, answer, isTemplate(metadata.issuer)),
      {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.verifier,
        idTokenExpected: true,
      },
    );
    const claims = { ...tokens.claims() };
    checkIdToken(claims, {
      alg: algOf(tokens.id_token ?? ""),
      clientId: settings.clientId,
      isMicrosoft: isMicrosoft(settings.issuer),
      issuerInAnswer: answer.get("iss"),
      // The library asks the machine's clock for `exp` and `nbf`; this must be the same one.
      nowMs: systemClock.nowMs(),
    });
    return { ok: true as const, facts: idTokenFacts(claims, isMicrosoft(settings.issuer)) };
  } catch (error) {
    throw toOpenIdError(error, [settings.clientSecret, answer.get("code") ?? "", flow.verifier]);
  }
}

function callbackUrl(redirectUri: string, answer: URLSearchParams, hasTemplate: boolean): URL {
  const url = new URL(redirectUri);
  for (const [name, value] of answer) {
    if (name !== "iss" || !hasTemplate) url.searchParams.append(name, value);
  }
  return url;
}

function algOf(idToken: string): unknown {
  try {
    const header = Buffer.from(idToken.split(".")[0] ?? "", "base64url").toString("utf8");
    return (JSON.parse(header) as { readonly alg?: unknown }).alg;
  } catch {
    throw new OpenIdError("token", "The ID token could not be read.");
  }
}

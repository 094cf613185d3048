// Tests whether a provider knows client and redirect URI: asks as a browser does, without a person.
import * as openId from "openid-client";
import { OutboundError } from "../http/outbound-error.ts";
import { authorizationUrl } from "./begin-flow.ts";
import { describeProviderError } from "./open-id-error.ts";
import { failed, passed, warned } from "./probe-step.ts";
import type { ProbeFinding } from "./probe-step.ts";
import { configurationOf } from "./provider-configuration.ts";
import type { Asked } from "./provider-configuration.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

/** Core 1.0, 3.1.2.6: all in order, only nobody is signed in there. */
const NOBODY_THERE = new Set([
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
]);

/** What providers write on their pages for browsers; AADSTS are Microsoft's. */
const REDIRECT_URI_UNKNOWN = /redirect_uri_mismatch|invalid_redirect_uri|AADSTS(50011|900971)\b/i;
const CLIENT_UNKNOWN = /invalid_client|unauthorized_client|AADSTS(700016|90002)\b/i;

export async function probeAuthorization(
  asked: Asked,
  metadata: ProviderMetadata,
): Promise<ProbeFinding> {
  const flow = {
    state: openId.randomState(),
    nonce: openId.randomNonce(),
    verifier: openId.randomPKCECodeVerifier(),
  };
  const url = await authorizationUrl(await configurationOf(asked, metadata), asked, flow);
  url.searchParams.set("prompt", "none");
  const answer = await visit(asked, url);
  const { redirectUri } = asked.settings;
  if (REDIRECT_URI_UNKNOWN.test(answer.words)) return redirectUriUnknown(redirectUri);
  if (CLIENT_UNKNOWN.test(answer.words)) return clientUnknown();
  if (answer.location !== null && isAt(answer.location, redirectUri)) {
    return judgeCallback(answer.location.searchParams);
  }
  if (answer.status >= 500) {
    return warned(
      `The provider answered a sign-in with status ${answer.status}.`,
      "Test again later.",
    );
  }
  if (answer.status >= 400) return redirectUriUnknown(redirectUri);
  return passed("The provider shows its sign-in page.");
}

type Visited = {
  readonly status: number;
  readonly location: URL | null;
  /** Where its words about errors may stand. */
  readonly words: string;
};

async function visit({ outbound, settings }: Asked, url: URL): Promise<Visited> {
  const send = outbound.fetchFor(settings.privateHosts);
  try {
    const response = await send(url.href, { headers: { accept: "text/html" } });
    return { status: response.status, location: null, words: await response.text() };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    // A page of that size is one for people.
    if (error.reason === "too-large") return { status: 200, location: null, words: "" };
    if (error.reason !== "redirected") throw error;
    const text = error.location ?? "";
    const location = URL.canParse(text, url.href) ? new URL(text, url) : null;
    return { status: 302, location, words: `${text} ${googleWords(location)}` };
  }
}

/** Google sends errors to a page of its own and says in base64 which one. */
function googleWords(location: URL | null): string {
  return Buffer.from(location?.searchParams.get("authError") ?? "", "base64").toString("latin1");
}

function isAt(location: URL, redirectUri: string): boolean {
  return `${location.origin}${location.pathname}` === redirectUri;
}

function judgeCallback(answer: URLSearchParams): ProbeFinding {
  const error = answer.get("error");
  if (error === null || NOBODY_THERE.has(error)) {
    return passed("The provider knows the client id and the redirect URI.");
  }
  const words = describeProviderError(error, answer.get("error_description"), []);
  if (["server_error", "temporarily_unavailable"].includes(error)) {
    return warned(`The provider answered a sign-in with ${words}.`, "Test again later.");
  }
  return failed(
    `The provider knows the redirect URI, but refused the sign-in: ${words}.`,
    "Allow this client the authorization code flow and the scopes openid, email and profile.",
  );
}

function redirectUriUnknown(redirectUri: string): ProbeFinding {
  return failed(
    "The provider refused the redirect URI, or the whole client.",
    `Enter ${redirectUri} at the provider, exactly so, and compare the client id.`,
  );
}

function clientUnknown(): ProbeFinding {
  return failed(
    "The provider does not know the client id, or does not let it sign people in.",
    "Compare the client id with the provider's, and the tenant or realm of the issuer.",
  );
}

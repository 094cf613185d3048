// Reads the document in which a provider describes itself, and refuses one that cannot be right.
import { isPrivateHost } from "../http/outbound-fetch.ts";
import { isIssuerOf } from "./microsoft-issuer.ts";
import { OpenIdError } from "./open-id-error.ts";

/** OpenID Connect Discovery 1.0, section 3. */
export type ProviderMetadata = {
  /** As sent; openid-client makes its own of it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly issuer: string;
  readonly authorizationEndpoint: URL;
  readonly tokenEndpoint: URL;
  readonly jwksUri: URL;
  readonly endSessionEndpoint: URL | null;
  /** RFC 9207: an answer without `iss` is then not this provider's. */
  readonly sendsIssuer: boolean;
};

/** Discovery 1.0, section 4.1. */
export function metadataUrlOf(issuer: string): string {
  return new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`).href;
}

/** Throws `OpenIdError`. */
export function readMetadata(
  text: string,
  expected: { readonly issuer: string; readonly privateHosts: readonly string[] },
): ProviderMetadata {
  const document = readObject(text);
  const issuer = document["issuer"];
  if (typeof issuer !== "string" || !isIssuerOf(issuer, expected.issuer)) {
    const named = typeof issuer === "string" ? JSON.stringify(issuer.slice(0, 200)) : "none";
    throw new OpenIdError(
      "refused",
      `The metadata is that of another issuer: ${named} instead of ${expected.issuer}.`,
      "Enter the issuer exactly as the provider's own documentation writes it.",
    );
  }
  const endpoint = (name: string): URL => {
    const url = readEndpoint(document[name], expected.privateHosts);
    if (url !== null) return url;
    throw new OpenIdError(
      "refused",
      `The metadata has no https address in ${name}.`,
      "Use a provider with the authorization code flow; only private hosts may be without https.",
    );
  };
  return {
    document,
    issuer,
    authorizationEndpoint: endpoint("authorization_endpoint"),
    tokenEndpoint: endpoint("token_endpoint"),
    jwksUri: endpoint("jwks_uri"),
    endSessionEndpoint: readEndpoint(document["end_session_endpoint"], expected.privateHosts),
    sendsIssuer: document["authorization_response_iss_parameter_supported"] === true,
  };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Said below.
  }
  throw new OpenIdError(
    "refused",
    "The metadata is not a JSON object.",
    "Check the issuer: its /.well-known/openid-configuration must show JSON in a browser.",
  );
}

/** Browsers are sent to some of them: no `javascript:` and no http may come through here. */
function readEndpoint(text: unknown, privateHosts: readonly string[]): URL | null {
  if (typeof text !== "string" || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isHttp = url.protocol === "http:" && isPrivateHost(url, privateHosts);
  const isPlain = url.username === "" && url.password === "" && url.hash === "";
  return isPlain && (url.protocol === "https:" || isHttp) ? url : null;
}

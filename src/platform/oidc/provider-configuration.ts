// Makes the library's configuration of a provider from what is remembered of it.
import * as openId from "openid-client";
import type { Fetch, OutboundFetch } from "../http/outbound-fetch.ts";
import { isTemplate } from "./microsoft-issuer.ts";
import type { OpenIdSettings } from "./open-id-clients.ts";
import { OpenIdError } from "./open-id-error.ts";
import type { ProviderDocuments } from "./provider-documents.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

/** What everything that is asked of a provider begins with. */
export type Asked = {
  readonly settings: OpenIdSettings;
  readonly documents: ProviderDocuments;
  readonly outbound: OutboundFetch;
};

/**
 * A new one each time, which costs no request: the library remembers keys by its configuration, for
 * as long as it sees fit, and `documents` does so by our rules and our clock.
 */
export async function configurationOf(
  asked: Asked,
  metadata: ProviderMetadata,
): Promise<openId.Configuration> {
  const { settings, documents } = asked;
  const send = asked.outbound.fetchFor(settings.privateHosts);
  let kid: string | null = null;

  const fetchRemembered: Fetch = async (url, init) => {
    if (init?.method === "POST") {
      const response = await send(url, init);
      kid = kidOf(await response.clone().text());
      return response;
    }
    const isOfKeys = url === metadata.jwksUri.href;
    if (isOfKeys) return jsonResponse((await documents.keys(settings, kid)).text);
    return jsonResponse(metadataForLibrary(metadata));
  };

  return await openId.discovery(
    new URL(settings.issuer),
    settings.clientId,
    undefined,
    clientAuthentication(metadata, settings.clientSecret),
    {
      [openId.customFetch]: fetchRemembered,
      execute: [
        // Without it an ID token from the token endpoint is believed for its TLS connection alone
        // (OpenID Connect Core 1.0, 3.1.3.7, 6), and rows 105 and 117 would be without effect.
        openId.enableNonRepudiationChecks,
        // Whether http may be is decided by `readMetadata` and the outbound client, host by host.
        openId.allowInsecureRequests,
      ],
    },
  );
}

/**
 * Post before basic, as both may be announced: RFC 6749, 2.3.1 wants secrets form-encoded in a
 * basic header, which a good part of providers does not undo.
 */
function clientAuthentication(metadata: ProviderMetadata, secret: string): openId.ClientAuth {
  const announced = metadata.document["token_endpoint_auth_methods_supported"];
  const methods: readonly unknown[] = Array.isArray(announced)
    ? announced
    : ["client_secret_basic"];
  if (methods.includes("client_secret_post")) return openId.ClientSecretPost(secret);
  if (methods.includes("client_secret_basic")) return openId.ClientSecretBasic(secret);
  throw new OpenIdError(
    "refused",
    "The provider takes no client secret: it announces neither client_secret_post nor _basic.",
    "Allow one of the two for this client at the provider.",
  );
}

/** With a template for an issuer the library could not compare the `iss` of an answer: we do. */
function metadataForLibrary({ document, issuer }: ProviderMetadata): string {
  const changes = isTemplate(issuer)
    ? { authorization_response_iss_parameter_supported: false }
    : {};
  return JSON.stringify({ ...document, ...changes });
}

/** Which key signed the ID token in an answer of the token endpoint; null: it does not say. */
function kidOf(answer: string): string | null {
  try {
    const { id_token: token } = JSON.parse(answer) as { readonly id_token: string };
    const header = Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8");
    const { kid } = JSON.parse(header) as { readonly kid?: unknown };
    return typeof kid === "string" ? kid : null;
  } catch {
    return null;
  }
}

function jsonResponse(text: string): Response {
  return new Response(text, { headers: { "content-type": "application/json" } });
}

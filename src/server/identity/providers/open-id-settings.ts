// Makes of a stored provider what the OpenID client needs, with its secret opened.
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { OpenIdSettings } from "../../../platform/oidc/open-id-clients.ts";
import { providerSecretRow } from "./provider-store.ts";
import type { StoredProvider } from "./provider-store.ts";

export type OpenIdSettingsOutcome =
  | { readonly ok: true; readonly settings: OpenIdSettings }
  | {
      readonly ok: false;
      /** `secret-unopened`: no key of the ring opens it, or it is another provider's. */
      readonly reason: "secret-missing" | "secret-unopened";
    };

export function openIdSettingsOf(
  stored: StoredProvider,
  { keyRing, publicUrl }: { readonly keyRing: Pick<KeyRing, "open">; readonly publicUrl: string },
): OpenIdSettingsOutcome {
  const { id, issuer, clientId, privateHosts, sealedSecret } = stored;
  if (sealedSecret === null) return { ok: false, reason: "secret-missing" };
  const opened = keyRing.open(sealedSecret, providerSecretRow(id));
  if (!opened.ok) return { ok: false, reason: "secret-unopened" };
  const clientSecret = Buffer.from(opened.plain).toString("utf8");
  const redirectUri = redirectUriOf(publicUrl, id);
  return { ok: true, settings: { id, issuer, clientId, clientSecret, redirectUri, privateHosts } };
}

/** INVARIANT: each provider has its own, so that none can answer for another (RFC 9700, 4.4). */
export function redirectUriOf(publicUrl: string, id: string): string {
  return `${publicUrl}/postern/sso/${id}/callback`;
}

// Makes the OpenID client of a stored provider, and says what a failure of it means to a person.
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import type { OpenIdClient, OpenIdFailure } from "../../../platform/oidc/open-id-clients.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { openIdSettingsOf } from "../providers/open-id-settings.ts";
import type { StoredProvider } from "../providers/provider-store.ts";

const FAULTS = {
  unreachable: "provider-unreachable",
  refused: "provider-refused",
  cancelled: "provider-cancelled",
  returned: "provider-refused",
  token: "token-refused",
} as const satisfies Record<OpenIdFailure["fault"], SignInFault>;

export function faultOf({ fault }: OpenIdFailure): SignInFault {
  return FAULTS[fault];
}

const MEANINGS = {
  "secret-missing": "No client secret is kept for the provider. Enter it again.",
  "secret-unopened":
    "The client secret cannot be opened with the master keys of this installation. Enter it again.",
} as const;

export type OpenedClient =
  | { readonly ok: true; readonly client: OpenIdClient }
  | { readonly ok: false; readonly meaning: string };

export function openClient(
  parts: Pick<IdentityParts, "openIdClients" | "keyRing" | "publicUrl">,
  stored: StoredProvider,
): OpenedClient {
  const outcome = openIdSettingsOf(stored, parts);
  if (!outcome.ok) return { ok: false, meaning: MEANINGS[outcome.reason] };
  return { ok: true, client: parts.openIdClients.of(outcome.settings) };
}

// The words and figures of single sign-on: providers, what they assert, whom they may sign in.
import type { AccountId } from "../../accounts/account.ts";

/** `oidc`: any other OpenID Connect provider. */
export const PROVIDER_KINDS = ["google", "microsoft", "oidc"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

export const GOOGLE_ISSUER = "https://accounts.google.com";
export const MICROSOFT_AUTHORITY = "https://login.microsoftonline.com";

/** Tenants of Microsoft that stand for many; any other is one tenant's id or domain. */
export const MICROSOFT_SHARED_TENANTS = ["common", "organizations"] as const;

/** What decides whether somebody may be signed in by a provider. */
export type Provider = {
  /** Stands in the redirect URI: `google`, or `acme.google` of an account. */
  readonly id: string;
  /** Null: the platform's own. */
  readonly accountId: AccountId | null;
  readonly kind: ProviderKind;
  readonly isEnabled: boolean;
  /** Of Microsoft with `tenant` in it; of others what stands in their tokens. */
  readonly issuer: string;
  /** Of Microsoft only: `common`, `organizations`, or one tenant's id or domain. */
  readonly tenant: string | null;
  /** Of Microsoft: only people of these tenants, by id; empty: all that `tenant` lets in. */
  readonly tenants: readonly string[];
  /** Values of `acr` by which the provider says that it asked for a second factor. */
  readonly factorAcrs: readonly string[];
};

/** What a checked ID token said. INVARIANT: issuer, subject, tenant say who it is; no address. */
export type Assertion = {
  readonly issuer: string;
  readonly subject: string;
  /** Microsoft's `tid`; empty where there is none. */
  readonly tenant: string;
  /** As the provider calls the person: shown, never compared. */
  readonly accountShown: string;
  /** RFC 8176. */
  readonly amr: readonly string[];
  readonly acr: string | null;
};

/** From the moment the browser is sent to the provider until it is back. */
export const FLOW_MS = 600_000;
/** To prove who one is, at the first sign-in (adversary row 108). */
export const BIND_MS = 600_000;

/** No provider's code: they stand for the console's page of new ones, and for the platform. */
export const RESERVED_CODES: readonly string[] = ["new", "platform"];

export const PROVIDER_BOUNDS = {
  nameLength: 40,
  codeLength: 32,
  tenants: 50,
  factorAcrs: 20,
  privateHosts: 10,
} as const;

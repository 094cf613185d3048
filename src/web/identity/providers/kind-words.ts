// The kinds of providers as people read them.
import { PROVIDER_KINDS } from "../../../core/identity/single-sign-on/provider.ts";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";

export type KindWords = { readonly label: string; readonly description: string };

/** In the order in which they are offered. */
export const KIND_WORDS: Readonly<Record<ProviderKind, KindWords>> = {
  google: { label: "Google", description: "Google Workspace and Google accounts" },
  microsoft: { label: "Microsoft", description: "Office 365, Microsoft 365, Entra ID" },
  oidc: { label: "Another provider", description: "Any other that speaks OpenID Connect" },
};

/** What is not as it should be is Google: addresses are written by anybody. */
export function readKind(text: string | null): ProviderKind {
  return PROVIDER_KINDS.find((kind) => kind === text) ?? "google";
}

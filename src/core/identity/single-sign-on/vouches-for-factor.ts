// Says whether a provider vouches for a second factor: by how it says that it asked (RFC 8176).
import type { Assertion } from "./provider.ts";

type FactorKind = "knowledge" | "possession" | "inherence";

/**
 * Of RFC 8176 section 2 what proves something; not where or how often somebody was asked (`geo`,
 * `mca`, `rba`, `user`, `wia`). Values are case-sensitive.
 */
const KIND_OF_METHOD: ReadonlyMap<string, FactorKind> = new Map<string, FactorKind>([
  ["pwd", "knowledge"],
  ["pin", "knowledge"],
  ["kba", "knowledge"],
  ["otp", "possession"],
  ["hwk", "possession"],
  ["swk", "possession"],
  ["sc", "possession"],
  ["sms", "possession"],
  ["tel", "possession"],
  ["pop", "possession"],
  ["fpt", "inherence"],
  ["face", "inherence"],
  ["iris", "inherence"],
  ["retina", "inherence"],
  ["vbm", "inherence"],
]);

/**
 * By `mfa`, by methods of two different kinds (two of one kind, as a password and a PIN, are one
 * factor), or by an `acr` that the provider's configuration names. Anything unknown says nothing.
 */
export function vouchesForFactor(
  { amr, acr }: Pick<Assertion, "amr" | "acr">,
  factorAcrs: readonly string[],
): boolean {
  if (acr !== null && acr !== "" && factorAcrs.includes(acr)) return true;
  if (amr.includes("mfa")) return true;
  const kinds = amr.flatMap((method) => KIND_OF_METHOD.get(method) ?? []);
  return new Set(kinds).size > 1;
}

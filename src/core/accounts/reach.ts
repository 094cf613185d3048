// How far somebody's rights go: over the whole platform, or over certain accounts.
import type { AccountId } from "./account.ts";

export type Reach =
  | { readonly kind: "platform" }
  | { readonly kind: "accounts"; readonly accountIds: readonly AccountId[] };

export function canReach(reach: Reach, accountId: AccountId): boolean {
  return reach.kind === "platform" || reach.accountIds.includes(accountId);
}

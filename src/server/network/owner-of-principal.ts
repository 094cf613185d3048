// Whose network rules, lists and bans somebody may read and change.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { canReach } from "../../core/accounts/reach.ts";
import { accountsProblem, reachOf } from "../accounts/index.ts";
import type { Principal } from "../accounts/index.ts";
import type { Network } from "./create-network.ts";

const PLATFORM_DETAIL =
  "The platform's own rules are for its operators; name your account with ?account=code.";

/**
 * Admins have the rules of their accounts, nothing of the platform's; to them another account is
 * not there: codes of other customers are not theirs to know (attack row 141). Throws
 * `operator-required`, `account-not-found`.
 */
export function ownerFor(
  network: Network,
  principal: Principal,
  account: string | undefined,
): PolicyOwner {
  const reach = reachOf(principal);
  if (reach.kind === "platform") return network.ownerOf(account);
  if (account === undefined) {
    throw accountsProblem("operator-required", { detail: PLATFORM_DETAIL });
  }
  const owner = network.state.accounts.get(account)?.owner;
  if (owner === undefined || !canReach(reach, owner)) throw accountsProblem("account-not-found");
  return owner;
}

/**
 * Whose bans a listing or a release is narrowed to: those of the account that is named, or all
 * that are within reach. Null: everybody's.
 */
export function ownersFor(
  network: Network,
  principal: Principal,
  account: string | undefined,
): readonly PolicyOwner[] | null {
  if (account !== undefined) return [ownerFor(network, principal, account)];
  const reach = reachOf(principal);
  return reach.kind === "platform" ? null : reach.accountIds;
}

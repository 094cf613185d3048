// Finds whose providers somebody asks for, and keeps from them what is not theirs to manage.
import type { Account, PolicyOwner } from "../../../core/accounts/account.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem, reachOf } from "../../accounts/index.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";
import { providerProblem } from "./provider-problem.ts";
import { readProvider } from "./provider-store.ts";
import type { StoredProvider } from "./provider-store.ts";

const ACCOUNT_DETAIL = "`account` is the code of an account whose providers you may see.";
const PLATFORM_DETAIL =
  "The platform's own providers are for its operators; name your account with ?account=code.";

/**
 * Null: the platform. To an admin, another account is not there: codes of other customers are not
 * theirs to know.
 */
export async function findProviderOwner(
  accounts: Pick<Accounts, "findAccount">,
  principal: Principal,
  code: string | undefined,
): Promise<Account | null> {
  const reach = reachOf(principal);
  if (code === undefined) {
    if (reach.kind === "platform") return null;
    throw accountsProblem("operator-required", { detail: PLATFORM_DETAIL });
  }
  const account = await accounts.findAccount(code);
  if (account === null || !canReach(reach, account.id)) {
    throw accountsProblem("account-not-found", { detail: ACCOUNT_DETAIL });
  }
  return account;
}

/** Throws `provider-not-found`, the same for what is absent and what is somebody else's. */
export async function findManagedProvider(
  db: ReadDatabase<Schema>,
  principal: Principal,
  id: string,
): Promise<StoredProvider> {
  const stored = await readProvider(db, id);
  if (stored === null || !mayManage(principal, stored.owner)) {
    throw providerProblem("provider-not-found");
  }
  return stored;
}

function mayManage(principal: Principal, owner: PolicyOwner): boolean {
  const reach = reachOf(principal);
  return reach.kind === "platform" || (owner !== "platform" && canReach(reach, owner));
}

/** A stolen token must not decide who may sign in as whom. */
export function refuseToken(principal: Principal): void {
  if (principal.kind === "token") throw providerProblem("provider-not-editable");
}

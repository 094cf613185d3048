// Finds the account whose recordings' rules somebody asks for, where it is theirs to manage.
import type { Account } from "../../../core/accounts/account.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import { accountsProblem, reachOf } from "../../accounts/index.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";

const DETAIL = "`account` is the code of an account whose recordings you manage.";

/**
 * Throws `account-not-found` (404). To an admin, another account is not there: codes of other
 * customers are not theirs to know.
 */
export async function findManagedAccount(
  accounts: Pick<Accounts, "findAccount">,
  principal: Principal,
  code: string,
): Promise<Account> {
  const account = await accounts.findAccount(code);
  if (account === null || !canReach(reachOf(principal), account.id)) {
    throw accountsProblem("account-not-found", { detail: DETAIL });
  }
  return account;
}

// Client accounts as they are answered: those within a principal's reach, with what they hold.
import type { AccountAnswer } from "../../api/accounts-api.ts";
import { canReach } from "../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { countByAccount, findAccountWithin, listAccounts } from "./account-store.ts";
import type { AccountCounts, StoredAccount } from "./account-store.ts";
import { accountsProblem } from "./accounts-problem.ts";
import type { Principal } from "./principal.ts";
import { reachOf } from "./reach-of.ts";

/** In the order of their codes. */
export async function describeAccounts(
  read: ReadDatabase<Schema>,
  principal: Principal,
): Promise<AccountAnswer[]> {
  const reach = reachOf(principal);
  const accounts = await listAccounts(read);
  const countsOf = await countByAccount(read);
  return accounts
    .filter(({ id }) => canReach(reach, id))
    .map((account) => toAnswer(account, countsOf(account.id)));
}

/** Throws `account-not-found` (404) also for an account out of reach. */
export async function describeAccount(
  read: ReadDatabase<Schema>,
  principal: Principal,
  code: string,
): Promise<AccountAnswer> {
  const account = await findAccountWithin(read, code, reachOf(principal));
  if (account === null) throw accountsProblem("account-not-found");
  const countsOf = await countByAccount(read);
  return toAnswer(account, countsOf(account.id));
}

function toAnswer(account: StoredAccount, counts: AccountCounts): AccountAnswer {
  const { id, code, name } = account;
  return { id, code, name, createdAt: new Date(account.createdAtMs).toISOString(), ...counts };
}

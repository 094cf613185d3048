// Deletes a client account, after saying what goes with it.
import type { Transaction } from "kysely";
import type { AccountContents } from "../../api/accounts-api.ts";
import type { Schema } from "../migrations/schema.ts";
import { deleteAccountRows, findAccountByCode } from "./account-store.ts";
import type { StoredAccount } from "./account-store.ts";
import { accountsProblem } from "./accounts-problem.ts";
import type { AccountsParts } from "./accounts-parts.ts";
import { holdAccount } from "./hold-rows.ts";
import { removeUser } from "./users/delete-user.ts";
import type { StoredUser } from "./users/user-store.ts";
import { holdMembers, listUsersOfOnly } from "./users/members-of-account.ts";

export type AccountDeletion = {
  readonly code: string;
  /** The code once more. */
  readonly confirm: string | undefined;
  readonly actor: string;
};

/**
 * What other domains keep of it goes in the same transaction: whoever takes the code again starts
 * from nothing. Throws `account-not-found`, or `account-deletion-unconfirmed` (409).
 */
export async function deleteAccount(
  parts: AccountsParts,
  { code, confirm, actor }: AccountDeletion,
): Promise<void> {
  await parts.database.transaction(async (trx) => {
    const account = await findAccountByCode(trx, code);
    if (account === null || !(await holdAccount(trx, account.id))) {
      throw accountsProblem("account-not-found");
    }
    const members = await holdMembers(trx, account.id);
    const leaving = await listUsersOfOnly(trx, account.id);
    const usersKept = members - leaving.length;
    const contents = {
      usersDeleted: leaving.length,
      usersKept,
      ...(await countNumbers(trx, account.id)),
      ...(await parts.countAccountRules(trx, account.id)),
    };
    if (confirm !== code) throw unconfirmed(account, contents);
    await remove(trx, parts, { account, leaving, contents, actor });
  });
  await parts.followAccountDeletion();
  await parts.followUserChanges();
}

type Removal = {
  readonly account: StoredAccount;
  readonly leaving: readonly StoredUser[];
  readonly contents: AccountContents;
  readonly actor: string;
};

async function remove(
  trx: Transaction<Schema>,
  parts: AccountsParts,
  { account, leaving, contents, actor }: Removal,
): Promise<void> {
  for (const user of leaving) await removeUser(trx, parts, { user, actor });
  await deleteAccountRows(trx, account.id);
  await parts.onAccountDeleted(trx, account.id, actor);
  await parts.onUserChanged(trx, null);
  await parts.recordEvent(trx, {
    kind: "account-deleted",
    atMs: parts.clock.nowMs(),
    actor,
    account: account.code,
    detail: { id: account.id, name: account.name, ...contents },
  });
}

async function countNumbers(
  trx: Transaction<Schema>,
  accountId: string,
): Promise<Pick<AccountContents, "trackingNumbers" | "grants">> {
  const numbers = await trx
    .selectFrom("accounts_tracking_number")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  const grants = await trx
    .selectFrom("accounts_grant as grant")
    .innerJoin("accounts_tracking_number as number", "number.id", "grant.tracking_number_id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("number.account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  return { trackingNumbers: numbers.count, grants: grants.count };
}

function unconfirmed(account: StoredAccount, contents: AccountContents): Error {
  const { usersDeleted, usersKept, trackingNumbers, grants, policies, entries, recordings } =
    contents;
  const goes = [
    `users who belong to no other account: ${usersDeleted}`,
    `memberships of other users: ${usersKept}`,
    `tracking numbers: ${trackingNumbers}`,
    `grants: ${grants}`,
    `policies: ${policies}`,
    `address list entries: ${entries}`,
    `recordings with their files: ${recordings}`,
  ].join(", ");
  return accountsProblem("account-deletion-unconfirmed", {
    detail: `With ${account.code} goes for good: ${goes}. Repeat its code as confirm to delete it.`,
    members: { ...contents },
  });
}

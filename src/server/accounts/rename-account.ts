// Gives a client account another name.
import { findAccountByCode, updateAccountName } from "./account-store.ts";
import { accountsProblem } from "./accounts-problem.ts";
import type { AccountsParts } from "./accounts-parts.ts";
import { holdAccount } from "./hold-rows.ts";

export type AccountRenaming = {
  readonly code: string;
  readonly name: string;
  readonly actor: string;
};

/** Throws `account-not-found` (404). */
export async function renameAccount(
  parts: AccountsParts,
  { code, name, actor }: AccountRenaming,
): Promise<void> {
  await parts.database.transaction(async (trx) => {
    const found = await findAccountByCode(trx, code);
    if (found === null || !(await holdAccount(trx, found.id))) {
      throw accountsProblem("account-not-found");
    }
    if (found.name === name) return;
    await updateAccountName(trx, found.id, name);
    await parts.recordEvent(trx, {
      kind: "account-changed",
      atMs: parts.clock.nowMs(),
      actor,
      account: code,
      detail: { name, nameBefore: found.name },
    });
    // Sessions carry the names of their user's accounts.
    await parts.onUserChanged(trx, null);
  });
  await parts.followUserChanges();
}

// Tells users, and the journal, that connections of theirs went with their provider.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { recordConnectionChange } from "../single-sign-on/record-connection-change.ts";

export type RemovalParts = Pick<IdentityParts, "recordEvent">;

/** Whose doing it is, as it is recorded, and by e-mail address for the mails. */
export type RemovedBy = {
  readonly actor: string;
  readonly changedBy: string | null;
  readonly nowMs: number;
};

export type Removals = {
  readonly provider: { readonly id: string; readonly name: string };
  readonly by: RemovedBy;
  /** One of each user, and no more than a statement has places for. */
  readonly removed: readonly { readonly user_id: string; readonly account_shown: string }[];
};

export function removedBy(principal: Principal, nowMs: number): RemovedBy {
  const changedBy = principal.kind === "user" ? principal.email : null;
  return { actor: describePrincipal(principal), changedBy, nowMs };
}

/** In the transaction of the removal. After the commit comes `wakeMails`. */
export async function recordRemovals(
  trx: Transaction<Schema>,
  parts: RemovalParts,
  { provider, by, removed }: Removals,
): Promise<void> {
  const shown = new Map(removed.map((row) => [row.user_id, row.account_shown]));
  if (shown.size === 0) return;
  const users = await trx
    .selectFrom("accounts_user as user")
    .leftJoin("accounts_account as account", "account.id", "user.primary_account_id")
    .select(["user.id", "user.email", "account.code"])
    .where("user.id", "in", [...shown.keys()])
    .execute();
  for (const { id, email, code } of users) {
    await recordConnectionChange(trx, parts, {
      person: { user: { id, email }, accountCode: code },
      change: "disconnected-by-administrator",
      provider,
      accountShown: shown.get(id) ?? "",
      place: null,
      ...by,
    });
  }
}

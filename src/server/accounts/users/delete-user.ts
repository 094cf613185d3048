// Deletes a user, with everything that any domain keeps for the user.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { holdUser } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { isActiveOperator, keepAnOperator, TAKES_OPERATORS } from "./last-operator.ts";
import { deleteUserRows } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";
import { findManagedUser } from "./visible-user.ts";

/** Whoever gets the same e-mail address later is another user, who starts from nothing. */
export async function deleteUser(
  parts: AccountsParts,
  principal: Principal,
  userId: string,
): Promise<void> {
  await parts.database.transaction(async (trx) => {
    await holdUser(trx, userId);
    const { user } = await findManagedUser(trx, principal, userId);
    if (principal.kind === "user" && principal.userId === userId) throw accountsProblem("own-user");
    await removeUser(trx, parts, { user, actor: describePrincipal(principal) });
    if (isActiveOperator(user)) await keepAnOperator(trx, userId);
  }, TAKES_OPERATORS);
}

/** The rows and the event; who may do it and whether an operator is left was looked at before. */
export async function removeUser(
  trx: Transaction<Schema>,
  parts: AccountsParts,
  { user, actor }: { readonly user: StoredUser; readonly actor: string },
): Promise<void> {
  await deleteUserRows(trx, user.id);
  await parts.onUserDeleted(trx, user.id);
  await parts.recordEvent(trx, {
    kind: "user-deleted",
    atMs: parts.clock.nowMs(),
    actor,
    userId: user.id,
    detail: { email: user.email, name: user.name, isOperator: user.isOperator },
  });
}

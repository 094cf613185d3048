// Keeps somebody who can run the platform: the last operator stays.
import type { Transaction } from "kysely";
import type { TransactionOptions } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem } from "../accounts-problem.ts";
import { countOtherOperators } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";

/**
 * INVARIANT: whatever takes an operator away runs in such a transaction. Two operators who remove
 * each other at the same time both still see the other; one of them must then be refused
 * (attack row 77).
 */
export const TAKES_OPERATORS: TransactionOptions = { isolation: "serializable" };

export function isActiveOperator(user: StoredUser): boolean {
  return user.isOperator && !user.isDisabled;
}

/** Throws `last-operator` (409) when nobody else who is not disabled is an operator. */
export async function keepAnOperator(trx: Transaction<Schema>, userId: string): Promise<void> {
  if ((await countOtherOperators(trx, userId)) === 0) throw accountsProblem("last-operator");
}

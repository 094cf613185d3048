// What happens in this domain, told to whoever keeps the records.
import type { Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";

export type AccountsEvent = {
  readonly kind:
    | "account-created"
    | "account-changed"
    | "account-deleted"
    | "user-created"
    | "user-changed"
    | "user-deleted"
    | "membership-changed"
    | "tracking-number-changed"
    | "grant-changed"
    | "token-created"
    | "token-revoked";
  readonly atMs: number;
  readonly actor: string;
  /** The account's code. */
  readonly account?: string;
  /** Whose event it is, the actor aside. */
  readonly userId?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** Records in the transaction that makes it so. */
export type RecordAccountsEvent = (
  trx: Transaction<Schema>,
  event: AccountsEvent,
) => Promise<unknown>;

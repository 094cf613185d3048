// What happens in this domain, told to whoever keeps the records.
import type { Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";

export type AccountsEvent = {
  readonly kind: "account-created" | "token-created" | "token-revoked";
  readonly atMs: number;
  readonly actor: string;
  /** The account's code. */
  readonly account?: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
};

/** Records in the transaction that makes it so. */
export type RecordAccountsEvent = (
  trx: Transaction<Schema>,
  event: AccountsEvent,
) => Promise<unknown>;

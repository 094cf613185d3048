// The store as the rest of the program sees it: who may read, who may write.
import type { Kysely, Transaction } from "kysely";
import type { StatementTime } from "./statement-times.ts";

export type Engine = "sqlite" | "postgres";

/**
 * What readers take. A `Transaction` is one too, so a read function serves inside and outside of
 * a transaction; the reverse does not compile: nothing here writes.
 */
export type ReadDatabase<Schema> = Pick<
  Kysely<Schema>,
  "selectFrom" | "selectNoFrom" | "with" | "withRecursive" | "fn" | "dynamic" | "getExecutor"
>;

export type TransactionOptions = {
  /**
   * PostgreSQL only; SQLite has one writer at a time. Default `read committed`: one-time things
   * are decided by one conditional write and its row count. With `serializable` the work is done
   * again when it collides (up to 5 times), and with both when PostgreSQL ends a deadlock by it
   * (up to 3 times), so it must have no effect outside the transaction.
   */
  readonly isolation?: "read committed" | "serializable";
};

export type Database<Schema> = {
  readonly engine: Engine;
  /** e.g. `3.53.0`, `18.0`. */
  readonly engineVersion: string;
  /** For reads outside a transaction; they never wait for a writer. */
  readonly kysely: ReadDatabase<Schema>;
  /**
   * Commits when `work` resolves (then it is on disk), rolls back when it rejects. After an error
   * of the store inside, nothing but the rollback can follow, on both engines. Not to be nested.
   */
  transaction<T>(
    work: (trx: Transaction<Schema>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * Done last in this transaction, before its commit: for a row that all of them write and that
   * must be locked last. When it rejects, nothing of the transaction is stored.
   */
  beforeCommit(trx: Transaction<Schema>, work: () => Promise<void>): void;
  /** All reads of `work` see one moment, whatever is written meanwhile. */
  snapshot<T>(work: (read: ReadDatabase<Schema>) => Promise<T>): Promise<T>;
  /** How long it took for statements since it was opened. */
  readonly statementTimes: () => readonly StatementTime[];
  /** Writes the log back into the main file (SQLite; nothing to do elsewhere). */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
};

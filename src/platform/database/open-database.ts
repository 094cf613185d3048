// Opens the store: SQLite in the data directory, or PostgreSQL when a URL is given.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely, Transaction } from "kysely";
import type { Database, TransactionOptions } from "./database.ts";
import { describeStoreError, isDeadlock } from "./describe-store-error.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";
import type { OpenProblem } from "./sqlite-message.ts";

export type OpenDatabaseInput = {
  /** Made with mode 0700 when it is absent. */
  readonly dataDirectory: string;
  /** `postgres://…`, or null for SQLite. */
  readonly databaseUrl: string | null;
  /** The SQLite file's name in the data directory. */
  readonly fileName: string;
  /**
   * Refuses a transaction begun inside a transaction at once; else it waits for itself until its
   * turn is over. For tests: on Node before 24 an AsyncLocalStorage slows every promise and every
   * request of the process, by a tenth of the gate's throughput.
   */
  readonly refusesNesting?: boolean;
  /** Heard once, when an open store is gone for good: the process should end and start again. */
  readonly onLost?: (error: Error) => void;
};

export type OpenOutcome<Schema> =
  | { readonly ok: true; readonly database: Database<Schema> }
  | { readonly ok: false; readonly problem: OpenProblem };

/** What an engine provides; the rest is the same for all. */
export type EngineHandle<Schema> = Omit<Database<Schema>, "transaction" | "beforeCommit"> & {
  readonly writer: Kysely<Schema>;
};

export type EngineOutcome<Schema> =
  | { readonly ok: true; readonly handle: EngineHandle<Schema> }
  | { readonly ok: false; readonly problem: OpenProblem };

const ATTEMPTS_MAX = 5;
const DEADLOCK_ATTEMPTS_MAX = 3;

/**
 * Never makes an empty store out of a damaged or missing one. `locked`: another process writes this
 * directory; `damaged`: restore; `unusable`: directory or library; `unreachable`: PostgreSQL.
 */
export async function openDatabase<Schema>(input: OpenDatabaseInput): Promise<OpenOutcome<Schema>> {
  const { dataDirectory, databaseUrl, fileName } = input;
  const onLost = input.onLost ?? (() => undefined);
  const outcome: EngineOutcome<Schema> =
    databaseUrl === null
      ? await openSqliteEngine({ dataDirectory, fileName, takesLock: true, onLost })
      : await openPostgres(databaseUrl);
  if (!outcome.ok) return outcome;
  return { ok: true, database: createDatabase(outcome.handle, input.refusesNesting === true) };
}

/** The driver is loaded only where it is used: it takes 15 MB. */
async function openPostgres<Schema>(databaseUrl: string): Promise<EngineOutcome<Schema>> {
  const { openPostgresEngine } = await import("./open-postgres-engine.ts");
  return await openPostgresEngine(databaseUrl);
}

/** Adds to an engine how transactions are run. */
export function createDatabase<Schema>(
  handle: EngineHandle<Schema>,
  refusesNesting: boolean,
): Database<Schema> {
  const { writer, ...rest } = handle;
  const guard = refusesNesting ? createNestingGuard() : UNGUARDED;
  /** What each open transaction ends with. */
  const endings = new WeakMap<Transaction<Schema>, (() => Promise<void>)[]>();

  async function runWhole<T>(
    trx: Transaction<Schema>,
    work: (trx: Transaction<Schema>) => Promise<T>,
  ): Promise<T> {
    const ending: (() => Promise<void>)[] = [];
    endings.set(trx, ending);
    const result = await work(trx);
    for (const last of ending) await last();
    return result;
  }

  async function transaction<T>(
    work: (trx: Transaction<Schema>) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    guard.check();
    const isolation = options.isolation ?? "read committed";
    const mayRetry = isolation === "serializable" ? isRetryable : isDeadlock;
    const attemptsMax = isolation === "serializable" ? ATTEMPTS_MAX : DEADLOCK_ATTEMPTS_MAX;
    const builder = writer.transaction().setIsolationLevel(isolation);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await builder.execute((trx) => guard.run(() => runWhole(trx, work)));
      } catch (error) {
        if (attempt >= attemptsMax || !mayRetry(error)) throw error;
      }
    }
  }

  function beforeCommit(trx: Transaction<Schema>, work: () => Promise<void>): void {
    const ending = endings.get(trx);
    if (ending === undefined) throw new Error("it is no transaction of this store");
    ending.push(work);
  }

  return { ...rest, transaction, beforeCommit };
}

function isRetryable(error: unknown): boolean {
  return describeStoreError(error).kind === "retryable";
}

type NestingGuard = {
  readonly check: () => void;
  readonly run: <T>(work: () => T) => T;
};

const UNGUARDED: NestingGuard = { check: () => undefined, run: (work) => work() };

/**
 * The guards of the stores in whose transactions the work is. One for all stores: each of its kind
 * costs every promise of the process a little, for ever.
 */
let inTransactions: AsyncLocalStorage<readonly NestingGuard[]> | null = null;

function createNestingGuard(): NestingGuard {
  const storage = (inTransactions ??= new AsyncLocalStorage());
  const guard: NestingGuard = {
    check: () => {
      if (storage.getStore()?.includes(guard) !== true) return;
      throw new Error("a transaction was begun inside a transaction: pass the outer one on");
    },
    run: (work) => storage.run([...(storage.getStore() ?? []), guard], work),
  };
  return guard;
}

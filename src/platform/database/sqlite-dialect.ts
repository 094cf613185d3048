// Kysely's dialect for an SQLite thread.
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { DatabaseConnection, Dialect, Driver, QueryResult } from "kysely";
import { isBulkInsertQuery } from "./bulk-insert-query.ts";
import { createTurnQueue } from "./create-turn-queue.ts";
import type { SqliteRows } from "./sqlite-message.ts";
import type { SqliteThread } from "./start-sqlite-thread.ts";

/** Transactions on SQLite end by themselves when their holder says nothing for this long. */
const IDLE_MAX_MS = 60_000;
const WAIT_MAX_MS = 60_000;

/**
 * `writer`: one transaction at a time holds the connection, others wait their turn.
 * `reader`: statements of many callers share it; each stands alone.
 * `snapshot`: one caller, one deferred transaction: all reads see the same moment.
 */
export type SqliteDialectUse = "writer" | "reader" | "snapshot";

export function createSqliteDialect(thread: SqliteThread, use: SqliteDialectUse): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createSqliteDriver(thread, use),
  };
}

type SqliteThreadConnection = DatabaseConnection & {
  begin(): Promise<void>;
  end(command: "commit" | "rollback"): Promise<void>;
};

function createSqliteDriver(thread: SqliteThread, use: SqliteDialectUse): Driver {
  const connection = createConnection(thread, use);
  const turns = createTurnQueue(WAIT_MAX_MS);
  const isShared = use === "reader";
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => {
      if (!isShared) await turns.take();
      return connection;
    },
    releaseConnection: async () => {
      if (!isShared) turns.give();
    },
    beginTransaction: () => connection.begin(),
    commitTransaction: () => connection.end("commit"),
    rollbackTransaction: () => connection.end("rollback"),
    destroy: () => Promise.resolve(),
  };
}

function createConnection(thread: SqliteThread, use: SqliteDialectUse): SqliteThreadConnection {
  // null: no transaction. "failed": nothing but a rollback is accepted, as on PostgreSQL, so that
  // code which goes on after an error fails on both engines and not in production only.
  let transaction: "open" | "failed" | "idle-ended" | null = null;
  let idleTimer: NodeJS.Timeout | undefined;

  async function run(sql: string, parameters: readonly unknown[] = []): Promise<SqliteRows> {
    return await thread.request<SqliteRows>({ kind: "query", sql, parameters });
  }

  async function endIdle(): Promise<void> {
    if (transaction === null) return;
    transaction = "idle-ended";
    await run("rollback").catch(() => undefined);
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    if (transaction === "failed") {
      throw new Error("the transaction has failed: only a rollback can follow");
    }
    if (transaction === "idle-ended") {
      throw new Error(`the transaction was idle for ${IDLE_MAX_MS} ms and has been rolled back`);
    }
    idleTimer?.refresh();
    try {
      return await work();
    } catch (error) {
      if (transaction === "open") transaction = "failed";
      throw error;
    }
  }

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return await guarded(async () => {
      if (isBulkInsertQuery(query)) {
        const request = { kind: "insert-many", sql: query.sql, ...query.bulk } as const;
        const inserted = await thread.request<number>(request);
        return { rows: [], numAffectedRows: BigInt(inserted) };
      }
      return resultOf<R>(await run(query.sql, query.parameters));
    });
  }

  async function* streamQuery<R>(
    query: CompiledQuery,
    chunkSize = 1000,
  ): AsyncIterableIterator<QueryResult<R>> {
    const { sql, parameters } = query;
    const cursor = await guarded(() =>
      thread.request<number>({ kind: "open-cursor", sql, parameters }),
    );
    const read = (): Promise<SqliteRows> =>
      guarded(() => thread.request({ kind: "read-cursor", cursor, rowsMax: chunkSize }));
    try {
      let rows = await read();
      while (rows.rows.length > 0) {
        // The thread reads on while the caller works on this chunk.
        const next = read();
        next.catch(() => undefined);
        yield resultOf<R>(rows);
        rows = await next;
      }
    } finally {
      await thread.request({ kind: "close-cursor", cursor }).catch(() => undefined);
    }
  }

  async function begin(): Promise<void> {
    await run(use === "writer" ? "begin immediate" : "begin");
    // A deferred transaction takes its snapshot with its first read.
    if (use === "snapshot") await run("select count(*) from sqlite_schema");
    transaction = "open";
    if (use === "writer") idleTimer = setTimeout(() => void endIdle(), IDLE_MAX_MS);
  }

  async function end(command: "commit" | "rollback"): Promise<void> {
    clearTimeout(idleTimer);
    const state = transaction;
    if (command === "rollback") {
      transaction = null;
      // SQLite may have rolled back by itself, e.g. on a full disk.
      if (state !== "idle-ended") await run("rollback").catch(() => undefined);
      return;
    }
    await guarded(() => run("commit"));
    transaction = null;
  }

  return { executeQuery, streamQuery, begin, end };
}

function resultOf<R>(answer: SqliteRows): QueryResult<R> {
  const { columns, rows, changes, insertId } = answer;
  const objects = rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      row[columns[index] as string] = cells[index];
    }
    return row as R;
  });
  return {
    rows: objects,
    ...(changes === null ? {} : { numAffectedRows: BigInt(changes) }),
    ...(insertId === null ? {} : { insertId: BigInt(insertId) }),
  };
}

// Kysely's dialect for a PostgreSQL pool, with streaming by cursors of the server.
import { CompiledQuery, PostgresAdapter, PostgresIntrospector } from "kysely";
import { PostgresQueryCompiler } from "kysely";
import type { DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from "kysely";
import type pg from "pg";

export function createPostgresDialect(pool: pg.Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => createPostgresDriver(pool),
  };
}

type PostgresConnection = DatabaseConnection & {
  run(sql: string): Promise<void>;
  release(): void;
};

function createPostgresDriver(pool: pg.Pool): Driver {
  const run = (connection: DatabaseConnection, sql: string): Promise<void> =>
    (connection as PostgresConnection).run(sql);
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => createConnection(await pool.connect()),
    releaseConnection: async (connection) => (connection as PostgresConnection).release(),
    beginTransaction: (connection, settings: TransactionSettings) => {
      const isolation = settings.isolationLevel ?? "read committed";
      const access = settings.accessMode ?? "read write";
      return run(connection, `begin isolation level ${isolation} ${access}`);
    },
    commitTransaction: (connection) => run(connection, "commit"),
    // A connection that cannot even roll back is given up by `release`; the first error counts.
    rollbackTransaction: (connection) => run(connection, "rollback").catch(() => undefined),
    destroy: () => pool.end(),
  };
}

function createConnection(client: pg.PoolClient): PostgresConnection {
  let isInTransaction = false;
  let lost: Error | undefined;
  const onError = (error: Error): void => {
    lost = error;
  };
  client.on("error", onError);

  async function run(sql: string): Promise<void> {
    const result = await client.query(sql);
    isInTransaction = sql.startsWith("begin");
    // On a transaction that has failed PostgreSQL answers a commit with a rollback, as a success.
    if (sql === "commit" && result.command === "ROLLBACK") {
      throw new Error("the transaction has failed: only a rollback can follow");
    }
  }

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await client.query(query.sql, [...query.parameters]);
    const isChange = command === "INSERT" || command === "UPDATE" || command === "DELETE";
    return {
      rows: (rows ?? []) as R[],
      ...(isChange ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}),
    };
  }

  async function* streamQuery<R>(
    query: CompiledQuery,
    chunkSize = 1000,
  ): AsyncIterableIterator<QueryResult<R>> {
    const isOwnTransaction = !isInTransaction;
    const name = `c_${query.queryId.queryId.replace(/\W/g, "_")}`;
    if (isOwnTransaction) await run("begin read only");
    try {
      await client.query(`declare ${name} no scroll cursor for ${query.sql}`, [
        ...query.parameters,
      ]);
      while (true) {
        const { rows } = await client.query(`fetch ${chunkSize} from ${name}`);
        if (rows.length === 0) break;
        yield { rows: rows as R[] };
      }
      await client.query(`close ${name}`);
    } finally {
      if (isOwnTransaction) await run("rollback").catch(() => undefined);
    }
  }

  function release(): void {
    client.off("error", onError);
    // A client still in a transaction, or broken, must not be handed to the next caller.
    client.release(lost ?? isInTransaction);
  }

  return { executeQuery, streamQuery, run, release };
}

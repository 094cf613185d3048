// Opens the PostgreSQL store: a pool that writes, a pool that only reads, and the server's mark.
import { Kysely } from "kysely";
import type pg from "pg";
import type { EngineOutcome } from "./open-database.ts";
import { openPostgresPool } from "./open-postgres-pool.ts";
import { createPostgresDialect } from "./postgres-dialect.ts";
import { createStatementTimes } from "./statement-times.ts";

/** Advisory lock number: held shared by every server, taken alone by a restore. */
export const SERVER_LOCK = 5_078_201;

const VERSION_MIN = 14;

export async function openPostgresEngine<Schema>(
  databaseUrl: string,
): Promise<EngineOutcome<Schema>> {
  const writePool = openPostgresPool(databaseUrl, "write");
  const readPool = openPostgresPool(databaseUrl, "read");
  const mark = { client: null as pg.PoolClient | null };
  const closePools = async (): Promise<void> => {
    if (readPool.ending) return;
    mark.client?.release(true);
    await Promise.allSettled([readPool.end(), writePool.end()]);
  };
  let engineVersion: string;
  try {
    mark.client = await readPool.connect();
    // Lost with its connection: then a restore is no longer held up by this server's mark.
    mark.client.on("error", () => undefined);
    engineVersion = await greet(mark.client);
  } catch (error) {
    await closePools();
    return { ok: false, problem: { kind: "unreachable", message: messageOf(error) } };
  }
  const times = createStatementTimes();
  const writer = new Kysely<Schema>({
    dialect: createPostgresDialect(writePool),
    log: times.logOf("write"),
  });
  const reader = new Kysely<Schema>({
    dialect: createPostgresDialect(readPool),
    log: times.logOf("read"),
  });
  return {
    ok: true,
    handle: {
      engine: "postgres",
      engineVersion,
      writer,
      kysely: reader,
      statementTimes: times.read,
      snapshot: (work) =>
        reader
          .transaction()
          .setIsolationLevel("repeatable read")
          .setAccessMode("read only")
          .execute(work),
      checkpoint: () => Promise.resolve(),
      close: closePools,
    },
  };
}

/** Returns the server's version; rejects with a sentence for the operator. */
async function greet(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ version: string; encoding: string; marked: number }>(
    `select current_setting('server_version') as version,
            current_setting('server_encoding') as encoding,
            pg_try_advisory_lock_shared($1)::int as marked`,
    [SERVER_LOCK],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("it gave no answer");
  if (Number.parseInt(row.version, 10) < VERSION_MIN) {
    throw new Error(`it is version ${row.version}; ${VERSION_MIN} or newer is needed`);
  }
  if (row.encoding !== "UTF8") {
    throw new Error(`its encoding is ${row.encoding}; create the database with encoding UTF8`);
  }
  if (row.marked !== 1) throw new Error("a restore is going on there");
  return row.version;
}

function messageOf(error: unknown): string {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  // A refused connection is an AggregateError without words. The URL is never printed: it has
  // a password in it.
  const reason = message || (code ?? "it gave no answer");
  return `The PostgreSQL database of DATABASE_URL cannot be used: ${reason}.`;
}

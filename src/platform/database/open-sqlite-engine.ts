// Opens the SQLite store: one thread that writes, one that reads, more for snapshots on demand.
import { Kysely, sql } from "kysely";
import type { EngineOutcome } from "./open-database.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";
import type { SqliteThreadData, SqliteThreadRole } from "./sqlite-message.ts";
import { createStatementTimes } from "./statement-times.ts";
import { startSqliteThread } from "./start-sqlite-thread.ts";

export type SqliteEngineInput = {
  readonly dataDirectory: string;
  readonly fileName: string;
  readonly takesLock: boolean;
  readonly onLost: (error: Error) => void;
};

export async function openSqliteEngine<Schema>(
  input: SqliteEngineInput,
): Promise<EngineOutcome<Schema>> {
  const { onLost, ...place } = input;
  const start = (role: SqliteThreadRole): ReturnType<typeof startSqliteThread> => {
    const data: SqliteThreadData = { ...place, role };
    return startSqliteThread(data, onLost);
  };
  // The writer first: it takes the lock and makes or checks the file that the reader opens.
  const writing = await start("writer");
  if (!writing.ok) return writing;
  const reading = await start("reader");
  if (!reading.ok) {
    await writing.thread.close();
    return reading;
  }
  const times = createStatementTimes();
  const writer = new Kysely<Schema>({
    dialect: createSqliteDialect(writing.thread, "writer"),
    log: times.logOf("write"),
  });
  const reader = new Kysely<Schema>({
    dialect: createSqliteDialect(reading.thread, "reader"),
    log: times.logOf("read"),
  });
  return {
    ok: true,
    handle: {
      engine: "sqlite",
      engineVersion: writing.thread.version,
      writer,
      kysely: reader,
      statementTimes: times.read,
      snapshot: async (work) => {
        // Its own connection: a transaction on the shared one would freeze everybody's reads.
        const snapshot = await start("reader");
        if (!snapshot.ok) throw new Error(snapshot.problem.message);
        const dialect = createSqliteDialect(snapshot.thread, "snapshot");
        try {
          return await new Kysely<Schema>({ dialect }).transaction().execute(work);
        } finally {
          await snapshot.thread.close();
        }
      },
      checkpoint: async () => {
        await sql`pragma wal_checkpoint(truncate)`.execute(writer);
      },
      close: async () => {
        // The writer last: it writes the log back and lets go of the lock.
        await reading.thread.close();
        await writing.thread.close();
      },
    },
  };
}

// Opens connection pools to PostgreSQL whose values and limits are those the SQLite store has.
import pg from "pg";

export type PostgresPoolUse = "write" | "read";

const CONNECTIONS_MAX = 5;

/** PostgreSQL type numbers: what SQLite gives as a number is one here too. */
const BOOL = 16;
const INT8 = 20;
const NUMERIC = 1700;

/**
 * Times in ms. A read pool refuses writes by itself (25006), as the SQLite reader does. Session
 * settings are used, so a pooler between must pool by session, not by statement.
 */
export function openPostgresPool(databaseUrl: string, use: PostgresPoolUse): pg.Pool {
  const isReadOnly = use === "read" ? "on" : "off";
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 60_000,
    lock_timeout: 15_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    application_name: "postern",
    types: { getTypeParser },
    options: `-c timezone=UTC -c default_transaction_read_only=${isReadOnly}`,
  });
  // Without a listener a lost idle connection would end the process; the next use reconnects.
  pool.on("error", () => undefined);
  return pool;
}

const getTypeParser = ((oid: number, format?: "text" | "binary") => {
  if (oid === INT8 || oid === NUMERIC) return parseSafeNumber;
  if (oid === BOOL) return (text: string) => (text === "t" ? 1 : 0);
  return pg.types.getTypeParser(oid, format);
}) as typeof pg.types.getTypeParser;

function parseSafeNumber(text: string): number {
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`${text} is too large to be represented as a JavaScript number`);
  }
  return value;
}

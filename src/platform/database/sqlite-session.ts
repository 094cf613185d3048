// Runs requests on one SQLite connection, with a small cache of prepared statements.
import type { SqliteConnection, SqliteStatement } from "./sqlite-binding.ts";
import { BULK_MARK } from "./sqlite-message.ts";
import type { SqliteRequest, SqliteRows } from "./sqlite-message.ts";

export type SqliteSession = {
  answer(request: Exclude<SqliteRequest, { kind: "close" }>): SqliteRows | number | null;
  close(isCheckpointing: boolean): void;
};

type Prepared = { readonly statement: SqliteStatement; readonly columns: readonly string[] };
type Cursor = {
  readonly columns: readonly string[];
  /** Kept: an iterator does not keep its statement from being collected. */
  readonly statement: SqliteStatement;
  readonly rows: Iterator<readonly unknown[]>;
};

const STATEMENTS_MAX = 200;
const BULK_ROWS_MAX = 100;
const VARIABLES_MAX = 30_000;

/** One session per thread; nothing in it waits, so requests never interleave. */
export function createSqliteSession(
  connection: SqliteConnection,
  bindsNumbersAsReal: boolean,
): SqliteSession {
  const statements = new Map<string, Prepared>();
  const cursors = new Map<number, Cursor>();
  let cursorNext = 1;

  function bindable(value: unknown): unknown {
    if (typeof value === "number") {
      // With REAL bound, `? / 2` would mean something else than on the other engines.
      return bindsNumbersAsReal && Number.isSafeInteger(value) ? BigInt(value) : value;
    }
    return checkValue(value);
  }

  function prepare(sql: string): Prepared {
    const statement = connection.prepare(sql);
    const columns = statement.columns().map((column) => column.name);
    if (columns.length > 0) statement.setReturnArrays(true);
    return { statement, columns };
  }

  function prepareCached(sql: string): Prepared {
    const known = statements.get(sql);
    if (known !== undefined) {
      // A Map keeps insertion order: the first key is the one used longest ago.
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const prepared = prepare(sql);
    const oldest = statements.size >= STATEMENTS_MAX ? statements.keys().next().value : undefined;
    if (oldest !== undefined) statements.delete(oldest);
    statements.set(sql, prepared);
    return prepared;
  }

  function query(sql: string, parameters: readonly unknown[]): SqliteRows {
    const { statement, columns } = prepareCached(sql);
    const values = parameters.map(bindable);
    if (columns.length > 0) {
      const rows = statement.all(...values) as (readonly unknown[])[];
      return { columns, rows, changes: null, insertId: null };
    }
    const { changes, lastInsertRowid } = statement.run(...values);
    return { columns, rows: [], changes, insertId: Number(lastInsertRowid) };
  }

  function insertMany(sql: string, width: number, cells: readonly unknown[]): number {
    for (const cell of cells) checkValue(cell);
    const marks = `(${Array.from({ length: width }, () => "?").join(", ")})`;
    // Many rows a statement halve the time: a call into the library costs as much as a row.
    const together = Math.min(BULK_ROWS_MAX, Math.floor(VARIABLES_MAX / width));
    let inserted = 0;
    let start = 0;
    for (const rowCount of [together, 1]) {
      const text = sql.replace(BULK_MARK, Array.from({ length: rowCount }, () => marks).join(", "));
      const { statement } = prepareCached(text);
      const cellCount = rowCount * width;
      for (; start + cellCount <= cells.length; start += cellCount) {
        inserted += statement.run(...cells.slice(start, start + cellCount)).changes;
      }
    }
    return inserted;
  }

  function openCursor(sql: string, parameters: readonly unknown[]): number {
    // Its own statement: a cached one may be started again while this one is still being read.
    const { statement, columns } = prepare(sql);
    const rows = statement.iterate(...parameters.map(bindable)) as Iterator<readonly unknown[]>;
    cursors.set(cursorNext, { columns, statement, rows });
    cursorNext += 1;
    return cursorNext - 1;
  }

  function readCursor(id: number, rowsMax: number): SqliteRows {
    const cursor = cursors.get(id);
    if (cursor === undefined) throw new Error("the cursor is closed");
    const rows: (readonly unknown[])[] = [];
    while (rows.length < rowsMax) {
      const next = cursor.rows.next();
      if (next.done === true) break;
      rows.push(next.value);
    }
    return { columns: cursor.columns, rows, changes: null, insertId: null };
  }

  function closeCursor(id: number): null {
    cursors.get(id)?.rows.return?.();
    cursors.delete(id);
    return null;
  }

  return {
    answer: (request) => {
      switch (request.kind) {
        case "query":
          return query(request.sql, request.parameters);
        case "insert-many":
          return insertMany(request.sql, request.width, request.cells);
        case "open-cursor":
          return openCursor(request.sql, request.parameters);
        case "read-cursor":
          return readCursor(request.cursor, request.rowsMax);
        case "close-cursor":
          return closeCursor(request.cursor);
        default:
          return request satisfies never;
      }
    },
    close: (isCheckpointing) => {
      for (const id of cursors.keys()) closeCursor(id);
      statements.clear();
      if (isCheckpointing) connection.exec("pragma wal_checkpoint(truncate)");
      connection.close();
    },
  };
}

/** Refuses here what PostgreSQL refuses there, so that a store can move between the engines. */
function checkValue(value: unknown): unknown {
  if (typeof value === "boolean") throw new TypeError("a truth value is stored as 0 or 1");
  if (typeof value === "string" && value.includes("\0")) {
    throw new TypeError("a text must not contain the character U+0000");
  }
  return value;
}

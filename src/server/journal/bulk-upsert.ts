// Writes many rows by few statements, each of a handful of sizes that are compiled once.
import type { CompiledQuery, Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";

type Cell = string | number | null;

export type BulkUpsert<Row> = (trx: Transaction<Schema>, rows: readonly Row[]) => Promise<void>;

/** The largest keeps a statement of 18 columns under PostgreSQL's and SQLite's parameter limits. */
const SIZES = [256, 32, 4, 1] as const;

/**
 * Compiling a statement of 256 rows takes milliseconds of the thread that decides requests; its
 * text is the same each time, so it is compiled once for each size and given other values.
 *
 * @param compile a query over exactly the given rows, their members in the order of `columns`, with
 * no parameters but their cells
 */
export function createBulkUpsert<Row extends object>(
  columns: readonly (keyof Row)[],
  compile: (trx: Transaction<Schema>, rows: readonly Row[]) => CompiledQuery,
): BulkUpsert<Row> {
  const compiled = new Map<number, CompiledQuery>();

  /** Kysely takes the order of columns, and so of cells, from the first row. */
  function inOrder(row: Row): Row {
    return Object.fromEntries(columns.map((column) => [column, row[column]])) as Row;
  }

  return async function upsert(trx, rows) {
    let at = 0;
    for (const size of SIZES) {
      while (rows.length - at >= size) {
        const part = rows.slice(at, at + size);
        const cells = part.flatMap((row) => columns.map((column) => row[column] as Cell));
        const query = compiled.get(size) ?? compile(trx, part.map(inOrder));
        compiled.set(size, query);
        await trx.executeQuery({ ...query, parameters: cells });
        at += size;
      }
    }
  };
}

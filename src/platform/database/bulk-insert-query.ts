// A compiled query that carries many rows, for the drivers that know how to store them at once.
import { CompiledQuery } from "kysely";

export type BulkInsertQuery = CompiledQuery & {
  readonly bulk: { readonly width: number; readonly cells: readonly unknown[] };
};

export function createBulkInsertQuery(sql: string, bulk: BulkInsertQuery["bulk"]): BulkInsertQuery {
  return { ...CompiledQuery.raw(sql), bulk };
}

export function isBulkInsertQuery(query: CompiledQuery): query is BulkInsertQuery {
  return "bulk" in query;
}

// The place in a list from which to go on, as an opaque text: the last row's key.
import { accountsProblem } from "./accounts-problem.ts";

export type Page = { readonly afterKey: string | null; readonly limit: number };

function formatPageCursor(key: string): string {
  return Buffer.from(key, "utf8").toString("base64url");
}

/** Throws `cursor-malformed` (400). */
export function readPage(query: { readonly after?: string; readonly limit?: number }): Page {
  const { after, limit = 100 } = query;
  if (after === undefined) return { afterKey: null, limit };
  const key = Buffer.from(after, "base64url").toString("utf8");
  const isOurs = formatPageCursor(key) === after && !/[\p{Cc}\ufffd]/u.test(key);
  if (!isOurs) throw accountsProblem("cursor-malformed");
  return { afterKey: key, limit };
}

/** One row more than asked for was read, to know whether there is more. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last === undefined ? null : formatPageCursor(keyOf(last)) };
}

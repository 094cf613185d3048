// Where the focus goes when the row that had it has gone.

/** The row after it, else the last one before it that is still there; null: none is left. */
export function nextRow(
  before: readonly number[],
  gone: number,
  now: readonly number[],
): number | null {
  const at = before.indexOf(gone);
  const isThere = (id: number): boolean => now.includes(id);
  return before.slice(at + 1).find(isThere) ?? before.slice(0, at).findLast(isThere) ?? null;
}

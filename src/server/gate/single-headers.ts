// Reads named headers from raw header lines, and notices when one stands there twice.

/**
 * Values in the order of `names` (lower case), null where absent. The first repeated name makes the
 * whole answer null: of two values nobody knows which one the other side believed.
 */
export function readSingleHeaders(
  rawHeaders: readonly string[],
  names: readonly string[],
): readonly (string | null)[] | null {
  const values: (string | null)[] = names.map(() => null);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const raw = rawHeaders[index]!;
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at]!;
      if (raw.length !== name.length || raw.toLowerCase() !== name) continue;
      if (values[at] !== null) return null;
      values[at] = rawHeaders[index + 1]!;
    }
  }
  return values;
}

/** All lines of one list header joined as RFC 9110 5.3 says, or null where there is none. */
export function readListHeader(rawHeaders: readonly string[], name: string): string | null {
  let value: string | null = null;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const raw = rawHeaders[index]!;
    if (raw.length !== name.length || raw.toLowerCase() !== name) continue;
    value = value === null ? rawHeaders[index + 1]! : `${value}, ${rawHeaders[index + 1]!}`;
  }
  return value;
}

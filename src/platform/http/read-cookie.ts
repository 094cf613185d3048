// Reads one named cookie from raw header lines, and notices when it is there twice.

export type CookieReading =
  | { readonly kind: "absent" }
  /** Of two values nobody knows which one was set by us (RFC 6265 section 8.6). */
  | { readonly kind: "repeated" }
  | { readonly kind: "value"; readonly value: string };

const ABSENT: CookieReading = { kind: "absent" };
const REPEATED: CookieReading = { kind: "repeated" };

/** The value as it was sent, quotes included: nothing is decoded. Names are compared exactly. */
export function readCookie(rawHeaders: readonly string[], name: string): CookieReading {
  let found: string | null = null;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const header = rawHeaders[index]!;
    if (header.length !== 6 || header.toLowerCase() !== "cookie") continue;
    const line = rawHeaders[index + 1]!;
    let start = 0;
    while (start < line.length) {
      const semicolon = line.indexOf(";", start);
      const end = semicolon === -1 ? line.length : semicolon;
      const value = valueOf(line, name, { start, end });
      if (value !== null) {
        if (found !== null) return REPEATED;
        found = value;
      }
      start = end + 1;
    }
  }
  return found === null ? ABSENT : { kind: "value", value: found };
}

/** The value of the pair between `start` and `end` when it has the name, else null. */
function valueOf(
  line: string,
  name: string,
  pair: { readonly start: number; readonly end: number },
): string | null {
  let { start, end } = pair;
  while (start < end && isBlank(line.charCodeAt(start))) start += 1;
  if (!line.startsWith(name, start)) return null;
  let at = start + name.length;
  while (at < end && isBlank(line.charCodeAt(at))) at += 1;
  if (at >= end || line.charCodeAt(at) !== 61) return null;
  at += 1;
  while (at < end && isBlank(line.charCodeAt(at))) at += 1;
  while (end > at && isBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(at, end);
}

/** Space and tab only: what else a language trims, a browser does not. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

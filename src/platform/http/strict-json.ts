// Parses JSON that every reader understands alike: no repeated keys, no numbers that change.

export type StrictJsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: string };

const JSON_DEPTH_MAX = 64;
/** Keys, values and brackets together: what is checked in a few hundredths of a second. */
const JSON_TOKENS_MAX = 20_000;

/** Names that every object answers to; the schema library drops some of them without a word. */
const INHERITED_KEYS = new Set(["__proto__", "constructor", "prototype"]);

const WHOLE_NUMBER = /^-?\d+$/;

/**
 * `bytes` must be UTF-8 without byte order mark. Refuses what JSON.parse would change in silence
 * (RFC 8259 sections 4 and 6, ASVS 1.5.3): repeated keys, whole numbers beyond 2^53 - 1, numbers
 * beyond the range of a double; and keys such as `__proto__`, deep nesting, and too many values.
 */
export function parseStrictJson(
  bytes: Uint8Array,
  tokensMax: number = JSON_TOKENS_MAX,
): StrictJsonResult {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refused("it is not UTF-8");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(text.startsWith("\ufeff") ? "it starts with a byte order mark" : "it is broken");
  }
  const fault = findFault(text, tokensMax);
  return fault === null ? { ok: true, value } : refused(fault);
}

/** `text` is known to be JSON, so strings end, brackets match, and a key is before a colon. */
function findFault(text: string, tokensMax: number): string | null {
  // One set of keys for each open object, null for each open array.
  const open: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]|-?\d[\d.eE+-]*/g;
  let tokenCount = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    tokenCount += 1;
    if (tokenCount > tokensMax) return `it has over ${tokensMax} keys and values`;
    const [found, colon] = match;
    const first = found.charAt(0);
    if (first === "{" || first === "[") {
      if (open.length === JSON_DEPTH_MAX) return `it is nested over ${JSON_DEPTH_MAX} levels`;
      open.push(first === "{" ? new Set() : null);
    } else if (first === "}" || first === "]") {
      open.pop();
    } else if (first !== '"') {
      if (!isExactNumber(found)) return `the number ${found.slice(0, 30)} cannot be held exactly`;
    } else if (colon !== undefined) {
      const quoted = found.slice(0, found.lastIndexOf('"') + 1);
      const key = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      const keys = open.at(-1);
      if (INHERITED_KEYS.has(key)) return `${key} is not accepted as a key`;
      if (keys?.has(key) === true)
        return `the key ${JSON.stringify(key.slice(0, 60))} stands twice`;
      keys?.add(key);
    }
  }
  return null;
}

function isExactNumber(text: string): boolean {
  const value = Number(text);
  return WHOLE_NUMBER.test(text) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function refused(why: string): StrictJsonResult {
  return { ok: false, why };
}

// Splits the value of a Forwarded header (RFC 7239 4) into its elements and finds each one's `for`.

import { trimBlanks } from "./address-characters.ts";

/** Per element, left to right: the `for=` value as it is on the wire, or null when unreadable. */
export type ElementsReading =
  | { readonly ok: true; readonly values: readonly (string | null)[] }
  | { readonly ok: false; readonly detail: string };

const MALFORMED: ElementsReading = { ok: false, detail: "malformed Forwarded header" };

const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;
const BACKSLASH = 92;

/** RFC 7239 knows four parameters; more than this in one element is no proxy's work. */
const PARAMETERS_MAX = 16;

/**
 * INVARIANT: quotes are followed from the very left and must balance. A stranger who opens a quote
 * that the proxy's own element closes would otherwise move the borders between elements.
 */
export function readForwardedElements(header: string, elementsMax: number): ElementsReading {
  const values: (string | null)[] = [];
  let parameters: string[] = [];
  let from = 0;
  for (let i = 0; i <= header.length; i++) {
    const char = i === header.length ? COMMA : header.charCodeAt(i);
    if (char === QUOTE) {
      const close = closingQuote(header, i);
      if (close < 0) return MALFORMED;
      i = close;
    } else if (char === SEMICOLON || char === COMMA) {
      if (parameters.length === PARAMETERS_MAX) return MALFORMED;
      parameters.push(header.slice(from, i));
      from = i + 1;
      if (char === SEMICOLON) continue;
      if (values.length === elementsMax) {
        return { ok: false, detail: `more than ${elementsMax} hops` };
      }
      values.push(forValue(parameters));
      parameters = [];
    }
  }
  return { ok: true, values };
}

/** The end of a quoted string, or -1 when it is not closed or not a whole parameter value. */
function closingQuote(header: string, open: number): number {
  if (header[open - 1] !== "=") return -1;
  let i = open + 1;
  while (i < header.length && header.charCodeAt(i) !== QUOTE) {
    i += header.charCodeAt(i) === BACKSLASH ? 2 : 1;
  }
  if (i >= header.length) return -1;
  return " \t;,".includes(header[i + 1] ?? ",") ? i : -1;
}

/** Null without exactly one `for` (RFC 7239 4: no parameter twice), or beside a nameless one. */
function forValue(parameters: readonly string[]): string | null {
  let found: string | null = null;
  for (const parameter of parameters) {
    const text = trimBlanks(parameter);
    if (text === "") continue;
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(equals, 0)).toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return null;
    if (name !== "for") continue;
    if (found !== null) return null;
    found = text.slice(equals + 1);
  }
  return found;
}

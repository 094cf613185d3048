// What one line of another system's log says of a failed authentication.

import { formatAddress } from "../address.ts";
import { parseHop } from "../hop-address.ts";

export type FailedAttempt = {
  readonly kind: "failed";
  /** Canonical text. */
  readonly address: string;
  /** As the stranger wrote it, at most 320 characters; never empty. */
  readonly user: string | null;
  /** The same for a repeated transmission of the same wrong password; null where none is logged. */
  readonly fingerprint: string | null;
};

/** Null: the line tells of no failed authentication. */
export type ReadLine =
  | FailedAttempt
  /**
   * It may tell of one, and whose it is cannot be known: what a stranger wrote could stand there
   * in place of the address. `why` is one of few fixed sentences.
   */
  | { readonly kind: "unclear"; readonly why: string }
  | null;

/** Pure, in time linear to the line's length, for a line without its line break. */
export type LineReader = (line: string) => ReadLine;

/** What `postern watch` reads. */
export const LOG_FORMATS = ["asterisk", "freeswitch", "nginx"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

const USER_CHARACTERS_MAX = 320;

/** Null for what is no address; it may carry a port: `1.2.3.4:5060`, `[2001:db8::1]:5060`. */
export function failedAttempt(
  endpoint: string,
  user: string | null,
  fingerprint: string | null = null,
): FailedAttempt | null {
  // Blanks would be trimmed; a logged address has none.
  if (/\s/.test(endpoint)) return null;
  const hop = parseHop(endpoint, "xff");
  if (!hop.ok) return null;
  const name = user === null || user === "" ? null : user.slice(0, USER_CHARACTERS_MAX);
  return { kind: "failed", address: formatAddress(hop.address), user: name, fingerprint };
}

/** What stands between `before` and `after`, when the text has exactly that form. */
export function between(text: string, before: string, after: string): string | null {
  if (text.length < before.length + after.length) return null;
  if (!text.startsWith(before) || !text.endsWith(after)) return null;
  return text.slice(before.length, text.length - after.length);
}

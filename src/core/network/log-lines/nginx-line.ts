// Reads failed authentications from nginx's access log in the combined format.

import { failedAttempt } from "./log-line.ts";
import type { LineReader, ReadLine } from "./log-line.ts";

export type NginxOptions = {
  /** Which answers are failures; 401 as a rule. */
  readonly statuses: ReadonlySet<number>;
  /** A path that takes passwords in a form: its failures count without a user name too. */
  readonly signInPath: string | null;
};

export const NGINX_DEFAULT: NginxOptions = { statuses: new Set([401]), signInPath: null };

/**
 * `1.2.3.4 - user [time] "GET / HTTP/1.1" 401 179 "referer" "agent"`. The address comes first and
 * nginx escapes quotes and control characters (log_format escape=default), so that a visitor can
 * neither write before it nor make a line of his own, and the first quote begins the request.
 *
 * nginx's error log is no source: it holds decoded paths unescaped, so that a visitor who asks for
 * `/%0A2027/01/01 … user "x": password mismatch, client: 10.0.0.1, …` writes a line of his own
 * there (seen with nginx 1.22; CVE-2013-2178 was the same in another server's log). Each failure
 * it tells of is in the access log too.
 */
export function createNginxReader(options: NginxOptions = NGINX_DEFAULT): LineReader {
  return (line) => readAccessLine(line, options);
}

function readAccessLine(line: string, options: NginxOptions): ReadLine {
  const addressEnd = line.indexOf(" - ");
  const quote = line.indexOf(' "');
  if (addressEnd === -1 || quote < addressEnd) return null;
  const requestEnd = line.indexOf('" ', quote + 2);
  if (requestEnd === -1) return null;
  const status = /^(\d{3}) (?:\d{1,20}|-)(?: |$)/.exec(line.slice(requestEnd + 2, requestEnd + 40));
  if (status === null || !options.statuses.has(Number(status[1]))) return null;
  const user = userOf(line.slice(addressEnd + 3, quote));
  if (user === null) return null;
  // A challenge without credentials is no offence: so begins every sign-in by a browser.
  if (user === "-" && !isSignIn(line.slice(quote + 2, requestEnd), options.signInPath)) return null;
  return failedAttempt(line.slice(0, addressEnd), user === "-" ? null : user);
}

/** `user [22/Nov/2026:04:22:20 +0000]`; the name may hold brackets, the time's form is fixed. */
function userOf(text: string): string | null {
  const time = /^ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\]$/;
  const at = text.length - 29;
  return at > 0 && time.test(text.slice(at)) ? text.slice(0, at) : null;
}

function isSignIn(request: string, signInPath: string | null): boolean {
  if (signInPath === null) return false;
  const path = request.split(" ", 2)[1] ?? "";
  if (!request.startsWith("POST ")) return false;
  return path === signInPath || path.startsWith(`${signInPath}?`);
}

// Reads who asked for what, and when, from an access log in the combined format.

import { readAddress } from "../address.ts";
import type { Address } from "../address.ts";

export type AccessRequest = {
  readonly ok: true;
  readonly address: Address;
  readonly atMs: number;
  /**
   * Path and query as they were sent; null where no request was read, as of a stranger who speaks
   * TLS to the wrong port: the server answers that itself and asks nobody.
   */
  readonly uri: string | null;
};

/** What is wrong with the line and what is accepted. */
export type AccessFault = { readonly ok: false; readonly fault: string };

export type AccessReader = (line: string) => AccessRequest | AccessFault;

/**
 * nginx's `combined` and Apache's `combined` and `common`:
 * `1.2.3.4 - user [22/Nov/2026:04:22:20 +0000] "GET / HTTP/1.1" 200 179 "referer" "agent"`. What
 * follows the status is not looked at, so that formats that add to its end are read too. The first
 * quote begins the request: both servers escape quotes in what a visitor sent, as `\x22` or `\"`.
 *
 * @param options.offsetMinutes of times that name no zone, east of UTC; null: those are refused
 */
export function createAccessReader(options: {
  readonly offsetMinutes: number | null;
}): AccessReader {
  return (line) => readLine(line, options.offsetMinutes);
}

function readLine(line: string, offsetMinutes: number | null): AccessRequest | AccessFault {
  const blank = line.indexOf(" ");
  const quote = line.indexOf(' "');
  if (blank === -1 || quote === -1) return fault(NOT_COMBINED);
  const address = readAddress(line.slice(0, blank));
  if (typeof address === "string") return fault(NO_ADDRESS);
  const bracket = line.lastIndexOf("[", quote);
  if (bracket === -1 || line[quote - 1] !== "]") return fault(NO_TIME);
  const atMs = readTime(line.slice(bracket + 1, quote - 1), offsetMinutes);
  if (typeof atMs === "string") return fault(atMs);
  const end = endOfQuoted(line, quote + 2);
  if (end === -1 || !STATUS.test(line.slice(end + 1, end + 40))) return fault(NOT_COMBINED);
  return { ok: true, address, atMs, uri: uriOf(line.slice(quote + 2, end)) };
}

const STATUS = /^ \d{3} (?:\d{1,20}|-)(?: |$)/;

const NOT_COMBINED =
  "This is no line of the combined format; write it like " +
  '203.0.113.7 - - [22/Nov/2026:04:22:20 +0000] "GET / HTTP/1.1" 200 179 "-" "agent".';
const NO_ADDRESS = "The line must begin with an IPv4 or IPv6 address.";
const NO_TIME = "The time must be a date there is, such as [22/Nov/2026:04:22:20 +0000].";
const NO_ZONE =
  "The time names no zone; say which it is in (time zone +01:00), or log it as " +
  "[22/Nov/2026:04:22:20 +0000].";

function fault(words: string): AccessFault {
  return { ok: false, fault: words };
}

/** Where the quote is that ends what begins at `start`; -1 for none. */
function endOfQuoted(line: string, start: number): number {
  let at = line.indexOf('"', start);
  while (at !== -1 && isEscaped(line, start, at)) at = line.indexOf('"', at + 1);
  return at;
}

function isEscaped(line: string, start: number, at: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes >= start && line[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

/** RFC 9112 section 3, and HTTP/0.9's lines without a version. */
const REQUEST = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32} (\S{1,16384})(?: HTTP\/\d(?:\.\d)?)?$/;

function uriOf(request: string): string | null {
  return REQUEST.exec(request)?.[1] ?? null;
}

const TIME =
  /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?: ([+-])(\d{2})([0-5]\d))?$/;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** Epoch ms, or what is accepted. The line's own offset counts before the one that was given. */
function readTime(text: string, offsetMinutes: number | null): number | string {
  const parts = TIME.exec(text);
  if (parts === null) return NO_TIME;
  const at = MONTHS.indexOf(parts[2]!);
  const [day, year, hour, minute, second] = [1, 3, 4, 5, 6].map((part) => Number(parts[part]));
  const month = at % 3 === 0 ? at / 3 : -1;
  if (month < 0 || hour! > 23 || minute! > 59 || second! > 60) return NO_TIME;
  if (year! < 1970 || day! < 1 || day! > daysOf(month, year!)) return NO_TIME;
  const sign = parts[7] === "-" ? -1 : 1;
  const own = parts[7] === undefined ? null : sign * (Number(parts[8]) * 60 + Number(parts[9]));
  const offset = own ?? offsetMinutes;
  if (offset === null) return NO_ZONE;
  // A leap second is told as :60 and belongs to the minute that it ends.
  const seconds = Math.min(second!, 59);
  return Date.UTC(year!, month, day, hour, minute! - offset, seconds);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(month: number, year: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 1 && isLeap ? 29 : DAYS[month]!;
}

// Reads a page of recorded visits from the text that the store puts many rows into.

import type { Address } from "../network/address.ts";
import { addVisit, createVisitLog } from "./visit-log.ts";
import type { VisitLog } from "./visit-log.ts";
import { createVisitPlaces } from "./visit-places.ts";
import type { VisitPlaces, VisitScope } from "./visit-places.ts";

export type RecordedVisits = {
  readonly ipv4: VisitLog;
  readonly ipv6: VisitLog;
  readonly places: VisitPlaces;
  /** Requests that are in no row of a visitor. */
  notRecorded: number;
  /** Requests that were read from a log of another program. */
  imported: number;
};

export function createRecordedVisits(scope: VisitScope): RecordedVisits {
  return {
    ipv4: createVisitLog(4),
    ipv6: createVisitLog(6),
    places: createVisitPlaces(scope),
    notRecorded: 0,
    imported: 0,
  };
}

/** What a visit is in a page: rows follow one another with commas between them. */
export function packVisit(visit: {
  readonly key: string;
  readonly minute: number;
  readonly requests: number;
  readonly imported: number;
  readonly surface: string;
  readonly account: string;
}): string {
  const { key, minute, requests, imported, surface, account } = visit;
  return `${key}:${minute}:${requests}:${imported}:${surface}/${account}`;
}

const COMMA = 44;
const COLON = 58;
const DIGIT_ZERO = 48;

/** Throws on a text that is none of `packVisit`: the store is ours. */
export function readVisitPage(into: RecordedVisits, page: string): void {
  const at = { next: 0 };
  while (at.next < page.length) readVisit(into, page, at);
}

type Cursor = { next: number };

/** A row without an address says how many requests of its minute have no row. */
function readVisit(into: RecordedVisits, page: string, at: Cursor): void {
  const keyLength = page.indexOf(":", at.next) - at.next;
  const address = readKey(page, at.next, keyLength);
  at.next += keyLength + 1;
  const minute = readNumber(page, at);
  const requests = readNumber(page, at);
  const imported = readNumber(page, at);
  const end = page.indexOf(",", at.next);
  const text = page.slice(at.next, end === -1 ? page.length : end);
  at.next = end === -1 ? page.length : end + 1;
  if (address === null) {
    into.notRecorded += requests;
    return;
  }
  const place = into.places.indexOf(text);
  const known = into.places.list[place];
  if (known === undefined || minute < known.sinceMinute) return;
  if (known.isReported && imported === 1) into.imported += requests;
  const log = address.family === 4 ? into.ipv4 : into.ipv6;
  addVisit(log, { address, minute, place, requests });
}

function readNumber(page: string, at: Cursor): number {
  let number = 0;
  for (; ; at.next += 1) {
    const char = page.charCodeAt(at.next);
    if (char === COLON || char === COMMA) break;
    const digit = char - DIGIT_ZERO;
    if (!(digit >= 0 && digit <= 9)) throw new Error("malformed page of visits");
    number = number * 10 + digit;
  }
  at.next += 1;
  return number;
}

function readKey(page: string, from: number, length: number): Address | null {
  switch (length) {
    case 0:
      return null;
    case 8:
      return { family: 4, w0: 0, w1: 0, w2: 0, w3: readWord(page, from) };
    case 32:
      return {
        family: 6,
        w0: readWord(page, from),
        w1: readWord(page, from + 8),
        w2: readWord(page, from + 16),
        w3: readWord(page, from + 24),
      };
    default:
      throw new Error("malformed page of visits");
  }
}

function readWord(page: string, from: number): number {
  let word = 0;
  for (let index = from; index < from + 8; index += 1) {
    const char = page.charCodeAt(index);
    const digit = char <= 57 ? char - 48 : char - 87;
    if (!(digit >= 0 && digit <= 15)) throw new Error("malformed page of visits");
    word = word * 16 + digit;
  }
  return word;
}

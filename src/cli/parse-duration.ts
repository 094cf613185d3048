// Reads how long something lasts, and when it ends, from what a person typed.
import { InvalidArgumentError } from "commander";

const UNIT_SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };
const PART = /(\d{1,9})([dhms])/g;
const WHOLE = /^(?:\d{1,9}[dhms]\s*)+$/;
const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const DURATION_SECONDS_MAX = 100 * 366 * 86_400;

/** `90d`, `12h`, `1d12h`, `30m 45s`; more than nothing, at most a hundred years. In seconds. */
export function parseDuration(text: string): number {
  let seconds = 0;
  if (WHOLE.test(text)) {
    for (const [, count, unit = ""] of text.matchAll(PART)) {
      seconds += Number(count) * (UNIT_SECONDS[unit] ?? 0);
    }
  }
  if (seconds > 0 && seconds <= DURATION_SECONDS_MAX) return seconds;
  throw new InvalidArgumentError("write a duration such as 90d, 12h, 30m, 45s or 1d12h");
}

/** A duration from `nowMs` on, or a time such as 2027-01-31T12:00:00Z. In RFC 3339. */
export function parseEnd(text: string, nowMs: number = Date.now()): string {
  const atMs = TIME.test(text) ? Date.parse(text) : nowMs + parseEndDuration(text) * 1_000;
  if (Number.isFinite(atMs)) return new Date(atMs).toISOString();
  throw new InvalidArgumentError(END_WORDS);
}

/** A time such as 2027-01-31 or 2027-01-31T12:00:00Z. In RFC 3339. */
export function parseTime(text: string): string {
  const atMs = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(atMs)) return new Date(atMs).toISOString();
  throw new InvalidArgumentError("write a time such as 2027-01-31T12:00:00Z");
}

/** A duration back from `nowMs`, or a time such as 2027-01-31T12:00:00Z. In RFC 3339. */
export function parseStart(text: string, nowMs: number = Date.now()): string {
  const atMs = TIME.test(text) ? Date.parse(text) : nowMs - parseEndDuration(text) * 1_000;
  if (Number.isFinite(atMs)) return new Date(atMs).toISOString();
  throw new InvalidArgumentError(END_WORDS);
}

const END_WORDS = "write a duration such as 90d or a time such as 2027-01-31T12:00:00Z";

function parseEndDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    throw new InvalidArgumentError(END_WORDS);
  }
}

// What the page of locked codes believes of its address.
import { expect, it } from "vitest";
import { readLockEnd } from "./read-lock-end.ts";

const NOW_MS = Date.UTC(2027, 2, 12, 12);
const MINUTE_MS = 60_000;
const inMs = (ms: number): string => new Date(NOW_MS + ms).toISOString();

it.each([
  ["the end of a lock that began now", inMs(30 * MINUTE_MS), NOW_MS + 30 * MINUTE_MS],
  ["the end of a lock that goes on", inMs(MINUTE_MS), NOW_MS + MINUTE_MS],
  ["an end that has passed", inMs(-MINUTE_MS), NOW_MS - MINUTE_MS],
  ["no end that is later than a lock lasts", inMs(30 * MINUTE_MS + 1), null],
  ["no end in another century", "2999-01-01T00:00:00.000Z", null],
  ["nothing unreadable", "soon", null],
  ["nothing empty", "", null],
  ["nothing where nothing stands", undefined, null],
] as const)("reads %s", (_name, until, endMs) => {
  expect(readLockEnd(until, NOW_MS)).toBe(endMs);
});

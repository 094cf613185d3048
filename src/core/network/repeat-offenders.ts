// Remembers when an address was banned, so that repeats can be told from first offences.

import { ESCALATION_MEMORY_MS } from "./ban-duration.ts";
import type { Address } from "./address.ts";

/** Times of bans (epoch ms, ascending) by counted address. */
export type RepeatOffenders = Map<string, number[]>;

const TIMES_MAX = 32;
/** The longest quiet are forgotten first. */
const OFFENDERS_MAX = 200_000;

function repeatKey(counted: Address): string {
  return `${counted.family} ${counted.w0} ${counted.w1} ${counted.w2} ${counted.w3}`;
}

export function countRepeats(repeats: RepeatOffenders, counted: Address, nowMs: number): number {
  const times = repeats.get(repeatKey(counted));
  if (times === undefined) return 0;
  return times.filter((time) => nowMs - time < ESCALATION_MEMORY_MS).length;
}

export function rememberBan(repeats: RepeatOffenders, counted: Address, atMs: number): void {
  const key = repeatKey(counted);
  const times = repeats.get(key) ?? [];
  const kept = times.filter((time) => atMs - time < ESCALATION_MEMORY_MS).slice(1 - TIMES_MAX);
  // Set anew, so that the map stays in the order of the latest bans.
  repeats.delete(key);
  repeats.set(key, [...kept, atMs]);
  if (repeats.size <= OFFENDERS_MAX) return;
  for (const oldest of repeats.keys()) {
    repeats.delete(oldest);
    return;
  }
}

// A clock that never runs backwards, made from one that may be set back.

/** `lastMs`: the latest steady time. `offsetMs`: how far the given clock was set back in all. */
export type SteadyClock = { lastMs: number; offsetMs: number };

/** Requests that overtake each other differ by less; only more than this is a clock set back. */
const OVERTAKING_MS = 1000;

export function createSteadyClock(): SteadyClock {
  return { lastMs: 0, offsetMs: 0 };
}

/**
 * The steady time of `nowMs` (whole ms of ONE clock, such as Unix time), which becomes the latest.
 * A clock set back by an hour goes on from where it was: nothing counted is freed and nobody waits
 * the hour twice. A clock set forward cannot be told from an idle hour.
 */
export function advanceClock(clock: SteadyClock, nowMs: number): number {
  const steadyMs = nowMs + clock.offsetMs;
  if (steadyMs >= clock.lastMs) {
    clock.lastMs = steadyMs;
  } else if (clock.lastMs - steadyMs > OVERTAKING_MS) {
    clock.offsetMs += clock.lastMs - steadyMs;
  }
  return clock.lastMs;
}

/** The steady time of `nowMs` without moving the clock. */
export function readClock(clock: SteadyClock, nowMs: number): number {
  return Math.max(nowMs + clock.offsetMs, clock.lastMs);
}

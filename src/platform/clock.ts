// The one place the program asks what time it is, so that tests can turn the clock.
import { performance } from "node:perf_hooks";

export type Clock = {
  readonly nowMs: () => number;
  /** Runs on from an arbitrary start and is never set; absent: nothing to compare `nowMs` with. */
  readonly steadyMs?: () => number;
};

export const systemClock: Clock = { nowMs: () => Date.now(), steadyMs: () => performance.now() };

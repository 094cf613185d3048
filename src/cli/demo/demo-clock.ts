// The demo's time: it begins yesterday, goes on in leaps, and is the machine's own in the end.
import type { Clock } from "../../platform/clock.ts";

export type DemoClock = Required<Clock> & {
  /** Never beyond the machine's own time. */
  readonly leap: (ms: number) => void;
};

export function createDemoClock(beginsAgoMs: number): DemoClock {
  let agoMs = beginsAgoMs;
  return {
    nowMs: () => Date.now() - agoMs,
    steadyMs: () => performance.now() + beginsAgoMs - agoMs,
    leap: (ms) => {
      agoMs = Math.max(0, agoMs - ms);
    },
  };
}

// Notes authenticator codes of another time, to tell a wrong clock of ours from guesses.
import type { Transaction } from "kysely";
import { TIME_STEP_MS } from "../../../core/identity/time-step.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { createSeldom } from "../sign-in/seldom.ts";

export type Drift = {
  readonly userId: string;
  /** How many time steps the code is ahead of our clock; negative: behind. */
  readonly offsetSteps: number;
  readonly nowMs: number;
};

export type DriftWatch = {
  readonly note: (drift: Drift) => void;
  /** Codes of others differed alike: then it is our clock that is wrong. */
  readonly isClockSuspected: (drift: Drift) => boolean;
  /** Tells the operator (row 102, ASVS 6.5.8). */
  readonly raiseAlarm: (trx: Transaction<Schema>, drift: Drift) => Promise<void>;
};

const WINDOW_MS = 600_000;
const OTHERS_MIN = 2;
/** People type a code within a minute or so of seeing it. */
const ALIKE_STEPS = 2;
const ALARM = "authenticator-clock-differs";
const ALARMS_PER_MINUTE = 1;
const MEANING =
  "A code of an authenticator app belongs to another time. If this happens to several users, the " +
  "clock of this server is wrong; if to one, the clock of that user's device is.";

/** INVARIANT: holds at most `usersMax` users; the one noted longest ago goes first. */
export function createDriftWatch(
  parts: Pick<IdentityParts, "recordEvent">,
  usersMax = 1000,
): DriftWatch {
  const seen = new Map<string, Drift>();
  const told = createSeldom();

  function note(drift: Drift): void {
    seen.delete(drift.userId);
    const oldest = seen.size >= usersMax ? seen.keys().next().value : undefined;
    if (oldest !== undefined) seen.delete(oldest);
    seen.set(drift.userId, drift);
  }

  function isClockSuspected({ userId, offsetSteps, nowMs }: Drift): boolean {
    let others = 0;
    for (const other of seen.values()) {
      // Either way: the clock that is in question may have been set meanwhile.
      const isRecent = Math.abs(nowMs - other.nowMs) < WINDOW_MS;
      const isAlike = Math.abs(other.offsetSteps - offsetSteps) <= ALIKE_STEPS;
      if (other.userId !== userId && isRecent && isAlike) others += 1;
    }
    return others >= OTHERS_MIN;
  }

  return {
    note,
    isClockSuspected,
    raiseAlarm: async (trx, { userId, offsetSteps, nowMs }) => {
      if (!told.take(ALARM, ALARMS_PER_MINUTE, nowMs)) return;
      const offsetSeconds = (offsetSteps * TIME_STEP_MS) / 1000;
      const detail = { meaning: MEANING, offsetSeconds };
      const what = { kind: "alarm", atMs: nowMs, userId, actor: null } as const;
      await parts.recordEvent(trx, { ...what, reason: ALARM, detail });
    },
  };
}

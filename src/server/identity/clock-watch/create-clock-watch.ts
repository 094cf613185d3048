// Notices that the clock was set, so that a wrong year locks nobody out.
import type { IdentityParts } from "../identity-parts.ts";
import { readSeenClock, writeSeenClock } from "./clock-store.ts";

export type ClockJump = {
  /** What the clock said before, with the time that had passed since. */
  readonly expectedAtMs: number;
  readonly nowMs: number;
  /** The clock was last seen by an earlier run: the program may just have stood still that long. */
  readonly isSinceEarlierRun: boolean;
};

export type ClockWatch = {
  /**
   * False for 24 hours after the clock jumped by more than 24 hours. Rules that compare months
   * (dormancy) hold nobody back then; everything else goes on.
   */
  readonly isTrusted: (nowMs: number) => boolean;
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

const JUMP_MS = 86_400_000;
const DISTRUST_MS = 86_400_000;
const SEEN_EVERY_MS = 60_000;

/** Resolves when the last run's time has been compared with this start. */
export async function createClockWatch(
  parts: Pick<IdentityParts, "database" | "clock" | "onError"> & {
    readonly raiseAlarm: (jump: ClockJump) => void;
  },
): Promise<ClockWatch> {
  const { database, clock } = parts;
  const steadyMs = clock.steadyMs ?? clock.nowMs;
  /** The wall clock's lead over the steady one at the last look. */
  let leadMs = clock.nowMs() - steadyMs();
  let distrustedUntilMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function distrust(jump: ClockJump): void {
    distrustedUntilMs = jump.nowMs + DISTRUST_MS;
    parts.raiseAlarm(jump);
  }

  /** From look to look: nights for which a machine sleeps do not add up to a jump. */
  function look(nowMs: number): void {
    const expectedAtMs = steadyMs() + leadMs;
    leadMs = nowMs - steadyMs();
    if (Math.abs(nowMs - expectedAtMs) <= JUMP_MS) return;
    distrust({ expectedAtMs, nowMs, isSinceEarlierRun: false });
    save();
  }

  function isTrusted(nowMs: number): boolean {
    look(nowMs);
    return distrustedUntilMs === null || nowMs >= distrustedUntilMs;
  }

  function save(): void {
    writing = writing
      .then(() => {
        const seenAtMs = clock.nowMs();
        const isOver = distrustedUntilMs === null || seenAtMs >= distrustedUntilMs;
        const seen = { seenAtMs, distrustedUntilMs: isOver ? null : distrustedUntilMs };
        return database.transaction((trx) => writeSeenClock(trx, seen));
      })
      .catch((error: unknown) => parts.onError(error, "keeping the time"));
  }

  const before = await readSeenClock(database.kysely);
  const startedAtMs = clock.nowMs();
  if (before !== null) {
    const { seenAtMs: expectedAtMs, distrustedUntilMs: untilMs } = before;
    // Farther off than any distrust lasts: written by a clock that was ahead of this one.
    if (untilMs !== null) distrustedUntilMs = Math.min(untilMs, startedAtMs + DISTRUST_MS);
    if (Math.abs(startedAtMs - expectedAtMs) > JUMP_MS) {
      distrust({ expectedAtMs, nowMs: startedAtMs, isSinceEarlierRun: true });
    }
  }
  save();
  await writing;

  return {
    isTrusted,
    start: () => {
      timer ??= setInterval(() => {
        look(clock.nowMs());
        save();
      }, SEEN_EVERY_MS);
      timer.unref();
    },
    close: async () => {
      clearInterval(timer);
      look(clock.nowMs());
      save();
      await writing;
    },
  };
}

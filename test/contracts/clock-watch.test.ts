// What the clock watch promises on every engine: a clock that was set is not trusted for a day.
import { expect, it } from "vitest";
import { createClockWatch } from "../../src/server/identity/clock-watch/create-clock-watch.ts";
import type { ClockJump } from "../../src/server/identity/clock-watch/create-clock-watch.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const jumps: ClockJump[] = [];
  const errors: unknown[] = [];
  const start = () =>
    createClockWatch({
      database,
      clock,
      raiseAlarm: (jump) => jumps.push(jump),
      onError: (error) => errors.push(error),
    });
  return { database, clock, jumps, errors, start };
}

describeEachEngine("the clock watch", (harness) => {
  it("trusts time that passes, however long", async () => {
    const { clock, jumps, start } = await setUp(harness);
    const watch = await start();
    for (const ms of [HOUR_MS, 200 * DAY_MS, YEAR_MS]) {
      clock.advance(ms);
      expect(watch.isTrusted(clock.nowMs())).toBe(true);
    }
    await watch.close();
    const next = await start();
    expect(next.isTrusted(clock.nowMs())).toBe(true);
    expect(jumps).toEqual([]);
  });

  it.each([YEAR_MS, -YEAR_MS, DAY_MS + 1, -DAY_MS - 1])(
    "trusts no clock for a day after a jump of %i ms, and says so once (row 74)",
    async (jumpMs) => {
      const { clock, jumps, start } = await setUp(harness);
      const watch = await start();
      clock.advance(HOUR_MS);
      const expectedAtMs = clock.nowMs();
      clock.jump(jumpMs);
      expect(watch.isTrusted(clock.nowMs())).toBe(false);
      expect(watch.isTrusted(clock.nowMs())).toBe(false);
      const jump = { expectedAtMs, nowMs: clock.nowMs(), isSinceEarlierRun: false };
      expect(jumps).toEqual([jump]);
      clock.advance(DAY_MS - 1);
      expect(watch.isTrusted(clock.nowMs())).toBe(false);
      clock.advance(1);
      expect(watch.isTrusted(clock.nowMs())).toBe(true);
      expect(jumps).toHaveLength(1);
    },
  );

  it.each([DAY_MS, -DAY_MS, HOUR_MS])("lets a correction of %i ms be", async (jumpMs) => {
    const { clock, jumps, start } = await setUp(harness);
    const watch = await start();
    clock.jump(jumpMs);
    expect(watch.isTrusted(clock.nowMs())).toBe(true);
    expect(jumps).toEqual([]);
  });

  it("begins the day again when the clock is put right (row 74)", async () => {
    const { clock, jumps, start } = await setUp(harness);
    const watch = await start();
    clock.jump(YEAR_MS);
    expect(watch.isTrusted(clock.nowMs())).toBe(false);
    clock.jump(-YEAR_MS);
    expect(watch.isTrusted(clock.nowMs())).toBe(false);
    clock.advance(DAY_MS);
    expect(watch.isTrusted(clock.nowMs())).toBe(true);
    expect(jumps).toHaveLength(2);
  });

  it.each([YEAR_MS, -YEAR_MS, 2 * DAY_MS])(
    "notices %i ms between two runs (row 74)",
    async (jumpMs) => {
      const { clock, jumps, start } = await setUp(harness);
      await (await start()).close();
      clock.jump(jumpMs);
      const watch = await start();
      expect(watch.isTrusted(clock.nowMs())).toBe(false);
      expect(jumps).toMatchObject([{ isSinceEarlierRun: true, nowMs: clock.nowMs() }]);
      clock.advance(DAY_MS);
      expect(watch.isTrusted(clock.nowMs())).toBe(true);
    },
  );

  it("goes on distrusting after a restart, and no longer than a day (row 74)", async () => {
    const { clock, jumps, errors, start } = await setUp(harness);
    const first = await start();
    clock.jump(YEAR_MS);
    expect(first.isTrusted(clock.nowMs())).toBe(false);
    clock.advance(HOUR_MS);
    await first.close();
    const second = await start();
    expect(second.isTrusted(clock.nowMs())).toBe(false);
    expect(jumps).toHaveLength(1);
    clock.advance(23 * HOUR_MS - 1);
    expect(second.isTrusted(clock.nowMs())).toBe(false);
    clock.advance(1);
    expect(second.isTrusted(clock.nowMs())).toBe(true);
    // The next run finds no trace of it.
    await second.close();
    expect((await start()).isTrusted(clock.nowMs())).toBe(true);
    expect([jumps.length, errors]).toEqual([1, []]);
  });

  it("was ahead for a year: a start with the right time distrusts a day, not a year", async () => {
    const { clock, start } = await setUp(harness);
    clock.jump(YEAR_MS);
    const ahead = await start();
    clock.jump(2 * DAY_MS);
    expect(ahead.isTrusted(clock.nowMs())).toBe(false);
    await ahead.close();
    clock.jump(-YEAR_MS - 2 * DAY_MS);
    const right = await start();
    expect(right.isTrusted(clock.nowMs())).toBe(false);
    clock.advance(DAY_MS);
    expect(right.isTrusted(clock.nowMs())).toBe(true);
  });
});

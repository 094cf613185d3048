// A storm of refusals: the disk is not filled, and each offender is found in it (attack row 189).
import { expect, it } from "vitest";
import { readAddressFilter } from "../../src/api/address-filter.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import { useEngine } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";

const harness = useEngine("sqlite");
/** More than a minute, so that each row has to be begun anew. */
const SECONDS = 70;
const REFUSALS_PER_SECOND = 5_000;
/** As RECORDER_LIMITS says. */
const ROWS_MAX = 2_000 + 200 * SECONDS;

/** Of 198.18.0.0/15: another address each time. */
function passerBy(number: number): number {
  return (0xc6120000 + ((number * 7_919) & 0x1ffff)) >>> 0;
}

/** 203.0.113.1 and on: they come back all the time, now and then, or twice. */
const OFFENDERS = [
  { word: 0xcb007101, text: "203.0.113.1", everySeconds: 1 },
  { word: 0xcb007102, text: "203.0.113.2", everySeconds: 47 },
  { word: 0xcb007103, text: "203.0.113.3", everySeconds: SECONDS - 1 },
] as const;

it(`${REFUSALS_PER_SECOND} refusals a second`, { timeout: 60_000 }, async () => {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const errors: unknown[] = [];
  const limits = { journalDays: 30, journalMaxMegabytes: 512 };
  const onError = (error: unknown): void => void errors.push(error);
  const journal = createJournal({ database, clock, ...limits, onError });

  function refuse(word: number): void {
    journal.recordDecision({
      atMs: clock.nowMs(),
      client: { family: 4, w0: 0, w1: 0, w2: 0, w3: word },
      surface: "portal",
      account: null,
      country: "NL",
      verdict: "refuse",
      status: 403,
      reason: "on-deny-list",
      owner: "platform",
      ruleId: 1,
      describe: () => ({ address: String(word), steps: [], detail: {} }),
    });
  }

  const startMs = clock.nowMs();
  let refusals = 0;
  const seen = new Map<string, { firstMs: number; lastMs: number }>();
  for (let second = 0; second < SECONDS; second += 1) {
    for (let index = 0; index < REFUSALS_PER_SECOND; index += 1) {
      refuse(passerBy(second * REFUSALS_PER_SECOND + index));
    }
    refusals += REFUSALS_PER_SECOND;
    for (const { word, text, everySeconds } of OFFENDERS) {
      if (second % everySeconds !== 0) continue;
      refuse(word);
      refusals += 1;
      const firstMs = seen.get(text)?.firstMs ?? clock.nowMs();
      seen.set(text, { firstMs, lastMs: clock.nowMs() });
    }
    await journal.flush();
    clock.advance(1_000);
  }
  await journal.close();
  expect(errors).toEqual([]);

  const { rows, counted } = await database.kysely
    .selectFrom("journal_event")
    .select((eb) => [eb.fn.countAll<number>().as("rows"), eb.fn.sum<number>("count").as("counted")])
    .executeTakeFirstOrThrow();
  expect(counted).toBe(refusals);
  expect(rows).toBeLessThan(ROWS_MAX);

  for (const { text } of OFFENDERS) {
    const reading = readAddressFilter(text);
    if (!reading.ok) throw new Error(reading.why);
    const filter = { address: reading.filter, sinceMs: startMs };
    const { events } = await journal.listEvents(filter, { after: null, limit: 1_000 });
    const { firstMs, lastMs } = seen.get(text)!;
    expect(Math.min(...events.map(({ firstAtMs }) => firstAtMs))).toBeLessThanOrEqual(firstMs);
    expect(Math.max(...events.map(({ lastAtMs }) => lastAtMs))).toBeGreaterThanOrEqual(lastMs);
  }
});

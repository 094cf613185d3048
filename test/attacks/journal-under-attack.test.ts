// What a flood of refusals may not do to the journal: ask the store, or hold up the process.
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/platform/database/database.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

/** A store that must not be touched. */
const untouchable = new Proxy({} as Database<Schema>, {
  get: (_target, name) => {
    throw new Error(`the store was asked: ${String(name)}`);
  },
});

describe("a refusal (attack row 60)", () => {
  it("is recorded and counted without the store", () => {
    const nowMs = 1_800_000_000_000;
    const limits = { journalDays: 30, journalMaxMegabytes: 512 };
    const journal = createJournal({
      database: untouchable,
      clock: { nowMs: () => nowMs },
      ...limits,
    });
    const ids = new Set<string>();
    for (let index = 0; index < 20_000; index += 1) {
      const client = { family: 4, w0: 0, w1: 0, w2: 0, w3: index } as const;
      const common = { atMs: nowMs, client, surface: "portal", account: null, country: "NL" };
      journal.countTraffic({ ...common, verdict: "refuse", reason: "banned" });
      const id = journal.recordDecision({
        ...common,
        verdict: "refuse",
        status: 403,
        reason: "banned",
        owner: "platform",
        ruleId: 1,
        describe: () => ({ address: "192.0.2.1", steps: [], detail: {} }),
      });
      ids.add(id);
    }
    expect(ids.size).toBe(2_001);
    expect(journal.counts()).toMatchObject({ openRows: 2_001, aggregatedDecisions: 18_000 });
  });
});

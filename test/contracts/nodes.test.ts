// What nodes on one store know of each other: who runs, who is lost, who has said goodbye.
import { describe, expect, it } from "vitest";
import { followNodes } from "../../src/server/follow-nodes.ts";
import { useEngine } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const DAY_MS = 86_400_000;

describe("nodes on postgres", () => {
  const harness = useEngine("postgres");

  it("see each other, miss who is silent, and forget who said goodbye", async () => {
    const database = await openStore(harness);
    const clock = createStandingClock();
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const open = (name: string) => followNodes({ database, clock, name, onError });
    const [one, two, three] = [open("gate-1"), open("gate-2"), open("gate-3")];
    const seenBy = async (nodes: typeof one) =>
      (await nodes.list()).map(({ name, isThis, isLost }) => [name, isThis, isLost]);
    await one.start();
    await two.start();
    await three.start();
    expect(await seenBy(two)).toEqual([
      ["gate-2", true, false],
      ["gate-1", false, false],
      ["gate-3", false, false],
    ]);
    await three.close();
    clock.advance(20_000);
    expect(await seenBy(one)).toEqual([
      ["gate-1", true, false],
      ["gate-2", false, false],
    ]);
    clock.advance(1);
    expect(await seenBy(one)).toEqual([
      ["gate-1", true, false],
      ["gate-2", false, true],
    ]);
    // Whoever tells of itself is back; a week of silence is the end of it.
    await two.start();
    expect((await seenBy(one))[1]).toEqual(["gate-2", false, false]);
    clock.advance(7 * DAY_MS + 1);
    await one.start();
    expect(await seenBy(one)).toEqual([["gate-1", true, false]]);
    await two.close();
    await one.close();
    const rows = await database.kysely.selectFrom("journal_node").selectAll().execute();
    expect(rows).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe("the one node on sqlite", () => {
  const harness = useEngine("sqlite");

  it("knows itself and writes nothing", async () => {
    const database = await openStore(harness);
    const clock = createStandingClock();
    const onError = (error: unknown): never => {
      throw error;
    };
    const nodes = followNodes({ database, clock, name: "gate-1", onError });
    await nodes.start();
    expect(await nodes.list()).toMatchObject([
      { name: "gate-1", startedAtMs: clock.nowMs(), isThis: true, isLost: false },
    ]);
    const rows = await database.kysely.selectFrom("journal_node").selectAll().execute();
    expect(rows).toEqual([]);
    await nodes.close();
  });
});

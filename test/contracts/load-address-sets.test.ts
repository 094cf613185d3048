// What memory is loaded with equals what the store holds, on every engine, however it is paged.
import { expect, it } from "vitest";
import type { Address } from "../../src/core/network/address.ts";
import { entryCount, findCovering } from "../../src/core/network/address-set.ts";
import { rangeFromKeys } from "../../src/core/network/address-range.ts";
import { loadAddressSets } from "../../src/server/network/load-address-sets.ts";
import { insertMany } from "../../src/platform/database/insert-many.ts";
import type { Database } from "../../src/platform/database/database.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { describeEachEngine } from "./engines.ts";
import { openStore } from "./open-store.ts";

type Row = {
  readonly owner: string;
  readonly action: "allow" | "deny";
  readonly family: 4 | 6;
  readonly start: string;
  readonly end: string;
  readonly expiresAtMs: number | null;
};

const COLUMNS = [
  { name: "owner", type: "text" },
  { name: "action", type: "text" },
  { name: "family", type: "integer" },
  { name: "range_start", type: "text" },
  { name: "range_end", type: "text" },
  { name: "note", type: "text" },
  { name: "author", type: "text" },
  { name: "created_at", type: "integer" },
  { name: "expires_at", type: "integer" },
] as const;

const NOW_MS = 1_000;
const word = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

function denied(start: number, end: number): Row {
  const keys = { start: word(start), end: word(end) };
  return { owner: "platform", action: "deny", family: 4, ...keys, expiresAtMs: null };
}

async function store(database: Database<Schema>, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 2000) {
    const cells = rows
      .slice(at, at + 2000)
      .map((row) => [
        row.owner,
        row.action,
        row.family,
        row.start,
        row.end,
        "",
        "test",
        1,
        row.expiresAtMs,
      ]);
    await database.transaction((trx) =>
      insertMany(trx, { table: "network_entry", columns: COLUMNS, rows: cells }),
    );
  }
}

const ipv4 = (value: number): Address => ({ family: 4, w0: 0, w1: 0, w2: 0, w3: value >>> 0 });

describeEachEngine("loading address sets", (harness) => {
  it("reads every entry with its action and end, of its owner alone", async () => {
    const database = await openStore(harness);
    const ipv6 = {
      family: 6,
      start: `20010db8${"0".repeat(24)}`,
      end: `20010db8${"f".repeat(24)}`,
    };
    const rows: Row[] = [
      { ...denied(10, 10), action: "allow" },
      { ...denied(20, 20), expiresAtMs: NOW_MS },
      { ...denied(30, 30), expiresAtMs: NOW_MS + 1 },
      { ...denied(40, 40), action: "allow", expiresAtMs: NOW_MS },
      { ...denied(50, 50), owner: "someone-else" },
      { ...denied(60, 60), ...ipv6, family: 6 },
      denied(0xffffffff, 0xffffffff),
    ];
    await store(database, rows);
    const { allow, deny } = await loadAddressSets(database, "platform");
    expect([entryCount(allow), entryCount(deny)]).toEqual([2, 4]);
    const isIn = (set: typeof allow, at: number) => findCovering(set, ipv4(at), NOW_MS) !== 0;
    expect([10, 40].map((at) => isIn(allow, at))).toEqual([true, false]);
    expect([10, 20, 30, 50, 0xffffffff].map((at) => isIn(deny, at))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
    const { start } = rangeFromKeys(6, ipv6.start, ipv6.end);
    expect(findCovering(deny, start, NOW_MS)).toBeGreaterThan(0);
  });

  it("finds the narrowest of many ranges with one start, also where a page would end", async () => {
    const database = await openStore(harness);
    // Single addresses up to just below the page's end, then more ranges of one start than a page.
    const singles = Array.from({ length: 1_990 }, (_, at) => denied(at, at));
    const nested = Array.from({ length: 2_100 }, (_, at) => denied(5_000, 5_000 + at * 3));
    const behind = Array.from({ length: 2_500 }, (_, at) => denied(20_000 + at, 20_000 + at));
    await store(database, [...nested.toReversed(), ...behind, ...singles]);
    const { deny } = await loadAddressSets(database, "platform");
    expect(entryCount(deny)).toBe(1_990 + 2_100 + 2_500);
    for (const offset of [0, 1, 3, 1_000, 3 * 2_099]) {
      const id = findCovering(deny, ipv4(5_000 + offset), NOW_MS);
      const row = await database.kysely
        .selectFrom("network_entry")
        .select("range_end")
        .where("id", "=", id)
        .executeTakeFirst();
      expect(row?.range_end).toBe(word(5_000 + Math.ceil(offset / 3) * 3));
    }
    expect(findCovering(deny, ipv4(1_989), NOW_MS)).not.toBe(0);
    expect(findCovering(deny, ipv4(1_990), NOW_MS)).toBe(0);
    expect(findCovering(deny, ipv4(22_499), NOW_MS)).not.toBe(0);
    expect(findCovering(deny, ipv4(22_500), NOW_MS)).toBe(0);
  });

  it("reads a long list from front to end, with the same result", async () => {
    const database = await openStore(harness);
    const rowOf = (at: number, end: number): Row => {
      const owner = at % 7 === 0 ? "someone-else" : "platform";
      return Object.assign(denied(at * 2, end), {
        owner,
        action: at % 10 === 0 ? "allow" : "deny",
      });
    };
    const narrow = Array.from({ length: 50_001 }, (_, at) => rowOf(at, at * 2));
    const wide = Array.from({ length: 20_000 }, (_, at) => rowOf(at, 0x7fffffff));
    await store(database, [...narrow, ...wide]);
    const { allow, deny } = await loadAddressSets(database, "platform");
    const all = [...narrow, ...wide].filter((row) => row.owner === "platform");
    expect(all.length).toBeGreaterThan(50_000);
    const allowing = all.filter((row) => row.action === "allow").length;
    expect([entryCount(allow), entryCount(deny)]).toEqual([allowing, all.length - allowing]);
    expect(findCovering(allow, ipv4(20), NOW_MS)).not.toBe(0);
  });
});

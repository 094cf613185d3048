// What finding entries promises on every engine: pages in both orders, addresses, parts of notes.
import { expect, it } from "vitest";
import { parseRule } from "../../src/core/network/address-rule.ts";
import { readLeadingPart } from "../../src/core/network/leading-part.ts";
import { rangeTextOf } from "../../src/server/network/export-entries.ts";
import {
  findByNote,
  findCovering,
  findOverlapping,
  listEntriesAt,
} from "../../src/server/network/search-entries.ts";
import type { EntryPageAt, FoundEntries } from "../../src/server/network/search-entries.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const FIRST: EntryPageAt = {
  owner: "platform",
  action: null,
  sort: "address",
  offset: 0,
  limit: 100,
};

/** In the order in which they are added. */
const ENTRIES = [
  ["203.0.113.7", "deny", "Office 100%"],
  ["2001:db8::/48", "deny", "Office_2"],
  ["203.0.113.0/24", "allow", "shop"],
  ["9.0.0.0/8", "deny", ""],
  ["203.0.113.0/28", "deny", "OFFICE"],
  ["2001:db8:0:1::/64", "allow", "its \\ lab"],
] as const;

async function addAll(node: Node): Promise<void> {
  for (const [range, action, note] of ENTRIES) {
    await addEntry(node.network, range, { action, note });
  }
  const acme = await addAccount(node, "acme");
  await addEntry(node.network, "203.0.113.9", { owner: acme, note: "office of acme" });
}

function rangesOf({ entries }: FoundEntries): readonly string[] {
  return entries.map(rangeTextOf);
}

function rangeOf(text: string) {
  const rule = parseRule(text);
  return rule.ok ? rule.range : readLeadingPart(text)!;
}

function statementsOf(node: Node): number {
  return node.database.statementTimes().reduce((sum, { statements }) => sum + statements, 0);
}

describeEachEngine("finding entries", (harness) => {
  const emptyNode = useNode(harness);

  it("pages through a list from any place, by address or newest first, by action too", async () => {
    const node = await emptyNode();
    await addAll(node);
    const byAddress = await listEntriesAt(node.network, FIRST);
    expect(byAddress.total).toBe(6);
    expect(new Set(rangesOf(byAddress).slice(1, 3))).toEqual(
      new Set(["203.0.113.0/24", "203.0.113.0/28"]),
    );
    const starts = byAddress.entries.map(({ family, range_start: start }) => [family, start]);
    expect(starts).toEqual([
      [4, "09000000"],
      [4, "cb007100"],
      [4, "cb007100"],
      [4, "cb007107"],
      [6, "20010db8000000000000000000000000"],
      [6, "20010db8000000010000000000000000"],
    ]);
    for (let offset = 0; offset < 7; offset += 1) {
      const page = await listEntriesAt(node.network, { ...FIRST, offset, limit: 2 });
      expect(rangesOf(page)).toEqual(rangesOf(byAddress).slice(offset, offset + 2));
      expect(page.total).toBe(6);
    }
    const newest = await listEntriesAt(node.network, { ...FIRST, sort: "newest", offset: 1 });
    expect(rangesOf(newest)).toEqual(
      ENTRIES.map(([range]) => range)
        .toReversed()
        .slice(1),
    );
    const allowed = { ...FIRST, sort: "newest", action: "allow" } as const;
    expect(await listEntriesAt(node.network, allowed)).toMatchObject({ total: 2 });
    expect(rangesOf(await listEntriesAt(node.network, allowed))).toEqual([
      "2001:db8:0:1::/64",
      "203.0.113.0/24",
    ]);
  });

  it.each([
    ["203.0.113.7", ["203.0.113.7", "203.0.113.0/28", "203.0.113.0/24"]],
    ["203.0.113.200", ["203.0.113.0/24"]],
    ["203.0.113.", ["203.0.113.0/24", "203.0.113.0/28", "203.0.113.7"]],
    ["203.0.113.4-203.0.113.9", ["203.0.113.0/28", "203.0.113.0/24", "203.0.113.7"]],
    ["2001:db8:", ["2001:db8::/48", "2001:db8:0:1::/64"]],
    ["192.0.2.", []],
  ] as const)("finds what %s touches", async (text, ranges) => {
    const node = await emptyNode();
    await addAll(node);
    const found = await findOverlapping(node.network, rangeOf(text), FIRST);
    expect(rangesOf(found)).toEqual(ranges);
    expect(found.total).toBe(ranges.length);
    for (const offset of [1, 2]) {
      const page = await findOverlapping(node.network, rangeOf(text), {
        ...FIRST,
        offset,
        limit: 1,
      });
      expect(rangesOf(page)).toEqual(ranges.slice(offset, offset + 1));
      expect(page.total).toBe(ranges.length);
    }
  });

  it.each([
    ["203.0.113.7", ["203.0.113.7", "203.0.113.0/28", "203.0.113.0/24"]],
    ["203.0.113.0/28", ["203.0.113.0/28", "203.0.113.0/24"]],
    ["203.0.113.4-203.0.113.99", ["203.0.113.0/24"]],
    ["2001:db8::/47", []],
  ] as const)("finds what holds all of %s", async (text, ranges) => {
    const node = await emptyNode();
    await addAll(node);
    const found = await findCovering(node.network, rangeOf(text), FIRST);
    expect([rangesOf(found), found.total]).toEqual([ranges, ranges.length]);
    const page = await findCovering(node.network, rangeOf(text), { ...FIRST, offset: 1, limit: 1 });
    expect([rangesOf(page), page.total]).toEqual([ranges.slice(1, 2), ranges.length]);
  });

  it("finds an entry that has ended by its own address or range", async () => {
    const node = await emptyNode();
    const expiresAt = new Date(node.clock.nowMs() + 1000).toISOString();
    for (const range of ["203.0.113.7", "203.0.113.0/24"]) {
      await addEntry(node.network, range, { expiresAt });
    }
    node.clock.advance(1000);
    const { network } = node;
    const own = await findOverlapping(network, rangeOf("203.0.113.7"), FIRST);
    expect([rangesOf(own), own.total]).toEqual([["203.0.113.7"], 1]);
    const net = await findCovering(network, rangeOf("203.0.113.0/24"), FIRST);
    expect(rangesOf(net)).toEqual(["203.0.113.0/24"]);
    const allowed = { ...FIRST, action: "allow" } as const;
    expect((await findCovering(network, rangeOf("203.0.113.7"), allowed)).total).toBe(0);
  });

  it("finds notes as they are typed, folding no letters that the store keeps", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.1", { note: "BÜRO Österreich" });
    await addEntry(node.network, "203.0.113.2", { note: "½ rack" });
    for (const part of ["BÜRO", "bÜro", "Österreich", "½ RACK"]) {
      expect((await findByNote(node.network, part, FIRST)).total).toBe(1);
    }
  });

  it("looks for notes past a gap in the ids without counting through it", async () => {
    const node = await emptyNode();
    const { id } = await addEntry(node.network, "203.0.113.1", { note: "old lab" });
    const far = id + 1_000_000_000;
    await addEntry(node.network, "203.0.113.2", { note: "new lab" });
    await node.database.transaction((trx) =>
      trx.updateTable("network_entry").set({ id: far }).where("id", ">", id).execute(),
    );
    const before = statementsOf(node);
    expect((await findByNote(node.network, "lab", FIRST)).entries.map((one) => one.id)).toEqual([
      far,
      id,
    ]);
    expect(statementsOf(node) - before).toBeLessThan(10);
  });

  it.each([
    ["office", ["203.0.113.0/28", "2001:db8::/48", "203.0.113.7"]],
    ["%", ["203.0.113.7"]],
    ["_", ["2001:db8::/48"]],
    ["\\", ["2001:db8:0:1::/64"]],
    ["of acme", []],
  ] as const)("finds notes with %s in them, newest first", async (part, ranges) => {
    const node = await emptyNode();
    await addAll(node);
    const found = await findByNote(node.network, part, FIRST);
    expect(rangesOf(found)).toEqual(ranges);
    expect(found.total).toBe(ranges.length);
  });

  it("finds a part of a note by action, page by page, and only the owner's", async () => {
    const node = await emptyNode();
    await addAll(node);
    const at = { ...FIRST, action: "deny", offset: 1, limit: 1 } as const;
    const page = await findByNote(node.network, "office", at);
    expect([rangesOf(page), page.total]).toEqual([["2001:db8::/48"], 3]);
    const acme = await findByNote(node.network, "office", {
      ...FIRST,
      owner: node.network.ownerOf("acme"),
    });
    expect(rangesOf(acme)).toEqual(["203.0.113.9"]);
  });
});

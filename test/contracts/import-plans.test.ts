// What is said of an import before it is made: just what it would do, or every line it refuses.
import { Readable } from "node:stream";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { PROPOSED_ENTRIES_MAX } from "../../src/api/proposed-change-api.ts";
import { changeBy } from "../../src/server/journal/index.ts";
import { importEntries } from "../../src/server/network/import-entries.ts";
import type { ListOrder } from "../../src/server/network/import-entries.ts";
import { isOverruledByAllow } from "../../src/server/network/overruled-by-allow.ts";
import { planImport } from "../../src/server/network/plan-import.ts";
import type { ImportPlan } from "../../src/server/network/plan-import.ts";
import { describeEachEngine } from "./engines.ts";
import { addEntry, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

function orderOf(node: Node, wanted: Partial<ListOrder>): ListOrder {
  return {
    importId: "planned",
    owner: "platform",
    format: "text",
    action: "deny",
    confirmWide: false,
    nowMs: node.network.clock.nowMs(),
    isAllowed: (range) => isOverruledByAllow(node.network, "platform", range),
    ...wanted,
  };
}

const streamOf = (body: string) => Readable.from([Buffer.from(body)]);

function plan(node: Node, body: string, wanted: Partial<ListOrder> = {}): Promise<ImportPlan> {
  return planImport(node.network, streamOf(body), orderOf(node, wanted));
}

async function countRows(node: Node): Promise<readonly number[]> {
  const { rows } = await sql<{ entries: number | string; lines: number | string }>`
    select (select count(*) from network_entry) as entries,
      (select count(*) from network_entry_import) as lines`.execute(node.database.kysely);
  return [Number(rows[0]!.entries), Number(rows[0]!.lines)];
}

describeEachEngine("the plan of an import", (harness) => {
  const emptyNode = useNode(harness);

  it("names what is new, counts the rest, and stores nothing", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.7", { action: "deny" });
    await addEntry(node.network, "192.0.2.5", { action: "allow" });
    const ends = new Date(node.network.clock.nowMs() + 60_000).toISOString();
    const over = new Date(node.network.clock.nowMs() - 60_000).toISOString();
    const body = [
      "range,action,expiresAt",
      "203.0.113.7,deny,",
      `198.51.100.0-198.51.100.255,,${ends}`,
      "198.51.100.0/24,deny,",
      "192.0.2.0/24,deny,",
      "2001:db8::/32,allow,",
      `198.51.101.1,deny,${over}`,
    ].join("\n");
    const before = await countRows(node);
    const planned = await plan(node, body, { format: "csv" });
    expect(planned).toEqual({
      ok: true,
      added: 4,
      unchanged: 2,
      overruled: 1,
      add: [
        { range: "198.51.100.0/24", action: "deny", expiresAt: ends },
        { range: "192.0.2.0/24", action: "deny", expiresAt: null },
        { range: "2001:db8::/32", action: "allow", expiresAt: null },
      ],
    });
    expect(await countRows(node)).toEqual(before);
    const order = { ...orderOf(node, { format: "csv" }), context: changeBy("anna") };
    const { add: _add, ...counts } = planned as Extract<ImportPlan, { ok: true }>;
    expect(await importEntries(node.network, streamOf(body), order)).toEqual(counts);
  });

  it("refuses the lines that the import would refuse", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.7", { action: "allow" });
    const bodies = [
      ["text", "203.0.113.9\n1.2.3\n0.0.0.0/0"],
      ["text", "198.51.100.1\n203.0.113.7"],
      ["csv", "range,action\n203.0.113.7,deny\n203.0.113.7,allow"],
      ["csv", "range,action\n203.0.113.7,allow\n203.0.113.7,deny"],
    ] as const;
    for (const [format, body] of bodies) {
      const planned = await plan(node, body, { format });
      const order = { ...orderOf(node, { format }), context: changeBy("anna") };
      const imported = await importEntries(node.network, streamOf(body), order);
      expect([planned.ok, planned]).toEqual([false, imported]);
    }
    const twice = "range,action\n198.51.100.1,deny\n198.51.100.1,allow";
    expect(await plan(node, twice, { format: "csv" })).toMatchObject({
      ok: false,
      errors: [{ line: 3, message: expect.stringContaining("by an earlier line") }],
    });
    expect(await countRows(node)).toEqual([1, 0]);
  });

  it("counts more than are previewed, and names none of them", async () => {
    const node = await emptyNode();
    const lines = Array.from({ length: PROPOSED_ENTRIES_MAX + 1 }, (_, n) => {
      return `10.0.${n >> 8}.${n & 255}`;
    });
    const all = await plan(node, lines.join("\n"));
    expect(all).toMatchObject({ ok: true, added: PROPOSED_ENTRIES_MAX + 1, add: null });
    await addEntry(node.network, "10.0.0.7", { action: "deny" });
    const rest = await plan(node, lines.join("\n"));
    expect(rest).toMatchObject({ ok: true, added: PROPOSED_ENTRIES_MAX, unchanged: 1 });
    expect(rest.ok && rest.add).toHaveLength(PROPOSED_ENTRIES_MAX);
  });
});

// What stays of very long imports on every engine: what they were, and not each of their lines.
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { REVISED_ENTRIES_SHOWN } from "../../src/api/revision-api.ts";
import {
  changeBy,
  listRevisedEntries,
  listRevisions,
  readEntriesBefore,
  REVISED_ENTRIES_MAX,
} from "../../src/server/journal/index.ts";
import { importEntries } from "../../src/server/network/import-entries.ts";
import { describeEachEngine } from "./engines.ts";
import { addEntry, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

function* lines(count: number): Iterable<string> {
  for (let at = 0; at < count; at += 1) yield `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}\n`;
}

async function importLines(node: Node, count: number): Promise<void> {
  const outcome = await importEntries(
    node.network,
    Readable.from(lines(count), { objectMode: false }),
    {
      importId: `import-${count}`,
      owner: "platform",
      format: "text",
      action: "deny",
      confirmWide: false,
      context: changeBy("anna"),
      nowMs: node.network.clock.nowMs(),
      isAllowed: () => false,
    },
  );
  expect(outcome).toMatchObject({ ok: true, added: count });
}

describeEachEngine("the history of a list", (harness) => {
  const emptyNode = useNode(harness);

  it("keeps of an import that is never gone back over only what it shows", async () => {
    const node = await emptyNode();
    const read = node.database.kysely;
    await addEntry(node.network, "192.0.2.1");
    await importLines(node, REVISED_ENTRIES_MAX + 1);
    const all = { owners: null, subject: "entries", before: null, limit: 10 };
    const [long, short] = await listRevisions(read, all);
    expect([long!.entries, short!.entries]).toEqual([REVISED_ENTRIES_MAX + 1, 1]);
    const kept = await listRevisedEntries(read, long!.number, REVISED_ENTRIES_MAX);
    expect(kept).toHaveLength(REVISED_ENTRIES_SHOWN);
    expect(kept[0]).toMatchObject({ before_action: null, after_action: "deny" });
    // Nor is anything from before gone back to by what is left of it.
    for (const { number: from } of [long!, short!]) {
      const at = { owner: "platform", from, changeId: null } as const;
      expect(await readEntriesBefore(read, at)).toBeNull();
    }
    // A single change after or before it is.
    const { number: from, change_id: changeId } = short!;
    const alone = await readEntriesBefore(read, { owner: "platform", from, changeId });
    expect(alone).toMatchObject([{ before_action: null, after_action: "deny" }]);
  });
});

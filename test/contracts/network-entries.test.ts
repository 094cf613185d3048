// What the store of address-list entries promises on every engine: one entry a range, by owner.
import { expect, it } from "vitest";
import { parseRule } from "../../src/core/network/address-rule.ts";
import {
  changeEntry,
  findEntryByRange,
  removeEntries,
} from "../../src/server/network/edit-entries.ts";
import { findEntryOfRange, listEntries } from "../../src/server/network/entry-store.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, entryCovering, reasonFor, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const CLIENT = "203.0.113.7";

function textAt(node: Node, laterMs: number): string {
  return new Date(node.network.clock.nowMs() + laterMs).toISOString();
}

function listAll(node: Node, more: object = {}) {
  const all = { owner: "platform", action: null, noteContains: null, afterId: 0, limit: 100 };
  return listEntries(node.database.kysely, { ...all, ...more });
}

describeEachEngine("entries", (harness) => {
  const emptyNode = useNode(harness);

  it("hold when they are added, changed and deleted, from the next request", async () => {
    const node = await emptyNode();
    const { id } = await addEntry(node.network, CLIENT);
    expect(reasonFor(node, CLIENT)).toBe("on-deny-list");
    const at = { owner: "platform", id, actor: "anna" };
    await changeEntry(node.network, at, { action: "allow", note: "ours" });
    expect(reasonFor(node, CLIENT)).toBe("on-allow-list");
    await removeEntries(node.network, { owner: "platform", ids: [id], actor: "anna" });
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    expect(node.events.map(({ kind, detail }) => [kind, detail["change"]])).toEqual([
      ["entries-changed", "added"],
      ["entries-changed", "changed"],
      ["entries-changed", "removed"],
    ]);
  });

  // attack rows 2 and 6: what is stored is canonical, so every spelling is the same entry
  it("are one for all spellings of a range", async () => {
    const node = await emptyNode();
    const first = await addEntry(node.network, "1.2.3.4");
    const spellings = ["::ffff:102:304", "::ffff:1.2.3.4", "1.2.3.4/32", "1.2.3.4-1.2.3.4"];
    for (const spelling of spellings) {
      await expect(addEntry(node.network, spelling, { action: "allow" })).rejects.toMatchObject({
        code: "entry-exists",
        status: 409,
        extra: { members: { entryId: first.id } },
      });
      const found = await findEntryByRange(node.network, "platform", spelling);
      expect(found).toEqual(first);
    }
    expect(await listAll(node)).toEqual([first]);
    const rule = parseRule("::ffff:1.2.3.4");
    if (!rule.ok) throw new Error(rule.reason);
    expect((await findEntryOfRange(node.database.kysely, "platform", rule.range))?.id).toBe(
      first.id,
    );
  });

  it("are one when many add the same range at once", async () => {
    const node = await emptyNode();
    const racing = Array.from({ length: 8 }, () => addEntry(node.network, CLIENT));
    const outcomes = await Promise.allSettled(racing);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listAll(node)).toHaveLength(1);
  });

  // attack row 3
  it("hold for their own family only", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "::/0");
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    await addEntry(node.network, "0.0.0.0/0", { action: "allow" });
    expect(reasonFor(node, CLIENT)).toBe("on-allow-list");
    expect(reasonFor(node, "2001:db8::1")).toBe("on-deny-list");
  });

  // attack row 4
  it.each([
    ["10.0.0.4-10.0.0.6", "10.0.0.3", "10.0.0.4", "10.0.0.6", "10.0.0.7"],
    ["127.255.255.254-128.0.0.1", "127.255.255.253", "127.255.255.254", "128.0.0.1", "128.0.0.2"],
    [
      "2001:db8::/127",
      "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
      "2001:db8::",
      "2001:db8::1",
      "2001:db8::2",
    ],
  ])("%s holds to its edges after the store", async (range, before, first, last, after) => {
    const node = await emptyNode();
    await addEntry(node.network, range);
    const reasons = [before, first, last, after].map((client) => reasonFor(node, client));
    const [out, listed] = ["no-rule-matched", "on-deny-list"];
    expect(reasons).toEqual([out, listed, listed, out]);
    await node.network.follower.load();
    expect([before, first, last, after].map((client) => reasonFor(node, client))).toEqual(reasons);
  });

  it("end by themselves and make room for a new one", async () => {
    const node = await emptyNode();
    const first = await addEntry(node.network, CLIENT, { expiresAt: textAt(node, 1000) });
    node.clock.advance(999);
    expect(reasonFor(node, CLIENT)).toBe("on-deny-list");
    node.clock.advance(1);
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    const second = await addEntry(node.network, CLIENT, { action: "allow" });
    expect(second.id).not.toBe(first.id);
    expect(reasonFor(node, CLIENT)).toBe("on-allow-list");
    expect(await listAll(node)).toEqual([second]);
  });

  it("want an end in the future", async () => {
    const node = await emptyNode();
    for (const expiresAt of [textAt(node, 0), textAt(node, -1), "tomorrow", "2027-01-31"]) {
      const refused = addEntry(node.network, CLIENT, { expiresAt });
      await expect(refused).rejects.toMatchObject({ code: "expiry-refused", status: 400 });
    }
    expect(await listAll(node)).toEqual([]);
  });

  it("belong to their owner: nobody else changes or deletes them", async () => {
    const node = await emptyNode();
    const acme = await addAccount(node, "acme");
    const { id } = await addEntry(node.network, CLIENT, { owner: acme });
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    expect(reasonFor(node, CLIENT, { account: "acme" })).toBe("on-deny-list");
    await addEntry(node.network, CLIENT, { action: "allow" });
    const other = { owner: "platform", id, actor: "x" };
    const missing = { code: "entry-not-found", status: 404 };
    await expect(changeEntry(node.network, other, { note: "x" })).rejects.toMatchObject(missing);
    const removing = removeEntries(node.network, { owner: "platform", ids: [id], actor: "x" });
    await expect(removing).rejects.toMatchObject(missing);
    expect(await listAll(node, { owner: acme })).toHaveLength(1);
  });

  it("are deleted together or not at all", async () => {
    const node = await emptyNode();
    const ids: number[] = [];
    for (let host = 1; host <= 5; host += 1) {
      ids.push((await addEntry(node.network, `203.0.113.${host}`)).id);
    }
    const order = (wanted: readonly number[]) => ({ owner: "platform", ids: wanted, actor: "x" });
    const half = removeEntries(node.network, order([...ids, 999_999]));
    await expect(half).rejects.toMatchObject({ code: "entry-not-found" });
    expect(await listAll(node)).toHaveLength(5);
    expect(reasonFor(node, "203.0.113.3")).toBe("on-deny-list");
    expect(await removeEntries(node.network, order([...ids, ids[0]!]))).toHaveLength(5);
    expect(await listAll(node)).toEqual([]);
    expect(reasonFor(node, "203.0.113.3")).toBe("no-rule-matched");
  });

  it("are found by action and by a part of their note, a page at a time", async () => {
    const node = await emptyNode();
    const notes = ["Office 100%", "Office_2", "shop", "", "OFFICE"];
    for (const [index, note] of notes.entries()) {
      const action = index % 2 === 0 ? "allow" : "deny";
      await addEntry(node.network, `203.0.113.${index}`, { note, action });
    }
    const found = async (more: object) => (await listAll(node, more)).map(({ note }) => note);
    expect(await found({ noteContains: "Office" })).toEqual(["Office 100%", "Office_2"]);
    expect(await found({ noteContains: "%" })).toEqual(["Office 100%"]);
    expect(await found({ noteContains: "_" })).toEqual(["Office_2"]);
    expect(await found({ action: "deny" })).toEqual(["Office_2", ""]);
    const [first, second] = await listAll(node, { limit: 2 });
    expect(await found({ afterId: second!.id, limit: 2 })).toEqual(["shop", ""]);
    expect(first?.note).toBe("Office 100%");
  });

  it("name the most specific one that covers an address", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.0/24");
    const { id } = await addEntry(node.network, "203.0.113.0/28");
    expect(entryCovering(node, "deny", CLIENT)).toBe(id);
  });
});

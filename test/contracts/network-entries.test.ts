// What the store of address-list entries promises on every engine: one entry a range, by owner.
import { changeBy } from "../../src/server/journal/index.ts";
import { expect, it } from "vitest";
import { parseRule } from "../../src/core/network/address-rule.ts";
import { changeEntry } from "../../src/server/network/change-entry.ts";
import { findEntryByRange, removeEntries } from "../../src/server/network/edit-entries.ts";
import { findEntryOfRange, listEntries } from "../../src/server/network/entry-store.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, entryCovering, reasonFor, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const CLIENT = "203.0.113.7";

function textAt(node: Node, laterMs: number): string {
  return new Date(node.network.clock.nowMs() + laterMs).toISOString();
}

function listAll(node: Node, more: object = {}) {
  const all = { owner: "platform", action: null, afterId: 0, limit: 100 };
  return listEntries(node.database.kysely, { ...all, ...more });
}

describeEachEngine("entries", (harness) => {
  const emptyNode = useNode(harness);

  it("hold when they are added, changed and deleted, from the next request", async () => {
    const node = await emptyNode();
    const { id } = await addEntry(node.network, CLIENT);
    expect(reasonFor(node, CLIENT)).toBe("on-deny-list");
    const at = { owner: "platform", id, context: changeBy("anna") };
    await changeEntry(node.network, at, { action: "allow", note: "ours" });
    expect(reasonFor(node, CLIENT)).toBe("on-allow-list");
    await removeEntries(node.network, { owner: "platform", ids: [id], context: changeBy("anna") });
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
    const other = { owner: "platform", id, context: changeBy("x") };
    const missing = { code: "entry-not-found", status: 404 };
    await expect(changeEntry(node.network, other, { note: "x" })).rejects.toMatchObject(missing);
    const removing = removeEntries(node.network, {
      owner: "platform",
      ids: [id],
      context: changeBy("x"),
    });
    await expect(removing).rejects.toMatchObject(missing);
    expect(await listAll(node, { owner: acme })).toHaveLength(1);
  });

  it("are deleted together or not at all", async () => {
    const node = await emptyNode();
    const ids: number[] = [];
    for (let host = 1; host <= 5; host += 1) {
      ids.push((await addEntry(node.network, `203.0.113.${host}`)).id);
    }
    const order = (wanted: readonly number[]) => ({
      owner: "platform",
      ids: wanted,
      context: changeBy("x"),
    });
    const half = removeEntries(node.network, order([...ids, 999_999]));
    await expect(half).rejects.toMatchObject({ code: "entry-not-found" });
    expect(await listAll(node)).toHaveLength(5);
    expect(reasonFor(node, "203.0.113.3")).toBe("on-deny-list");
    expect(await removeEntries(node.network, order([...ids, ids[0]!]))).toHaveLength(5);
    expect(await listAll(node)).toEqual([]);
    expect(reasonFor(node, "203.0.113.3")).toBe("no-rule-matched");
    // One event of all, as of an import.
    const removals = node.events.filter(({ detail }) => detail["change"] === "removed");
    expect(removals).toMatchObject([{ range: null, reason: "deny", actor: "x" }]);
    const ranges = [1, 2, 3, 4, 5].map((host) => `203.0.113.${host}`);
    expect(removals[0]?.detail).toEqual({ change: "removed", count: 5, ids, ranges });
  });

  it("are named up to a hundred where more are deleted at once", async () => {
    const node = await emptyNode();
    const ids: number[] = [];
    for (let host = 0; host < 101; host += 1) {
      const action = host === 0 ? "allow" : "deny";
      ids.push((await addEntry(node.network, `203.0.113.${host}`, { action })).id);
    }
    await removeEntries(node.network, { owner: "platform", ids, context: changeBy("x") });
    const removal = node.events.at(-1)!;
    expect([removal.reason, removal.detail["count"]]).toEqual([null, 101]);
    expect(removal.detail["ids"]).toHaveLength(100);
    expect(removal.detail["ranges"]).toHaveLength(100);
  });

  it("are listed by id and by action, a page at a time", async () => {
    const node = await emptyNode();
    for (const [index, note] of ["a", "b", "c", "d"].entries()) {
      const action = index % 2 === 0 ? "allow" : "deny";
      await addEntry(node.network, `203.0.113.${index}`, { note, action });
    }
    const notes = async (more: object) => (await listAll(node, more)).map(({ note }) => note);
    expect(await notes({ action: "deny" })).toEqual(["b", "d"]);
    const [, second] = await listAll(node, { limit: 2 });
    expect(await notes({ afterId: second!.id, limit: 1 })).toEqual(["c"]);
  });

  it("take another range, which holds from the next request in place of the old one", async () => {
    const node = await emptyNode();
    const { id, version } = await addEntry(node.network, CLIENT);
    const at = { owner: "platform", id, context: changeBy("anna") };
    const moved = await changeEntry(node.network, at, { range: "198.51.100.0/24", version });
    expect(moved).toMatchObject({ id, range_start: "c6336400", version: version + 1 });
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    expect(reasonFor(node, "198.51.100.9")).toBe("on-deny-list");
    // ::/3 is as wide for IPv6 as 10.0.0.0/7 for IPv4: asked about once more, in both families
    for (const range of ["10.0.0.0/7", "2000::/3"]) {
      const wide = changeEntry(node.network, at, { range });
      await expect(wide).rejects.toMatchObject({ code: "range-very-wide", status: 409 });
    }
    await changeEntry(node.network, at, { range: "2000::/3", confirmWide: true });
    expect([reasonFor(node, "198.51.100.9"), reasonFor(node, "2001:db8::1")]).toEqual([
      "no-rule-matched",
      "on-deny-list",
    ]);
    await node.network.follower.load();
    expect(reasonFor(node, "2001:db8::1")).toBe("on-deny-list");
  });

  it("tell the second of two people who change one what stands there now", async () => {
    const node = await emptyNode();
    const { id, version } = await addEntry(node.network, CLIENT, { note: "old" });
    const at = { owner: "platform", id, context: changeBy("anna") };
    await changeEntry(node.network, at, { note: "from Ada", version });
    const late = changeEntry(node.network, at, { action: "allow", version });
    await expect(late).rejects.toMatchObject({
      code: "entry-moved-on",
      status: 412,
      extra: { members: { entry: { id, note: "from Ada", action: "deny", version: version + 1 } } },
    });
    expect(reasonFor(node, CLIENT)).toBe("on-deny-list");
    expect(node.events).toHaveLength(2);
  });

  it("hold in one range only, whoever gives them another at the same time", async () => {
    const node = await emptyNode();
    for (let net = 0; net < 5; net += 1) {
      const { id } = await addEntry(node.network, `10.${net}.0.1`);
      const at = { owner: "platform", id, context: changeBy("x") };
      const hosts = [1, 2, 3, 4].map((host) => `10.${net}.0.${host}`);
      const racing = hosts.map((range) => changeEntry(node.network, at, { range }));
      expect((await Promise.all(racing)).map((entry) => entry.id)).toEqual([id, id, id, id]);
      const held = () => hosts.filter((host) => reasonFor(node, host) === "on-deny-list");
      expect(held()).toHaveLength(1);
      await removeEntries(node.network, { owner: "platform", ids: [id], context: changeBy("x") });
      expect(held()).toEqual([]);
    }
  });

  it("leave in the event of a change what they were before it", async () => {
    const node = await emptyNode();
    const expiresAt = textAt(node, 1000);
    const { id } = await addEntry(node.network, CLIENT, { note: "old", expiresAt });
    const at = { owner: "platform", id, context: changeBy("anna") };
    const range = "198.51.100.0/24";
    await changeEntry(node.network, at, { range, action: "allow", note: "new", expiresAt: null });
    expect(node.events.at(-1)).toMatchObject({ reason: "allow", actor: "anna" });
    expect(node.events.at(-1)?.detail).toEqual({
      change: "changed",
      entryId: id,
      note: "new",
      expiresAtMs: null,
      before: { range: CLIENT, action: "deny", note: "old", expiresAtMs: Date.parse(expiresAt) },
    });
  });

  it("give one range to one of those that want it at once", async () => {
    const node = await emptyNode();
    const wanted = "198.51.100.0/24";
    const ids: number[] = [];
    for (let host = 1; host <= 6; host += 1) {
      ids.push((await addEntry(node.network, `203.0.113.${host}`)).id);
    }
    const racing = ids.map((id) =>
      changeEntry(
        node.network,
        { owner: "platform", id, context: changeBy("x") },
        { range: wanted },
      ),
    );
    const outcomes = await Promise.allSettled(racing);
    const lost = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(lost.map(({ code, status }) => [code, status])).toEqual(
      Array.from({ length: 5 }, () => ["entry-exists", 409]),
    );
    expect(await listAll(node)).toHaveLength(6);
    await node.network.follower.follow();
    expect(reasonFor(node, "198.51.100.9")).toBe("on-deny-list");
  });

  it("let one that has ended make room for the range of another", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "198.51.100.7", { expiresAt: textAt(node, 1000) });
    const { id } = await addEntry(node.network, CLIENT);
    const at = { owner: "platform", id, context: changeBy("x") };
    const taken = changeEntry(node.network, at, { range: "198.51.100.7" });
    await expect(taken).rejects.toMatchObject({ code: "entry-exists" });
    node.clock.advance(1000);
    const moved = await changeEntry(node.network, at, { range: "198.51.100.7" });
    expect(await listAll(node)).toEqual([moved]);
  });

  it("name the most specific one that covers an address", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.0/24");
    const { id } = await addEntry(node.network, "203.0.113.0/28");
    expect(entryCovering(node, "deny", CLIENT)).toBe(id);
  });
});

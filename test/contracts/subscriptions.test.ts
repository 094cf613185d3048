// What subscribed lists promise on every engine: read from a real host, checked, kept, in force.
import { changeBy } from "../../src/server/journal/index.ts";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseAddress } from "../../src/core/network/address.ts";
import { Problem } from "../../src/platform/problem/problem.ts";
import { explain } from "../../src/server/gate/explain.ts";
import {
  addSubscription,
  changeSubscription,
  readSubscription,
  removeSubscription,
  takeCopy,
} from "../../src/server/network/subscriptions/edit-subscriptions.ts";
import { refreshCopy } from "../../src/server/network/subscriptions/refresh-copy.ts";
import { claimAttempt } from "../../src/server/network/subscriptions/subscription-store.ts";
import { useListHost } from "../network/list-host.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { describeEachEngine, useEngine } from "./engines.ts";
import { addEntry, placeNodes, reasonFor, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const LISTED = "198.51.100.7";
const OTHER = "192.0.2.7";
const DAY_MS = 86_400_000;
const LOCKED_OUT = new Problem("would-lock-out", 409);
const ON_LIST = "on-subscribed-list";

const host = useListHost();

function lines(count: number, network = "198.51.100"): string {
  return Array.from({ length: count }, (_, n) => `${network}.${n}\n`).join("");
}

async function loaded(node: Node, source: string, name = "bad networks") {
  const { id } = await addSubscription(node.network, { name, source }, "anna");
  await node.network.subscriptions.refresh(id, null);
  return await readSubscription(node.network, id);
}

async function again(node: Node, id: number) {
  await node.network.subscriptions.refresh(id, null);
  return await readSubscription(node.network, id);
}

function enforce(node: Node, id: number) {
  return changeSubscription(node.network, { id, context: changeBy("anna") }, { mode: "enforce" });
}

describeEachEngine("subscribed lists", (harness) => {
  const emptyNode = useNode(harness);
  it("begin in monitor, refuse once they are enforced, and no more when removed", async () => {
    const node = await emptyNode();
    host().publish(`# two networks\n198.51.100.0/24\n2001:db8::/32\n`);
    const made = await loaded(node, host().url);
    expect(made).toMatchObject({ mode: "monitor", ranges: 2, fault: null, keptBack: null });
    expect(made.difference).toMatchObject({ added: 2, removed: 0, badLines: 0 });
    expect(made.difference?.addedSamples).toEqual(["198.51.100.0/24", "2001:db8::/32"]);
    const asked = { address: parseAddress(LISTED)!, surface: "portal", account: null } as const;
    const atMs = node.network.clock.nowMs();
    const before = await explain(node.network, { ...asked, atMs });
    expect([before.verdict, before.monitored]).toEqual(["pass", ON_LIST]);
    await enforce(node, made.id);
    const after = await explain(node.network, { ...asked, atMs });
    expect(after).toMatchObject({ verdict: "refuse", reason: ON_LIST, status: 403 });
    expect(after.steps.at(-1)?.detail).toEqual({
      mode: "enforce",
      subscriptionId: made.id,
      subscription: "bad networks",
    });
    expect(after.wouldPassIf).toEqual([{ code: "allow-address" }]);
    expect(reasonFor(node, "2001:db8::1")).toBe(ON_LIST);
    await addEntry(node.network, LISTED, { action: "allow" });
    expect(reasonFor(node, LISTED)).toBe("on-allow-list");
    await removeSubscription(node.network, { id: made.id, actor: "anna" });
    expect(reasonFor(node, "2001:db8::1")).toBe("no-rule-matched");
    const kept = await node.database.kysely
      .selectFrom("network_subscription_range")
      .selectAll()
      .execute();
    expect(kept).toEqual([]);
  });

  it("are asked for by their ETag, and nothing is done when they have not changed", async () => {
    const node = await emptyNode();
    host().publish(lines(3));
    host().takeAsked();
    const { id, etag, content_hash: hash } = await loaded(node, host().url);
    node.events.length = 0;
    expect(await again(node, id)).toMatchObject({ fault: null, ranges: 3, content_hash: hash });
    expect(host().takeAsked()).toEqual([null, etag]);
    expect(node.events).toEqual([]);
  });

  it("show what a new copy added and removed, and go by it", async () => {
    const node = await emptyNode();
    host().publish(lines(10));
    const { id } = await loaded(node, host().url);
    await enforce(node, id);
    host().publish(`${lines(9)}${OTHER}\nnot an address\n`);
    const { difference, ranges } = await again(node, id);
    expect(ranges).toBe(10);
    expect(difference).toMatchObject({
      added: 1,
      removed: 1,
      addedSamples: [OTHER],
      removedSamples: ["198.51.100.9"],
      badLines: 1,
    });
    expect(difference?.badLineSamples.map(({ line }) => line)).toEqual([11]);
    expect(reasonFor(node, OTHER)).toBe(ON_LIST);
    expect(reasonFor(node, "198.51.100.9")).toBe("no-rule-matched");
    expect(node.events.at(-1)).toMatchObject({
      kind: "subscription-changed",
      actor: null,
      detail: { change: "copy-taken", subscriptionId: id, added: 1, removed: 1, ranges: 10 },
    });
  });

  it("that lose more than half wait until an operator takes them", async () => {
    const node = await emptyNode();
    host().publish(lines(10));
    const { id, content_hash: hash } = await loaded(node, host().url);
    await enforce(node, id);
    host().publish(lines(4));
    const waiting = await again(node, id);
    expect(waiting).toMatchObject({ ranges: 10, content_hash: hash });
    expect(waiting.fault).toContain("lost more than half of its ranges");
    expect(waiting.keptBack).toMatchObject({ ranges: 4, difference: { added: 0, removed: 6 } });
    expect(reasonFor(node, "198.51.100.9")).toBe(ON_LIST);
    expect((await again(node, id)).keptBack).toEqual(waiting.keptBack);

    const at = { id, context: changeBy("anna") };
    await expect(takeCopy(node.network, at, hash!)).rejects.toMatchObject({
      code: "copy-moved-on",
    });
    const taken = await takeCopy(node.network, at, waiting.keptBack!.contentHash);
    expect(taken).toMatchObject({ ranges: 4, fault: null, keptBack: null });
    expect(reasonFor(node, "198.51.100.9")).toBe("no-rule-matched");
    expect(reasonFor(node, "198.51.100.3")).toBe(ON_LIST);
    expect(node.events.at(-1)).toMatchObject({ actor: "anna", detail: { change: "copy-taken" } });
  });

  it("forget a copy that was kept back when the list is whole again", async () => {
    const node = await emptyNode();
    host().publish(lines(10));
    const { id } = await loaded(node, host().url);
    host().publish("");
    const { keptBack } = await again(node, id);
    expect(keptBack).toMatchObject({ ranges: 0 });
    host().publish(lines(10));
    expect(await again(node, id)).toMatchObject({ fault: null, keptBack: null, ranges: 10 });
    const taking = takeCopy(node.network, { id, context: changeBy("anna") }, keptBack!.contentHash);
    await expect(taking).rejects.toMatchObject({ code: "copy-moved-on" });
  });

  it.each([
    ["a page in place of a list", "<html>\n<p>Moved\n</html>", 200, "3 of 3 lines cannot be read"],
    ["too many bad lines", `${lines(20)}${"x\n".repeat(11)}`, 200, "11 of 31 lines"],
    ["a server's fault", "sorry", 503, "the host answered with 503"],
    ["a redirect", "", 302, "answered with a redirect, and none is followed"],
    ["a broken document", '[{"value": "198.51', 200, "it begins like JSON and is none"],
  ])("keep the last good copy after %s", async (_, text, status, fault) => {
    const node = await emptyNode();
    host().publish(lines(20));
    const { id, loaded_at: loadedAt } = await loaded(node, host().url);
    await enforce(node, id);
    host().publish(text, status);
    const failed = await again(node, id);
    expect(failed.fault).toContain(fault);
    expect(failed).toMatchObject({ ranges: 20, loaded_at: loadedAt, keptBack: null });
    await node.network.follower.load();
    expect(reasonFor(node, LISTED)).toBe(ON_LIST);
    host().publish(lines(21));
    expect(await again(node, id)).toMatchObject({ ranges: 21, fault: null });
  });

  it("are read when they are due, by the clock alone, and not while they are off", async () => {
    const node = await emptyNode();
    const { subscriptions } = node.network;
    host().publish(lines(2));
    host().takeAsked();
    const wanted = { name: "daily", source: host().url, intervalSeconds: 86_400 };
    const { id } = await addSubscription(node.network, wanted, "anna");
    await subscriptions.refreshDue();
    await subscriptions.refreshDue();
    expect(host().takeAsked()).toHaveLength(1);
    node.clock.advance(DAY_MS - 1);
    await subscriptions.refreshDue();
    expect(host().takeAsked()).toHaveLength(0);
    node.clock.advance(1);
    await subscriptions.refreshDue();
    expect(host().takeAsked()).toHaveLength(1);
    await changeSubscription(node.network, { id, context: changeBy("anna") }, { mode: "off" });
    node.clock.advance(2 * DAY_MS);
    await subscriptions.refreshDue();
    expect(host().takeAsked()).toHaveLength(0);
  });

  it("are changed with an event each, and read anew from another source", async () => {
    const node = await emptyNode();
    const { network } = node;
    host().publish(lines(10));
    const { id, version } = await loaded(node, host().url);
    const at = { id, context: changeBy("ben") };
    const source = `${host().url}?other`;
    host().publish(lines(2, "192.0.2"));
    const changed = await changeSubscription(network, at, { name: "Others", source, version });
    expect(changed).toMatchObject({ name: "Others", version: version + 1, tried_at: null });
    expect(changed).toMatchObject({ ranges: 10, etag: null, content_hash: null });
    expect(node.events.at(-1)).toMatchObject({
      kind: "subscription-changed",
      actor: "ben",
      detail: { change: "changed", before: { name: "bad networks" }, after: { name: "Others" } },
    });
    await network.subscriptions.refreshDue();
    expect(await readSubscription(network, id)).toMatchObject({ ranges: 2, keptBack: null });
    const late = changeSubscription(network, at, { mode: "enforce", version });
    await expect(late).rejects.toMatchObject({ code: "subscription-moved-on" });
    for (const wanted of [
      { name: "oTHERS", source: `${source}&third` },
      { name: "third", source },
    ]) {
      const double = addSubscription(network, wanted, "ben");
      await expect(double).rejects.toMatchObject({ code: "subscription-exists" });
    }
    await removeSubscription(network, { id, actor: "ben" });
    expect(node.events.at(-1)).toMatchObject({ detail: { change: "removed", name: "Others" } });
    await expect(removeSubscription(network, { id, actor: "ben" })).rejects.toMatchObject({
      code: "subscription-not-found",
    });
  });

  it("keep a copy back that locks out, though it was enforced while it was read", async () => {
    const node = await emptyNode();
    const { network } = node;
    host().publish(lines(3));
    const { id } = await loaded(node, host().url);
    const refusing = { ...network.changes, guard: () => Promise.reject(LOCKED_OUT) };
    const fetchWhile = (work: () => Promise<unknown>) => async () => {
      await work();
      return new Response(lines(4));
    };
    const refreshed = async (work: () => Promise<unknown>) => {
      const outbound = { fetchFor: () => fetchWhile(work), standIn: (url: URL) => url };
      const sources = { outbound, directory: "/nowhere" };
      await refreshCopy({ ...network, sources, changes: refusing }, id, null);
      return await readSubscription(network, id);
    };
    expect(await refreshed(() => enforce(node, id))).toMatchObject({
      mode: "enforce",
      ranges: 3,
      fault: expect.stringContaining("would refuse every operator"),
      keptBack: { ranges: 4 },
    });
  });

  it("that refuse nobody yet take a copy that would lock out", async () => {
    const node = await emptyNode();
    const { network } = node;
    host().publish(lines(3));
    const { id } = await loaded(node, host().url);
    host().publish(lines(4));
    const refusing = { ...network.changes, guard: () => Promise.reject(LOCKED_OUT) };
    const outbound = createOutboundFetch({ isPublicAddress: () => false });
    const sources = { outbound, directory: "/nowhere" };
    await refreshCopy({ ...network, sources, changes: refusing }, id, null);
    const taken = { mode: "monitor", ranges: 4, fault: null, keptBack: null };
    expect(await readSubscription(network, id)).toMatchObject(taken);
  });

  it("tell no key of a source's query in their events", async () => {
    const node = await emptyNode();
    const { network } = node;
    const told = "https://lists.example.com/drop.txt";
    const source = `${told}?key=first-secret`;
    const { id } = await addSubscription(network, { name: "paid", source }, "anna");
    expect(node.events.at(-1)?.detail).toMatchObject({ change: "added", source: told });
    const at = { id, context: changeBy("anna") };
    await changeSubscription(network, at, { source: `${told}?key=other-secret` });
    expect(node.events.at(-1)?.detail).toMatchObject({
      before: { source: told },
      after: { source: told },
      isSourceNew: true,
    });
    await changeSubscription(network, at, { source: "file:own.txt" });
    const { detail } = node.events.at(-1)!;
    expect(detail).toMatchObject({ before: { source: told }, after: { source: "file:own.txt" } });
    expect(detail).not.toHaveProperty("isSourceNew");
    await changeSubscription(network, at, { source });
    await removeSubscription(network, { id, actor: "anna" });
    expect(node.events.at(-1)?.detail).toMatchObject({ change: "removed", source: told });
    expect(node.events).toHaveLength(5);
    expect(JSON.stringify(node.events)).not.toContain("secret");
  });

  it.each([
    "ftp://lists.example.com/a",
    "http://lists.example.com/a",
    "https://ada:secret@lists.example.com/a",
    "file:/etc/passwd",
    "file:../secrets",
    "file:",
    "lists/own",
  ])("are not read from %s", async (source) => {
    const { network } = await emptyNode();
    await expect(addSubscription(network, { name: "x", source }, "anna")).rejects.toMatchObject({
      code: "subscription-source-refused",
    });
    expect(await network.subscriptions.list()).toEqual([]);
  });
});

const onSqlite = useEngine("sqlite");

it("come from files below the directory only, wherever links lead", async () => {
  const nodes = await placeNodes(onSqlite);
  const { network } = await nodes.start();
  const directory = (await onSqlite.place()).dataDirectory;
  mkdirSync(join(directory, "lists", "own"), { recursive: true });
  writeFileSync(join(directory, "secret"), lines(5));
  writeFileSync(join(directory, "lists", "own", "a.txt"), lines(3));
  symlinkSync(join(directory, "secret"), join(directory, "lists", "link"));
  const sources = {
    outbound: createOutboundFetch({ isPublicAddress: () => false }),
    directory: join(directory, "lists"),
  };
  const parts = { ...network, sources };
  const read = async (source: string) => {
    const { id } = await addSubscription(network, { name: source, source }, "anna");
    await refreshCopy(parts, id, null);
    const { ranges, fault } = await readSubscription(network, id);
    return { ranges, fault };
  };
  expect(await read("file:own/a.txt")).toEqual({ ranges: 3, fault: null });
  expect(await read("file:link")).toEqual({
    ranges: 0,
    fault: "the file is not in SUBSCRIPTION_DIR",
  });
  expect(await read("file:gone")).toEqual({ ranges: 0, fault: "there is no such file" });
  expect((await read("file:own")).fault).toContain("the file cannot be read");
});

const onPostgres = useEngine("postgres");

it("are read by one of two nodes that try at once, and hold on both", async () => {
  const nodes = await placeNodes(onPostgres);
  const here = await nodes.start();
  const there = await nodes.start();
  host().publish(lines(200));
  const wanted = { name: "bad networks", source: host().url };
  const seen = await addSubscription(here.network, wanted, "anna");
  const tickets = await Promise.all(
    [here, there].map((node) =>
      node.database.transaction((trx) => claimAttempt(trx, seen, nodes.clock.nowMs())),
    ),
  );
  expect(tickets.filter((ticket) => ticket !== null)).toHaveLength(1);
  await Promise.all([again(here, seen.id), again(there, seen.id)]);
  await enforce(here, seen.id);
  await there.network.follower.follow();
  expect(await readSubscription(there.network, seen.id)).toMatchObject({
    ranges: 200,
    fault: null,
  });
  expect([reasonFor(here, LISTED), reasonFor(there, LISTED)]).toEqual([ON_LIST, ON_LIST]);
  const staged = await here.database.kysely
    .selectFrom("network_subscription_range")
    .select("range_start")
    .where("subscription_id", "<", 0)
    .execute();
  expect(staged).toEqual([]);
});

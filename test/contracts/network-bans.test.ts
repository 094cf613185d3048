// What the store of bans promises on every engine: made at once, kept, ended, released by one.
import { changeBy } from "../../src/server/journal/index.ts";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { parseAddress } from "../../src/core/network/address.ts";
import { formatRange, rangeFromKeys } from "../../src/core/network/address-range.ts";
import { parseRule } from "../../src/core/network/address-rule.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { SURFACES } from "../../src/core/network/surface.ts";
import { listBans } from "../../src/server/network/ban-store.ts";
import type { BanFilter } from "../../src/server/network/ban-store.ts";
import { removeEntries } from "../../src/server/network/edit-entries.ts";
import { editPolicy } from "../../src/server/network/edit-policy.ts";
import { listEntries } from "../../src/server/network/entry-store.ts";
import { makeBanPermanent } from "../../src/server/network/make-ban-permanent.ts";
import { changeBan, releaseAddress, releaseBan } from "../../src/server/network/release-bans.ts";
import { visitTimes } from "../network/example-network.ts";
import { describeEachEngine } from "./engines.ts";
import {
  addAccount,
  addEntry,
  offendUntilBanned,
  placeNodes,
  reasonFor,
  useNode,
} from "./start-network.ts";
import type { ClockedNode, Node } from "./start-network.ts";

const CLIENT = "203.0.113.7";

function bansOf(node: Node, more: Partial<BanFilter> = {}) {
  return listBans(node.database.kysely, {
    owners: null,
    covering: null,
    overlapping: null,
    inForceAtMs: node.network.clock.nowMs(),
    beforeId: 0,
    limit: 100,
    ...more,
  });
}

async function setBan(node: Node, change: object): Promise<void> {
  const value = { ...PLATFORM_POLICY_DEFAULT.ban, ...change };
  const edit = {
    owner: "platform",
    section: "ban",
    value,
    version: null,
    context: changeBy("x"),
  } as const;
  await editPolicy(node.network, edit);
}

function isoTime(node: ClockedNode, laterMs: number): string {
  return new Date(node.clock.nowMs() + laterMs).toISOString();
}

describeEachEngine("bans", (harness) => {
  const emptyNode = useNode(harness);

  it("hold at once and are kept with their cause and end", async () => {
    const node = await emptyNode();
    const stored = offendUntilBanned(node, CLIENT);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    await stored;
    const [ban, ...others] = await bansOf(node);
    expect(others).toEqual([]);
    expect(ban).toMatchObject({
      owner: "platform",
      holds: "everywhere",
      cause: "failed-authentication",
      created_at: node.clock.nowMs(),
      ends_at: node.clock.nowMs() + 1_800_000,
      released_at: null,
    });
    expect(node.events).toMatchObject([{ kind: "ban", actor: null, detail: { banId: ban!.id } }]);
    expect(node.network.bans.waiting()).toBe(0);
  });

  it("end by themselves to the millisecond, whatever came in meanwhile", async () => {
    const node = await emptyNode();
    await offendUntilBanned(node, CLIENT);
    const address = parseAddress(CLIENT)!;
    const offence = { address, kind: "password", attempt: null, surface: "sign-in" } as const;
    for (let index = 0; index < 50; index += 1) {
      expect(node.network.reportOffence(offence)).toMatchObject({ notCounted: "banned" });
    }
    node.clock.advance(1_799_999);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    node.clock.advance(1);
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    expect(await bansOf(node)).toEqual([]);
    expect(await bansOf(node, { inForceAtMs: null })).toHaveLength(1);
  });

  it("are found by an address, by a block around them and by one within them", async () => {
    const node = await emptyNode();
    const [network, client] = ["2001:db8:5::/64", "2001:db8:5::9"];
    await offendUntilBanned(node, client);
    await offendUntilBanned(node, CLIENT);
    async function found(how: "covering" | "overlapping", text: string): Promise<string> {
      const rule = parseRule(text);
      if (!rule.ok) throw new Error(rule.reason);
      const bans = await bansOf(node, { [how]: rule.range });
      return bans
        .map(({ family, range_start, range_end }) =>
          formatRange(rangeFromKeys(family, range_start, range_end)),
        )
        .join(" ");
    }
    for (const how of ["covering", "overlapping"] as const) {
      expect(await found(how, CLIENT)).toBe(CLIENT);
      expect(await found(how, client)).toBe(network);
      expect(await found(how, "2001:db8:5::/80")).toBe(network);
      expect(await found(how, "203.0.113.8")).toBe("");
      expect(await found(how, "198.51.100.0/24")).toBe("");
    }
    for (const block of ["0.0.0.0/0", "203.0.113.0/24", "203.0.113.5-203.0.113.7"]) {
      expect([await found("covering", block), await found("overlapping", block)]).toEqual([
        "",
        CLIENT,
      ]);
    }
    expect(await found("overlapping", "2001:db8::/32")).toBe(network);
  });

  it("are released by exactly one of many who try, and the counters start afresh", async () => {
    const node = await emptyNode();
    await offendUntilBanned(node, CLIENT);
    const [ban] = await bansOf(node);
    const actors = Array.from({ length: 8 }, (_, index) => `actor ${index}`);
    const racing = actors.map((actor) => releaseBan(node.network, { ids: [ban!.id], actor }));
    const outcomes = await Promise.allSettled(racing);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ code: "ban-not-found", status: 404 });
      }
    }
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    const releases = node.events.filter(({ kind }) => kind === "release");
    expect(releases).toHaveLength(1);
    const [released] = await bansOf(node, { inForceAtMs: null });
    expect(released).toMatchObject({ released_by: releases[0]?.actor });
    // attack row 55: one failure after a release does not ban again
    const address = parseAddress(CLIENT)!;
    const offence = { address, kind: "password", attempt: null, surface: "sign-in" } as const;
    expect(node.network.reportOffence(offence)).toMatchObject({ count: 1, change: null });
  });

  it("are all released where an address is, on every surface and account", async () => {
    const node = await emptyNode();
    await addAccount(node, "acme");
    const { state, bans } = node.network;
    const nowMs = node.clock.nowMs();
    const change = {
      kind: "ban",
      cause: "rate-limit",
      holds: "surface",
      endsAtMs: nowMs + 9000,
    } as const;
    const audio = SURFACES.indexOf("audio");
    for (const layer of [state.platform, state.accounts.get("acme")!]) {
      const address = parseAddress(CLIENT)!;
      const order = { address, surface: audio, layer, decisionId: "d", nowMs };
      await bans.ban({ ...order, change: { ...change, layer: "account" } });
    }
    const on = (account: "acme" | null) => reasonFor(node, CLIENT, { surface: "audio", account });
    expect([on("acme"), on(null)]).toEqual(["banned", "banned"]);
    const released = await releaseAddress(node.network, { address: CLIENT, actor: "anna" });
    expect(released).toHaveLength(2);
    expect([on("acme"), on(null)]).toEqual(["no-rule-matched", "no-rule-matched"]);
    const again = releaseAddress(node.network, { address: CLIENT, actor: "anna" });
    await expect(again).rejects.toMatchObject({ code: "ban-not-found" });
  });

  it("let an address in when one of two equal bans is released", async () => {
    const node = await emptyNode();
    const order = {
      address: parseAddress(CLIENT)!,
      surface: 0,
      layer: node.network.state.platform,
      decisionId: null,
      nowMs: node.clock.nowMs(),
    };
    const change = {
      kind: "ban",
      cause: "hard-limit",
      layer: "platform",
      holds: "everywhere",
    } as const;
    // As two nodes do that meet the same flood in the same moment.
    for (const laterMs of [8000, 9000]) {
      const endsAtMs = node.clock.nowMs() + laterMs;
      await node.network.bans.ban({ ...order, change: { ...change, endsAtMs } });
    }
    const [newest] = await bansOf(node);
    await releaseBan(node.network, { ids: [newest!.id], actor: "anna" });
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    expect(await bansOf(node)).toEqual([]);
    await node.network.follower.load();
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
  });

  it("can be given another end and a note while they hold", async () => {
    const node = await emptyNode();
    await offendUntilBanned(node, CLIENT);
    const { id } = (await bansOf(node))[0]!;
    const edit = (endsAt: string | undefined, note?: string) =>
      changeBan(node.network, { id, endsAt, note, actor: "anna" });
    const before = { endsAtMs: node.clock.nowMs() + 1_800_000, note: "" };
    const endsAtMs = node.clock.nowMs() + 60_000;
    expect(await edit(isoTime(node, 60_000), "watched")).toMatchObject({ note: "watched" });
    // No ban was made: its own kind, with what it was before.
    expect(node.events.slice(1)).toMatchObject([
      { kind: "ban-changed", actor: "anna", reason: "failed-authentication" },
    ]);
    expect(node.events[1]?.detail).toEqual({
      banId: id,
      holds: "everywhere",
      endsAtMs,
      note: "watched",
      before,
    });
    for (const endsAt of [isoTime(node, 0), isoTime(node, -1), "tomorrow"]) {
      await expect(edit(endsAt)).rejects.toMatchObject({ code: "expiry-refused" });
    }
    node.clock.advance(59_999);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    node.clock.advance(1);
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    await expect(edit(undefined, "late")).rejects.toMatchObject({ code: "ban-not-found" });
  });

  it("become an entry and end in one step, or stay as they are", async () => {
    const node = await emptyNode();
    await offendUntilBanned(node, CLIENT);
    const order = { id: (await bansOf(node))[0]!.id, context: changeBy("anna"), owners: null };
    const standing = await addEntry(node.network, CLIENT, { action: "allow" });
    const twice = makeBanPermanent(node.network, order);
    await expect(twice).rejects.toMatchObject({ code: "entry-exists", status: 409 });
    expect(await bansOf(node)).toMatchObject([{ id: order.id, released_at: null }]);
    const ids = { owner: "platform", ids: [standing.id], context: changeBy("x") };
    await removeEntries(node.network, ids);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    const racing = [1, 2, 3].map(() => makeBanPermanent(node.network, order));
    const outcomes = await Promise.allSettled(racing);
    const lost = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(lost.map(({ code }) => code)).toEqual(["ban-not-found", "ban-not-found"]);
    expect(await bansOf(node)).toEqual([]);
    expect(reasonFor(node, CLIENT)).toBe("on-deny-list");
    const all = { owner: "platform", action: null, afterId: 0, limit: 10 };
    expect(await listEntries(node.database.kysely, all)).toMatchObject([
      { action: "deny", note: `was ban ${order.id} (failed-authentication)`, expires_at: null },
    ]);
    const late = makeBanPermanent(node.network, order);
    await expect(late).rejects.toMatchObject({ code: "ban-not-found", status: 404 });
  });

  it("take an IPv6 client's /64 and are found by any address of it", async () => {
    const node = await emptyNode();
    await offendUntilBanned(node, "2001:db8::7");
    const [ban] = await bansOf(node);
    const range = rangeFromKeys(ban!.family, ban!.range_start, ban!.range_end);
    expect(formatRange(range)).toBe("2001:db8::/64");
    expect(reasonFor(node, "2001:db8::ffff")).toBe("banned");
    expect(reasonFor(node, "2001:db8:0:1::7")).toBe("no-rule-matched");
    await releaseAddress(node.network, { address: "2001:db8::abcd", actor: "anna" });
    expect(reasonFor(node, "2001:db8::7")).toBe("no-rule-matched");
  });

  it("wait in memory while the store is away, and none is lost", async () => {
    const node = await emptyNode();
    const rename = (from: string, to: string) =>
      node.database.transaction((trx) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(trx),
      );
    await rename("network_ban", "away");
    const clients = ["203.0.113.1", "203.0.113.2", "203.0.113.3"];
    const stored = clients.map((client) => offendUntilBanned(node, client));
    await expect.poll(() => node.errors.length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(node.errors[0]).toContain("storing bans");
    expect(clients.map((client) => reasonFor(node, client))).toEqual(clients.map(() => "banned"));
    expect(node.network.bans.waiting()).toBe(3);
    await rename("away", "network_ban");
    await Promise.all(stored);
    expect(await bansOf(node)).toHaveLength(3);
    expect(node.network.bans.waiting()).toBe(0);
  });
});

describeEachEngine("a restart", (harness) => {
  it("keeps bans, their ends, releases and the memory of repeats", async () => {
    const nodes = await placeNodes(harness);
    let node = await nodes.start();
    await setBan(node, { escalation: { enabled: true, durationSecondsMax: 604_800 } });
    for (const client of [CLIENT, "203.0.113.8"]) await offendUntilBanned(node, client);
    await releaseAddress(node.network, { address: "203.0.113.8", actor: "anna" });
    await nodes.stop(node);

    node = await nodes.start();
    expect(reasonFor(node, CLIENT)).toBe("banned");
    expect(reasonFor(node, "203.0.113.8")).toBe("no-rule-matched");
    nodes.clock.advance(1_799_999);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    nodes.clock.advance(1);
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
    await nodes.stop(node);

    node = await nodes.start();
    await offendUntilBanned(node, CLIENT);
    const [second] = await bansOf(node);
    expect(second!.ends_at - second!.created_at).toBe(3_600_000);
    nodes.clock.advance(31 * 86_400_000);
    await nodes.stop(node);

    node = await nodes.start();
    await offendUntilBanned(node, CLIENT);
    const [third] = await bansOf(node);
    expect(third!.ends_at - third!.created_at).toBe(1_800_000);
  });

  // attack row 46: expiry is a comparison, however far away it lies
  it("keeps a ban of a year after two hundred days", async () => {
    const nodes = await placeNodes(harness);
    let node = await nodes.start();
    await setBan(node, { durationSeconds: 31_536_000 });
    await offendUntilBanned(node, CLIENT);
    nodes.clock.advance(200 * 86_400_000);
    await nodes.stop(node);
    node = await nodes.start();
    expect(reasonFor(node, CLIENT)).toBe("banned");
    nodes.clock.advance(165 * 86_400_000 - 1);
    expect(reasonFor(node, CLIENT)).toBe("banned");
    nodes.clock.advance(1);
    expect(reasonFor(node, CLIENT)).toBe("no-rule-matched");
  });

  it("keeps a flood's ban of the surface it came from", async () => {
    const nodes = await placeNodes(harness);
    let node = await nodes.start();
    await setBan(node, { scope: "surface" });
    const { state, bans, clock } = node.network;
    const outcome = visitTimes(state, CLIENT, { nowMs: clock.nowMs(), times: 601 });
    const change = outcome.network.change!;
    if (change.kind !== "ban") throw new Error("not banned");
    const order = { address: parseAddress(CLIENT)!, surface: 0, layer: state.platform };
    await bans.ban({ ...order, change, decisionId: null, nowMs: clock.nowMs() });
    await nodes.stop(node);
    node = await nodes.start();
    expect(reasonFor(node, CLIENT)).toBe("banned");
    expect(reasonFor(node, CLIENT, { surface: "audio" })).toBe("no-rule-matched");
  });
});

// What nodes on one database promise: each change in order, on every node, none lost.
import { changeBy } from "../../src/server/journal/index.ts";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import {
  pruneChanges,
  readChangesAfter,
  readVersion,
  recordChanges,
} from "../../src/server/network/change-feed.ts";
import { editPolicy } from "../../src/server/network/edit-policy.ts";
import { removeEntries } from "../../src/server/network/edit-entries.ts";
import { releaseAddress } from "../../src/server/network/release-bans.ts";
import { describeEachEngine, useEngine } from "./engines.ts";
import { addAccount, addEntry, offendUntilBanned, placeNodes, reasonFor } from "./start-network.ts";
import { entryCovering, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const CLIENT = "203.0.113.7";
const HOUR_MS = 3_600_000;

function denyUnknown(node: Node, owner = "platform") {
  const { country } = PLATFORM_POLICY_DEFAULT;
  const value = { ...country, mode: "enforce", unknown: "deny" };
  const edit = {
    owner,
    section: "country",
    value,
    version: null,
    context: changeBy("anna"),
  } as const;
  return editPolicy(node.network, edit);
}

async function rename(node: Node, from: string, to: string): Promise<void> {
  await node.database.transaction(async (trx) => {
    await sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(trx);
  });
}

describeEachEngine("the change feed", (harness) => {
  const emptyNode = useNode(harness);

  it("numbers changes without gaps, in the order they commit", async () => {
    const { database } = await emptyNode();
    const before = await readVersion(database.kysely);
    const write = (owners: readonly string[]) =>
      database.transaction((trx) =>
        recordChanges(
          trx,
          owners.map((owner) => ({ kind: "entries-reloaded", owner })),
          1,
        ),
      );
    const many = Array.from({ length: 450 }, (_, index) => `many ${index}`);
    await Promise.all([write(["a"]), write(many), write(["b", "c"]), write([])]);
    const after = await readVersion(database.kysely);
    expect(after - before).toBe(453);
    const changes = await readChangesAfter(database.kysely, before, 1000);
    const versions = Array.from({ length: 453 }, (_, index) => before + 1 + index);
    expect(changes.map(({ version }) => version)).toEqual(versions);
    const owners = changes.map(({ delta }) => ("owner" in delta ? delta.owner : ""));
    expect(owners.filter((owner) => owner.startsWith("many"))).toEqual(many);
    expect(await readChangesAfter(database.kysely, after, 1000)).toEqual([]);
  });

  it("loses the changes of a transaction that fails", async () => {
    const { database } = await emptyNode();
    const before = await readVersion(database.kysely);
    const failing = database.transaction(async (trx) => {
      await recordChanges(trx, [{ kind: "accounts" }], 1);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await readVersion(database.kysely)).toBe(before);
  });

  it("is loaded whole where older changes are gone", async () => {
    const node = await emptyNode();
    await addEntry(node.network, CLIENT);
    const quietly = await addQuietly(node, "203.0.113.8");
    await node.database.transaction((trx) =>
      pruneChanges(trx, node.network.clock.nowMs() + HOUR_MS + 1),
    );
    expect(reasonFor(node, "203.0.113.8")).toBe("no-rule-matched");
    await node.network.follower.follow();
    expect(entryCovering(node, "deny", "203.0.113.8")).toBe(quietly);
    expect(node.network.follower.version()).toBe(await readVersion(node.database.kysely));
  });

  it("is loaded again after a load that failed half-way", async () => {
    const node = await emptyNode();
    const quietly = await addQuietly(node, "203.0.113.8");
    await node.database.transaction((trx) =>
      pruneChanges(trx, node.network.clock.nowMs() + HOUR_MS + 1),
    );
    await rename(node, "network_policy", "away");
    await expect(node.network.follower.follow()).rejects.toThrow("network_policy");
    await rename(node, "away", "network_policy");
    await node.network.follower.follow();
    expect(entryCovering(node, "deny", "203.0.113.8")).toBe(quietly);
  });

  it("is not done with a list that could not be read again", async () => {
    const node = await emptyNode();
    const quietly = await addQuietly(node, "203.0.113.8", true);
    await rename(node, "network_entry", "away");
    await expect(node.network.follower.follow()).rejects.toThrow("network_entry");
    await rename(node, "away", "network_entry");
    await node.network.follower.follow();
    expect(entryCovering(node, "deny", "203.0.113.8")).toBe(quietly);
  });
});

/** An entry another node has stored: this one has not followed yet. */
async function addQuietly(node: Node, client: string, isReload = false): Promise<number> {
  const hex = client.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const key = hex.join("");
  return node.database.transaction(async (trx) => {
    const { id } = await trx
      .insertInto("network_entry")
      .values({
        owner: "platform",
        action: "deny",
        family: 4,
        range_start: key,
        range_end: key,
        note: "",
        author: "other node",
        created_at: 1,
        expires_at: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const stored = { owner: "platform", id, family: 4, start: key, end: key } as const;
    const saved = { kind: "entry-saved", action: "deny", expiresAtMs: null, ...stored } as const;
    const reloaded = { kind: "entries-reloaded", owner: "platform" } as const;
    await recordChanges(trx, [isReload ? reloaded : saved], node.network.clock.nowMs());
    return id;
  });
}

describe("two nodes on one PostgreSQL database", () => {
  const harness = useEngine("postgres");

  async function twoNodes(): Promise<readonly [Node, Node]> {
    const nodes = await placeNodes(harness, { followEveryMs: 100 });
    return [await nodes.start(), await nodes.start()];
  }

  /** A second is promised; a busy test machine gets the five that attack row 40 allows. */
  function within(read: () => unknown) {
    return expect.poll(read, { timeout: 5000, interval: 20 });
  }

  it("enforce each other's entries, imports, policies and accounts soon", async () => {
    const [a, b] = await twoNodes();
    const { id } = await addEntry(a.network, CLIENT);
    await within(() => reasonFor(b, CLIENT)).toBe("on-deny-list");
    await removeEntries(b.network, { owner: "platform", ids: [id], context: changeBy("x") });
    await within(() => reasonFor(a, CLIENT)).toBe("no-rule-matched");
    const quietly = await addQuietly(a, "203.0.113.8", true);
    await within(() => entryCovering(b, "deny", "203.0.113.8")).toBe(quietly);
    await denyUnknown(a);
    await within(() => reasonFor(b, CLIENT)).toBe("country-denied");
    const acme = await addAccount(b, "acme");
    await addEntry(b.network, "10.0.0.1", { owner: acme });
    await within(() => a.network.state.accounts.has("acme")).toBe(true);
    await within(() => reasonFor(a, "10.0.0.1", { account: "acme" })).toBe("on-deny-list");
    expect(reasonFor(a, "10.0.0.1")).toBe("no-rule-matched");
  });

  it("enforce each other's bans and releases soon", async () => {
    const [a, b] = await twoNodes();
    await offendUntilBanned(a, CLIENT);
    await within(() => reasonFor(b, CLIENT)).toBe("banned");
    await releaseAddress(b.network, { address: CLIENT, actor: "anna" });
    expect(reasonFor(b, CLIENT)).toBe("no-rule-matched");
    await within(() => reasonFor(a, CLIENT)).toBe("no-rule-matched");
  });

  it("let one of two releases win, and one of two editors", async () => {
    const [a, b] = await twoNodes();
    await offendUntilBanned(a, CLIENT);
    const release = (node: Node) => releaseAddress(node.network, { address: CLIENT, actor: "x" });
    const releases = await Promise.allSettled([release(a), release(b)]);
    expect(releases.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { ban } = PLATFORM_POLICY_DEFAULT;
    const edit = ({ network }: Node, durationSeconds: number) => {
      const value = { ...ban, durationSeconds };
      const change = {
        owner: "platform",
        section: "ban",
        version: 0,
        context: changeBy("x"),
      } as const;
      return editPolicy(network, { ...change, value });
    };
    const edits = await Promise.allSettled([edit(a, 100), edit(b, 200)]);
    expect(edits.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const lengths = () => [a, b].map(({ network }) => network.state.policy.ban.durationSeconds);
    await within(() => new Set(lengths()).size).toBe(1);
  });
});

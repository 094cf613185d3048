// What passkeys promise on every engine: one owner each, one use a challenge, counts that grow.
import { expect, it } from "vitest";
import {
  forgetUsedChallenges,
  issueChallenge,
  takeChallenge,
} from "../../src/server/identity/passkeys/passkey-challenge.ts";
import {
  countPasskeys,
  deletePasskeysOf,
  findPasskey,
  insertPasskey,
  listPasskeys,
  notePasskeyUse,
  removePasskey,
  renamePasskey,
} from "../../src/server/identity/passkeys/passkey-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const USE = { purpose: "sign-in", sessionId: "" } as const;

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const nowMs = createStandingClock().nowMs();
  const add = (userId: string, credentialId: string, counter = 0) =>
    database.transaction((trx) => {
      const transports = ["internal", "hybrid"];
      const created = { credentialId, publicKey: "AAAA", counter, transports, isSynced: true };
      return insertPasskey(trx, { userId, created, name: `${userId}'s`, nowMs });
    });
  const use = (id: string, counter: number) =>
    database.transaction((trx) =>
      notePasskeyUse(trx, { id, counter, isSynced: false, nowMs: nowMs + counter }),
    );
  return { database, nowMs, add, use };
}

describeEachEngine("passkeys", (harness) => {
  it("are kept with what they were made with, the oldest first", async () => {
    const { database, nowMs, add } = await setUp(harness);
    const [first, second] = [await add("ada", "one"), await add("ada", "two", 9)];
    await add("grace", "three");
    const kept = await listPasskeys(database.kysely, "ada");
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set([first, second]));
    expect(kept.find(({ id }) => id === second)).toEqual({
      id: second,
      userId: "ada",
      credentialId: "two",
      publicKey: "AAAA",
      counter: 9,
      transports: ["internal", "hybrid"],
      name: "ada's",
      isSynced: true,
      createdAtMs: nowMs,
      lastUsedAtMs: null,
    });
    expect(await countPasskeys(database.kysely, "ada")).toBe(2);
    expect(await countPasskeys(database.kysely, "joan")).toBe(0);
  });

  it("are one user's: a credential is added once, also at the same moment", async () => {
    const { database, add } = await setUp(harness);
    const added = await Promise.all(["ada", "grace", "joan"].map((user) => add(user, "same")));
    expect(added.filter((id) => id !== null)).toHaveLength(1);
    const kept = await findPasskey(database.kysely, "same");
    expect(kept?.id).toBe(added.find((id) => id !== null));
    expect(await findPasskey(database.kysely, "other")).toBeNull();
  });

  it("count upwards only: a copy that was left behind is found out", async () => {
    const { database, add, use, nowMs } = await setUp(harness);
    const id = (await add("ada", "one"))!;
    expect(await use(id, 5)).toBe(true);
    expect(await use(id, 5)).toBe(false);
    expect(await use(id, 4)).toBe(false);
    expect(await use(id, 0)).toBe(false);
    expect(await use(id, 6)).toBe(true);
    expect(await findPasskey(database.kysely, "one")).toMatchObject({
      counter: 6,
      isSynced: false,
      lastUsedAtMs: nowMs + 6,
    });
    const parallel = await Promise.all(Array.from({ length: 10 }, () => use(id, 7)));
    expect(parallel.filter(Boolean)).toHaveLength(1);
  });

  it("that do not count are good each time", async () => {
    const { add, use } = await setUp(harness);
    const id = (await add("ada", "one"))!;
    expect([await use(id, 0), await use(id, 0)]).toEqual([true, true]);
    expect(await use("bbbbbbbbbbbbbbbbbbbb", 0)).toBe(false);
  });

  it("are renamed and removed by their owner only, and go with the user", async () => {
    const { database, add } = await setUp(harness);
    const id = (await add("ada", "one"))!;
    await add("ada", "two");
    await add("grace", "three");
    await database.transaction(async (trx) => {
      expect(await renamePasskey(trx, { id, userId: "grace" }, "Mine")).toBeNull();
      expect(await removePasskey(trx, { id, userId: "grace" })).toBeNull();
      expect(await renamePasskey(trx, { id, userId: "ada" }, "Laptop")).toMatchObject({
        name: "Laptop",
      });
      expect(await removePasskey(trx, { id, userId: "ada" })).toMatchObject({ name: "Laptop" });
      expect(await removePasskey(trx, { id, userId: "ada" })).toBeNull();
      expect(await deletePasskeysOf(trx, "ada")).toBe(1);
    });
    expect(await countPasskeys(database.kysely, "ada")).toBe(0);
    expect(await countPasskeys(database.kysely, "grace")).toBe(1);
  });
});

describeEachEngine("challenges", (harness) => {
  it("are taken once of fifty times at once, and kept as hashes until they expire", async () => {
    const { database, nowMs } = await setUp(harness);
    const challenge = issueChallenge(TEST_KEY_RING, USE, nowMs);
    const take = () =>
      database.transaction((trx) => takeChallenge(trx, challenge, nowMs + 300_000));
    const taken = await Promise.all(Array.from({ length: 50 }, take));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const rows = await database.kysely.selectFrom("identity_used_challenge").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(challenge.slice(0, 43));
    const forget = (atMs: number) => database.transaction((trx) => forgetUsedChallenges(trx, atMs));
    await forget(nowMs + 300_000);
    expect(await take()).toBe(false);
    await forget(nowMs + 360_000);
    expect(await take()).toBe(true);
  });
});

// What every engine promises about sealed secrets: swapped rows, missing keys, rotation, kill -9.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { newMasterKey } from "../../src/platform/crypto/master-key-text.ts";
import { openKeyRing } from "../../src/platform/crypto/open-key-ring.ts";
import type { OpenKeyRingInput } from "../../src/platform/crypto/open-key-ring.ts";
import type { Database } from "../../src/platform/database/database.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import type { IdentityEvent } from "../../src/server/identity/identity-parts.ts";
import { checkKeys } from "../../src/server/identity/keys/check-keys.ts";
import { createKeys } from "../../src/server/identity/keys/create-keys.ts";
import { describeKeys } from "../../src/server/identity/keys/describe-keys.ts";
import { RETIRED_KEPT_MS, rotateKeys } from "../../src/server/identity/keys/rotate-keys.ts";
import {
  countWithoutKey,
  resealSecret,
  SEALED_TABLE_LIST,
} from "../../src/server/identity/keys/sealed-rows.ts";
import { openIdSettingsOf } from "../../src/server/identity/providers/open-id-settings.ts";
import { readProvider } from "../../src/server/identity/providers/provider-store.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { addProvider } from "../identity/add-provider.ts";
import { countSecrets, fillSecrets, sealApp, userIdAt } from "../identity/sealed-secrets.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore, placeStore } from "./open-store.ts";

const CHILD = new URL("./rotate-until-killed.ts", import.meta.url).pathname;

describeEachEngine("master keys", (harness) => {
  it("are rotated: every secret is sealed anew, the old key stays for a while", async () => {
    const world = await start(harness);
    await fillSecrets(world.database, world.keys.ring, 120);
    const before = world.keys.ring.activeKeyId();
    const rotation = await rotateKeys(world, "host shell");
    expect(rotation).toEqual({ isKeyNew: true, resealed: 240, unopened: 0 });
    const after = world.keys.ring.activeKeyId();
    expect(after).not.toBe(before);
    expect(await world.count()).toEqual({ byKey: { [after]: 240 }, lost: 0 });
    const detail = { keyId: after, ...rotation };
    expect(world.events).toMatchObject([{ kind: "key-rotated", actor: "host shell", detail }]);
    // What was sealed a moment ago and is stored only now opens still.
    expect(world.keys.ring.keyIds()).toEqual([after, before]);
    world.clock.advance(RETIRED_KEPT_MS);
    await rotateKeys(world, null);
    const last = world.keys.ring.activeKeyId();
    expect(world.reopen().ring.keyIds()).toEqual([last, after]);
    expect(await world.count()).toEqual({ byKey: { [last]: 240 }, lost: 0 });
    const stored = await world.database.kysely.selectFrom("identity_key").select("id").execute();
    expect(stored.map(({ id }) => id).toSorted()).toEqual([last, after].toSorted());
  });

  it("leave alone what was changed since it was read, and what they do not open", async () => {
    const world = await start(harness);
    await fillSecrets(world.database, world.keys.ring, 3);
    const before = world.keys.ring.activeKeyId();
    // Row 100: the secrets of two users, swapped by whoever can write to the store.
    const [ada, grace] = [userIdAt(0), userIdAt(1)];
    const [of, at] = [sealApp(world.keys.ring, ada), sealApp(world.keys.ring, grace)];
    await world.setApp(ada, at);
    await world.setApp(grace, of);
    expect(await world.count()).toEqual({ byKey: { [before]: 4 }, lost: 2 });
    expect(await rotateKeys(world, null)).toEqual({ isKeyNew: true, resealed: 4, unopened: 2 });
    // Their key stays, however long ago it retired: a row names it.
    world.clock.advance(RETIRED_KEPT_MS * 100);
    await rotateKeys(world, null);
    expect(world.keys.ring.keyIds()).toContain(before);
    await world.setApp(ada, of);
    await world.setApp(grace, at);
    expect(await world.count()).toMatchObject({ lost: 0 });

    const table = SEALED_TABLE_LIST[0]!;
    const newer = sealApp(world.keys.ring, ada);
    await world.setApp(ada, newer);
    const stale = { table, rowId: ada, sealed: of };
    const outcome = await world.database.transaction((trx) =>
      resealSecret(trx, world.keys.ring, stale),
    );
    expect(outcome).toBe("changed-since");
    expect(await world.appOf(ada)).toBe(newer);
  });

  it("seal the secrets of providers too: rotated, counted, of one provider each", async () => {
    const world = await start(harness);
    const { ring } = world.keys;
    await fillSecrets(world.database, ring, 1);
    const ids = ["acme.google", "google", "zebra"];
    for (const id of ids) await addProvider(world.database, { id, keyRing: ring });
    const open = async (id: string, keyRing = ring) => {
      const stored = await readProvider(world.database.kysely, id);
      const parts = { keyRing, publicUrl: "https://portal.example.com" };
      const opened = stored === null ? null : openIdSettingsOf(stored, parts);
      return opened?.ok === true ? opened.settings.clientSecret : opened?.reason;
    };
    const before = ring.activeKeyId();
    expect(await rotateKeys(world, null)).toEqual({ isKeyNew: true, resealed: 5, unopened: 0 });
    const after = ring.activeKeyId();
    const seals = async () => {
      const { keys } = await describeKeys({ ...world, masterKeys: world.keys });
      return Object.fromEntries(keys.map((key) => [key.id, key.seals]));
    };
    expect(await seals()).toEqual({ [after]: 5, [before]: 0 });
    for (const id of ids) expect(await open(id)).toBe(`secret of ${id}`);
    const without = { database: world.database, masterKeys: { ring: TEST_KEY_RING } };
    expect(await countWithoutKey(without)).toBe(5);
    expect(await open("google", TEST_KEY_RING)).toBe("secret-unopened");
    // Row 100: one provider's secret in another's row goes to nobody.
    await world.database.transaction((trx) =>
      trx
        .updateTable("identity_provider")
        .set((eb) => ({
          sealed_secret: eb
            .selectFrom("identity_provider as other")
            .select("other.sealed_secret")
            .where("other.id", "=", "google"),
        }))
        .where("id", "=", "zebra")
        .execute(),
    );
    expect(await open("zebra")).toBe("secret-unopened");
    expect(await rotateKeys(world, null)).toMatchObject({ resealed: 4, unopened: 1 });
  });

  it("from the environment are rotated by naming the old ones (two nodes)", async () => {
    const [old, young] = [newMasterKey(), newMasterKey()];
    const one = await start(harness, { masterKey: young, previousKeys: [old] });
    const other = one.node({ masterKey: old, previousKeys: [young] });
    await fillSecrets(one.database, other.keys.ring, 60);
    const rotations = await Promise.all([rotateKeys(one, null), rotateKeys(one, null)]);
    expect(rotations.map(({ isKeyNew }) => isKeyNew)).toEqual([false, false]);
    expect(rotations.map(({ resealed }) => resealed).reduce((a, b) => a + b)).toBe(120);
    expect(await one.count()).toEqual({ byKey: { [young.id]: 120 }, lost: 0 });
    // A node that has not been started again yet reads all of it.
    expect(await countSecrets(other.database, other.keys.ring)).toMatchObject({ lost: 0 });
    // Without the old key nothing is missing any more.
    expect(await checkKeys(one.node({ masterKey: young }))).toEqual([]);
  });

  it("that are missing, not shared or open to all are told at start", async () => {
    const world = await start(harness);
    const before = world.keys.ring.activeKeyId();
    expect(await checkKeys(world)).toEqual([]);
    await fillSecrets(world.database, world.keys.ring, 2);
    expect(await checkKeys(world.node())).toEqual([]);
    chmodSync(world.keys.filePath, 0o644);
    expect(await checkKeys(world.node())).toMatchObject([{ reason: "master-key-open-to-others" }]);

    rmSync(world.keys.filePath);
    const lost = world.node();
    expect(lost.keys.isNew).toBe(true);
    const [alarm] = await checkKeys(lost);
    const made = expect.stringMatching(/master\.key was not there, and a new key was made\. /);
    const detail = { meaning: made, keyIds: before, secrets: 4 };
    expect(alarm).toEqual({ reason: "master-key-missing", detail });
    expect(await countSecrets(lost.database, lost.keys.ring)).toEqual({ byKey: {}, lost: 4 });
    const status = await describeKeys({ ...lost, masterKeys: lost.keys });
    expect(status.keys.map(({ id, state, seals }) => [id, state, seals])).toEqual([
      [lost.keys.ring.activeKeyId(), "active", 0],
      [before, "missing", 4],
    ]);
    expect(await rotateKeys(lost, null)).toMatchObject({ resealed: 0, unopened: 4 });
  });

  it("of several nodes have to be one: a node with a file of its own is told", async () => {
    const world = await start(harness);
    await checkKeys(world);
    const place = await harness.place();
    const other = world.node({ dataDir: place.dataDirectory });
    const reasons = async (node: typeof other) =>
      (await checkKeys(node)).map(({ reason }) => reason);
    // The embedded store has one process: there the file was just lost, and nothing with it.
    const told = harness.engine === "postgres" ? ["master-key-not-shared"] : [];
    expect(await reasons(other)).toEqual(told);
    expect(await reasons(world.node())).toEqual(told);
    // Whoever rotates says that the keys here are all there are.
    await rotateKeys(other, null);
    expect(await reasons(other)).toEqual([]);
  });

  it("survive an end at each step of a rotation (row 100)", async () => {
    const world = await start(harness);
    const users = 60;
    await fillSecrets(world.database, world.keys.ring, users);
    const phases = ["before", "rolled-back", "committed"] as const;
    for (const phase of phases) {
      let isOver = false;
      for (let step = 0; !isOver; step += 1) {
        const dying = { ...world.node(), database: dieAt(world.database, step, phase) };
        isOver = await rotateKeys(dying, null).then(
          () => true,
          (error: unknown) => (expect(error).toBe(DEATH), false),
        );
        // The next process: it opens every secret, and goes on.
        const next = world.node();
        const total = await countSecrets(next.database, next.keys.ring);
        expect([total.lost, sumOf(total.byKey)]).toEqual([0, 2 * users]);
        const wasRotating = next.keys.isRotating();
        expect((await rotateKeys(next, null)).isKeyNew).toBe(!wasRotating);
        const active = next.keys.ring.activeKeyId();
        const after = await countSecrets(next.database, next.keys.ring);
        expect(after).toEqual({ byKey: { [active]: 2 * users }, lost: 0 });
        world.clock.advance(RETIRED_KEPT_MS);
        if (isOver) expect(step).toBeGreaterThan(5);
      }
    }
    await rotateKeys(world.node(), null);
    expect(world.reopen().list()).toHaveLength(2);
  }, 180_000);

  it("that were killed in a rotation are finished by the next start", async () => {
    const world = await start(harness);
    await fillSecrets(world.database, world.keys.ring, 60);
    const dying = { ...world.node(), database: dieAt(world.database, 2, "committed") };
    await expect(rotateKeys(dying, null)).rejects.toBe(DEATH);
    const next = world.node();
    const half = await countSecrets(world.database, next.keys.ring);
    expect([next.keys.isRotating(), Object.keys(half.byKey).length]).toEqual([true, 2]);
    const alarms: unknown[] = [];
    const errors: unknown[] = [];
    const keys = await createKeys({
      ...next,
      raiseAlarm: (alarm) => alarms.push(alarm),
      onError: (error) => errors.push(error),
    });
    await keys.tidy();
    const active = next.keys.ring.activeKeyId();
    const after = await countSecrets(world.database, next.keys.ring);
    expect(after).toEqual({ byKey: { [active]: 120 }, lost: 0 });
    expect([world.reopen().isRotating(), alarms, errors]).toEqual([false, [], []]);
    await keys.close();
  });

  it("survive kill -9 in the middle of a rotation, over and over (row 100)", async () => {
    const place = await harness.place();
    const users = 100;
    const first = await start(harness, {}, place);
    await fillSecrets(first.database, first.keys.ring, users);
    await first.database.close();
    let halfDone = 0;
    let lastKeyId = first.keys.ring.activeKeyId();
    for (let round = 0; round < (harness.engine === "sqlite" ? 4 : 3); round += 1) {
      await rotateAndKill(place, round);
      const world = await start(harness, {}, place);
      const { byKey, lost } = await world.count();
      expect(lost).toBe(0);
      expect(sumOf(byKey)).toBe(2 * users);
      if (world.keys.isRotating() || Object.keys(byKey).length > 1) halfDone += 1;
      // Nothing but whole files with the newest key first.
      const text = readFileSync(world.keys.filePath, "utf8");
      expect(JSON.parse(text).keys[0].id).toBe(world.keys.ring.activeKeyId());
      const wasRotating = world.keys.isRotating();
      const { isKeyNew, unopened } = await rotateKeys(world, null);
      expect({ isKeyNew, unopened }).toEqual({ isKeyNew: !wasRotating, unopened: 0 });
      const active = world.keys.ring.activeKeyId();
      expect(await world.count()).toEqual({ byKey: { [active]: 2 * users }, lost: 0 });
      expect(active).not.toBe(lastKeyId);
      lastKeyId = active;
      expect(world.reopen().isRotating()).toBe(false);
      await world.database.close();
    }
    // Else the kills came too late to show anything.
    expect(halfDone).toBeGreaterThan(0);
  }, 180_000);
});

async function start(
  harness: EngineHarness,
  more: Partial<OpenKeyRingInput> = {},
  given?: OpenDatabaseInput,
) {
  const place = given ?? (await placeStore(harness));
  const database = await openStore(harness, place);
  const clock = createStandingClock();
  const events: IdentityEvent[] = [];

  function openKeys(input: Partial<OpenKeyRingInput>) {
    const outcome = openKeyRing({
      dataDir: place.dataDirectory,
      masterKey: null,
      previousKeys: [],
      nowMs: clock.nowMs(),
      ...input,
    });
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.keys;
  }

  function node(input: Partial<OpenKeyRingInput> = {}) {
    const masterKeys = openKeys(input);
    const recordEvent = async (_: unknown, event: IdentityEvent) => void events.push(event);
    return { database, clock, keys: masterKeys, masterKeys, recordEvent };
  }

  const factors = { table: "identity_factor" } as const;
  const own = node(more);
  return {
    ...own,
    events,
    node,
    reopen: () => openKeys(more),
    count: () => countSecrets(database, own.keys.ring),
    appOf: async (userId: string) => {
      const found = database.kysely.selectFrom(factors.table).select("sealed_secret");
      return (await found.where("user_id", "=", userId).executeTakeFirstOrThrow()).sealed_secret;
    },
    setApp: async (userId: string, sealed: string) => {
      await database.transaction((trx) =>
        trx
          .updateTable(factors.table)
          .set({ sealed_secret: sealed })
          .where("user_id", "=", userId)
          .execute(),
      );
    },
  };
}

const DEATH = new Error("the process ends here");

/** The store of a process that ends at its `step`th transaction and does nothing after it. */
function dieAt(
  database: Database<Schema>,
  step: number,
  phase: "before" | "rolled-back" | "committed",
): Database<Schema> {
  let count = 0;
  return {
    ...database,
    transaction: async (work, options) => {
      count += 1;
      if (count - 1 > step || (count - 1 === step && phase === "before")) throw DEATH;
      if (count - 1 < step) return await database.transaction(work, options);
      await database.transaction(async (trx) => {
        await work(trx);
        if (phase === "rolled-back") throw DEATH;
      }, options);
      throw DEATH;
    },
  };
}

function sumOf(byKey: Readonly<Record<string, number>>): number {
  return Object.values(byKey).reduce((sum, count) => sum + count, 0);
}

/** Lets a child rotate until it has ended one rotation, and kills it in a later one. */
async function rotateAndKill(place: OpenDatabaseInput, round: number): Promise<void> {
  const words = [place.dataDirectory, place.databaseUrl ?? ""];
  const command = ["--import", "tsx", CHILD, ...words];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  let ended = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    ended += 1;
    // Not waiting for a state: whatever the child is at in so many milliseconds is killed.
    if (ended === 1) setTimeout(() => child.kill("SIGKILL"), 17 * round + 12).unref();
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  expect(ended).toBeGreaterThan(0);
}

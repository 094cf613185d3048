// What settings of second factors promise on every engine: one winner of a race, nothing left over.
import { expect, it } from "vitest";
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import {
  deleteBackupCodesOf,
  makeBackupCodes,
  prepareBackupCodes,
  readBackupCodesLeft,
  readBackupSalt,
  takeBackupCode,
} from "../../src/server/identity/two-factor/backup-code-store.ts";
import { insertPasskey } from "../../src/server/identity/passkeys/passkey-store.ts";
import { hashBackupCode } from "../../src/platform/crypto/backup-codes.ts";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import { createAuthenticator } from "../people/authenticator.ts";
import type { Authenticator } from "../people/authenticator.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { factorsOf, wrongCode } from "./factors-at-the-door.ts";
import { openStore } from "./open-store.ts";
import { managing, RIGHT, setUpDoor } from "./people-at-the-door.ts";
import { HOST_SHELL, startCredentials } from "./start-credentials.ts";
import type { Answer, Browser } from "./start-credentials.ts";

const NOW_MS = 1_800_000_000_000;
const PATH = "/api/v1/me/two-factor";
const hasher = createPasswordHasher({
  threads: 2,
  parameters: { memoryCost: 64, timeCost: 1, parallelism: 1 },
});
const bare = (code: string): string => code.replace("-", "");
const refusalOf = ({ status, json }: Answer) => [status, json?.code];

/** Two nodes on one store, and a browser at each with one cookie: one session. */
async function setUpNodes(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  const { database, clock, node } = door;
  const other = await startCredentials({ database, clock });
  const factors = factorsOf(door);
  const id = await door.addUser();

  async function proved(): Promise<readonly [Browser, Browser]> {
    const [here, there] = [node.open(), other.open()];
    const { json } = await here.signIn("ada@example.com", RIGHT);
    if (json.next !== "none") throw new Error(json.next);
    const body = { method: "password", password: RIGHT };
    const proof = await here.send("POST", "/api/v1/me/proof", { body });
    if (proof.status !== 200) throw new Error(proof.text);
    for (const [name, value] of here.cookies) there.cookies.set(name, value);
    return [here, there];
  }

  async function begin(browser: Browser): Promise<Authenticator> {
    const { json } = await browser.send("POST", `${PATH}/app`);
    return createAuthenticator(json.secret, clock);
  }

  return { ...door, ...factors, other, id, proved, begin };
}

const confirm = (browser: Browser, code: string) =>
  browser.send("POST", `${PATH}/app/confirm`, { body: { code } });

describeEachEngine("two-factor settings", (harness) => {
  it("use each backup code once, of fifty at a time, and only its owner's", async () => {
    const database = await openStore(harness);
    const make = async (userId: string) => {
      const prepared = await prepareBackupCodes(hasher);
      return database.transaction((trx) =>
        makeBackupCodes(trx, userId, { prepared, nowMs: NOW_MS }),
      );
    };
    const take = async (userId: string, code: string) => {
      const salt = await readBackupSalt(database.kysely, userId);
      const hash = salt === null ? "" : await hashBackupCode(hasher, bare(code), salt);
      return database.transaction((trx) => takeBackupCode(trx, { userId, hash, nowMs: NOW_MS }));
    };
    const [ada, grace] = [await make("ada"), await make("grace")];
    expect([ada.length, new Set([...ada, ...grace]).size]).toEqual([10, 20]);
    const race = await Promise.all(Array.from({ length: 50 }, () => take("ada", ada[0]!)));
    expect(race.toSorted()).toEqual([...Array<string>(49).fill("replayed"), "right"]);
    expect(await take("grace", ada[1]!)).toBe("wrong");
    expect(await readBackupCodesLeft(database.kysely, "ada")).toEqual({
      left: 9,
      createdAtMs: NOW_MS,
    });
    const renewed = await make("ada");
    expect([await take("ada", ada[1]!), await take("ada", renewed[0]!)]).toEqual([
      "wrong",
      "right",
    ]);
    await database.transaction((trx) => deleteBackupCodesOf(trx, "ada"));
    expect(await readBackupCodesLeft(database.kysely, "ada")).toBeNull();
    expect(await take("ada", renewed[1]!)).toBe("wrong");
    expect((await readBackupCodesLeft(database.kysely, "grace"))?.left).toBe(10);
  });

  it("keep slow hashes of one salt a user: no code, and no fast hash of one", async () => {
    const database = await openStore(harness);
    const prepared = await prepareBackupCodes(hasher);
    const codes = await database.transaction((trx) =>
      makeBackupCodes(trx, "ada", { prepared, nowMs: NOW_MS }),
    );
    const sets = await database.kysely.selectFrom("identity_backup_set").selectAll().execute();
    const rows = await database.kysely.selectFrom("identity_backup_code").selectAll().execute();
    const dump = JSON.stringify([sets, rows]);
    for (const code of codes) {
      expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
      for (const text of [code, bare(code), sha256Hex(code), sha256Hex(bare(code))]) {
        expect(dump).not.toContain(text);
      }
    }
    expect(rows).toHaveLength(10);
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$/);
    expect(new Set(rows.map(({ hash }) => hash.split("$")[4]))).toHaveLength(1);
    expect(new Set(rows.map(({ hash }) => hash))).toHaveLength(10);
  });

  it("turn an app on once, of forty right codes at a time on two nodes", async () => {
    const { node, other, proved, begin, id, database } = await setUpNodes(harness);
    const [here, there] = await proved();
    const app = await begin(here);
    const code = app.codeAt();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => confirm(at % 2 === 0 ? here : there, code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(refusalOf(answer)).toEqual([409, "set-up-ended"]);
    }
    expect(await readBackupCodesLeft(database.kysely, id)).toMatchObject({ left: 10 });
    const events = [...node.events, ...other.events];
    expect(events.filter(({ kind }) => kind === "second-factor-changed")).toHaveLength(1);
  });

  it("compare five codes of a set-up, of forty wrong ones at a time on two nodes", async () => {
    const { proved, begin } = await setUpNodes(harness);
    const [here, there] = await proved();
    const app = await begin(here);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        confirm(at % 2 === 0 ? here : there, wrongCode(at, app)),
      ),
    );
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(4);
    expect(refusalOf(await confirm(there, app.codeAt()))).toEqual([409, "set-up-ended"]);
    const read = await here.send("GET", PATH);
    expect(read.json).toMatchObject({ app: null, attemptsLeft: 5 });
  });

  it("leave one method of two that are turned off at a time where one is required", async () => {
    const { node, other, proved, giveApp, giveEmail, setTwoFactor, id } = await setUpNodes(harness);
    // Two sessions, so that nothing but the user's row is in the way of both.
    const [here] = await proved();
    const [, there] = await proved();
    await giveApp(id);
    await giveEmail(id);
    await setTwoFactor(node, { required: { enabled: true } });
    await other.sessions.followUserChanges();
    const both = await Promise.all([
      here.send("DELETE", `${PATH}/app`),
      there.send("DELETE", `${PATH}/email`),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    const { app, email } = (await there.send("GET", PATH)).json;
    expect([app, email].filter((one) => one !== null)).toHaveLength(1);
  });

  it("row 100: open no secret that was swapped with another user's", async () => {
    const { node, addUser, proved, begin, database, clock } = await setUpNodes(harness);
    await addUser("grace@example.com");
    const [here] = await proved();
    const app = await begin(here);
    const grace = node.open();
    await grace.signIn("grace@example.com", RIGHT);
    await grace.send("POST", "/api/v1/me/proof", { body: { method: "password", password: RIGHT } });
    const hers = createAuthenticator((await grace.send("POST", `${PATH}/app`)).json.secret, clock);
    const read = () =>
      database.kysely.selectFrom("identity_factor_setup").selectAll().orderBy("user_id").execute();
    const [first, second] = await read();
    const dump = JSON.stringify([first, second]);
    for (const { secret } of [app, hers]) expect(dump).not.toContain(secret);
    await database.transaction(async (trx) => {
      for (const [to, from] of [
        [first!, second!],
        [second!, first!],
      ] as const) {
        await trx
          .updateTable("identity_factor_setup")
          .set({ sealed_secret: from.sealed_secret })
          .where("user_id", "=", to.user_id)
          .execute();
      }
    });
    for (const code of [app.codeAt(), hers.codeAt()]) {
      expect(refusalOf(await confirm(here, code))).toEqual([409, "set-up-ended"]);
    }
  });

  it("tell admins which methods are on, and whether codes are paused; never more", async () => {
    const { node, id, giveApp, giveEmail, giveBackupCodes, database } = await setUpNodes(harness);
    const told = async () => (await node.accounts.users.find(HOST_SHELL, id)).twoFactor;
    const none = { methods: [], lockedUntil: null, pausedUntil: null };
    expect(await told()).toEqual(none);
    await giveEmail(id);
    await giveApp(id);
    await giveBackupCodes(id);
    const until = { codes_paused_until_at: NOW_MS * 2, codes_locked_until_at: null };
    await database.transaction((trx) =>
      trx
        .updateTable("identity_sign_in")
        .set({ wrong_codes: 3, ...until })
        .where("user_id", "=", id)
        .execute(),
    );
    const pausedUntil = new Date(NOW_MS * 2).toISOString();
    expect(await told()).toEqual({ ...none, methods: ["app", "email"], pausedUntil });
    const reset = await node.credentials.twoFactor.resetFor(managing(id));
    expect([reset.removed, await told()]).toEqual([["app", "email"], none]);
    expect(await readBackupCodesLeft(database.kysely, id)).toBeNull();
    expect((await node.credentials.twoFactor.resetFor(managing(id))).removed).toEqual([]);
  });

  it("leave nothing of a user who is deleted", async () => {
    const door = await setUpNodes(harness);
    const { node, id, proved, begin, database } = door;
    const [here] = await proved();
    await begin(here);
    await door.giveApp(id);
    await door.giveEmail(id);
    await door.giveBackupCodes(id);
    const key = { credentialId: "c", publicKey: "p", counter: 0, transports: [], isSynced: false };
    await database.transaction((trx) =>
      insertPasskey(trx, { userId: id, created: key, name: "Key", nowMs: NOW_MS }),
    );
    await node.accounts.users.remove(HOST_SHELL, id);
    const tables = [
      "identity_factor",
      "identity_factor_setup",
      "identity_backup_set",
      "identity_backup_code",
      "identity_passkey",
      "identity_trusted_browser",
      "identity_sign_in",
    ] as const;
    for (const table of tables) {
      const rows = await database.kysely.selectFrom(table).select("user_id").execute();
      expect([table, rows.filter(({ user_id }) => user_id === id)]).toEqual([table, []]);
    }
  });
});

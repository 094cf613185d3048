// What a second factor promises on every engine: one count, one use, one way through.
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { newAppSecret } from "../../src/platform/crypto/app-codes.ts";
import { createKeyRing } from "../../src/platform/crypto/key-ring.ts";
import { readMasterKey } from "../../src/platform/crypto/master-key-text.ts";
import {
  makeEmailCode,
  putEmailCodeRequest,
} from "../../src/server/identity/email-codes/email-code-store.ts";
import {
  appSecretRow,
  deleteFactor,
  methodsOf,
  putFactor,
  readFactors,
  takeAppStep,
} from "../../src/server/identity/second-factor/factor-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { factorsOf, halfSignedIn, wrongCode } from "./factors-at-the-door.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";

const MINUTE_MS = 60_000;

async function setUpFactors(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  return { ...door, ...factorsOf(door) };
}

async function setUpAda(harness: EngineHarness) {
  const door = await setUpFactors(harness);
  const id = await door.addUser();
  return { ...door, id, app: await door.giveApp(id) };
}

describeEachEngine("second factors", (harness) => {
  it("keeps what is on, and steps that only go forward", async () => {
    const { database, addUser, giveApp, giveEmail, giveBackupCodes } = await setUpFactors(harness);
    const id = await addUser();
    const other = await addUser("grace@example.com");
    const read = () => readFactors(database.kysely, id);
    expect(await read()).toEqual({ app: null, email: null, passkeys: 0, backupCodesLeft: 0 });
    await giveApp(id);
    await giveEmail(id);
    await giveBackupCodes(id);
    await giveApp(other);
    const factors = await read();
    expect(factors).toMatchObject({ passkeys: 0, backupCodesLeft: 10 });
    expect(methodsOf(factors)).toEqual(["app", "email"]);
    expect(methodsOf({ ...factors, passkeys: 2 })).toEqual(["app", "email", "passkey"]);
    const take = (step: number) => database.transaction((trx) => takeAppStep(trx, id, step));
    expect([await take(7), await take(7), await take(6), await take(8)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect((await readFactors(database.kysely, other)).app?.lastStep).toBe(0);
    const off = () => database.transaction((trx) => deleteFactor(trx, id, "app"));
    expect([await off(), await off()]).toEqual([true, false]);
    expect(methodsOf(await read())).toEqual(["email"]);
  });

  it("a right password and a right code open a session, and only both", async () => {
    const { node, app, id, signInRow, clock, database } = await setUpAda(harness);
    const browser = node.open();
    const asked = await browser.signIn("ada@example.com", RIGHT);
    expect(asked.json).toEqual({ next: "second-factor", returnTo: null });
    expect([...browser.cookies.keys()]).toEqual(["__Host-postern-session"]);
    expect(node.events.at(-1)).toMatchObject({ kind: "sign-in-begun", userId: id });
    expect((await signInRow(id))?.last_signed_in_at).toBeNull();
    const half = browser.cookies.get("__Host-postern-session");
    expect((await browser.send("GET", "/api/v1/me/password-rules")).json.code).toBe(
      "second-factor-required",
    );
    clock.advance(MINUTE_MS);
    const passed = await browser.sendCode(app.codeAt());
    expect(passed.json).toEqual({ next: "none", returnTo: null });
    expect([...browser.cookies.keys()].toSorted()).toEqual([
      "__Host-postern-browser",
      "__Host-postern-session",
    ]);
    expect(browser.cookies.get("__Host-postern-session")).not.toBe(half);
    expect((await browser.send("GET", "/api/v1/me/password-rules")).status).toBe(200);
    expect((await signInRow(id))?.last_signed_in_at).toBe(clock.nowMs());
    expect(node.events.at(-1)).toMatchObject({
      kind: "sign-in",
      userId: id,
      detail: { stage: "none", method: "password+app" },
    });
    const sessions = await database.kysely.selectFrom("identity_session").selectAll().execute();
    expect(sessions).toMatchObject([{ stage: "none", method: "password+app", proved_at: null }]);
    expect(sessions[0]?.browser_id).not.toBeNull();
    const stale = node.open();
    stale.cookies.set("__Host-postern-session", half!);
    expect((await stale.send("GET", "/api/v1/sign-in/second-factor")).json.code).toBe(
      "session-ended",
    );
    expect(node.errors).toEqual([]);
  });

  it("row 90: of fifty with the same code at once one is in, with an older one none", async () => {
    const { node, app, id, signInRow, clock } = await setUpAda(harness);
    const browsers = await Promise.all(Array.from({ length: 50 }, () => halfSignedIn(node)));
    const answers = await Promise.all(browsers.map((browser) => browser.sendCode(app.codeAt())));
    const codes = answers.map(({ status, json }) => (status === 200 ? "in" : json.code));
    expect(codes.filter((code) => code === "in")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["in", "code-used"]));
    const next = await halfSignedIn(node);
    expect((await next.sendCode(app.codeAt(-1))).json.code).toBe("code-used");
    // What was right once is no guess.
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    expect(node.offences).toEqual([]);
    clock.advance(30_000);
    expect((await next.sendCode(app.codeAt())).status).toBe(200);
  });

  it("never compares more than the count allows, however many sign-ins guess at once", async () => {
    const { node, app, signInRow, id, clock } = await setUpAda(harness);
    const browsers = await Promise.all(Array.from({ length: 30 }, () => halfSignedIn(node)));
    const guessAll = async () => {
      node.counts.opened = 0;
      const guesses = browsers.map((browser, at) => browser.sendCode(wrongCode(at, app)));
      const answers = await Promise.all(guesses);
      return answers.map(({ json }) => json.code as string);
    };
    const first = await guessAll();
    expect(node.counts.opened).toBe(3);
    expect(first.filter((code) => code === "code-wrong")).toHaveLength(2);
    expect(first.filter((code) => code === "codes-paused")).toHaveLength(28);
    const refused = await browsers[0]!.sendCode(app.codeAt());
    expect(refused.json.detail).toMatch(/^Please try again in five minutes\./);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "300"]);
    expect((await signInRow(id))?.wrong_codes).toBe(3);
    clock.advance(5 * MINUTE_MS);
    await guessAll();
    expect([node.counts.opened, (await signInRow(id))?.wrong_codes]).toEqual([1, 4]);
    expect(node.offences).toHaveLength(4);
    expect(node.errors).toEqual([]);
  });

  it("the fifth wrong code ends its sign-in, locks for thirty minutes and mails", async () => {
    const { node, app, id, signInRow, clock, database } = await setUpAda(harness);
    const guesser = await halfSignedIn(node);
    for (let wrong = 1; wrong <= 4; wrong += 1) {
      await guesser.sendCode(wrongCode(wrong, app));
      if (wrong === 3) clock.advance(5 * MINUTE_MS);
    }
    clock.advance(5 * MINUTE_MS - 1);
    const owner = await halfSignedIn(node);
    expect((await owner.sendCode(app.codeAt())).json.code).toBe("codes-paused");
    clock.advance(1);
    const fifth = await guesser.sendCode(wrongCode(5, app));
    expect([fifth.status, fifth.json.code]).toEqual([401, "sign-in-ended"]);
    expect((await guesser.sendCode(app.codeAt())).json.code).toBe("session-ended");
    const locked = await owner.sendCode(app.codeAt());
    expect([locked.status, locked.json.code]).toEqual([429, "codes-locked"]);
    expect(locked.headers["retry-after"]).toBe("1800");
    expect(await signInRow(id)).toMatchObject({ wrong_codes: 5, locked_at: null });
    const mails = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(mails).toEqual([{ kind: "second-factor-locked" }]);
    expect(node.events.filter(({ kind }) => kind === "second-factor-locked")).toHaveLength(1);
    clock.advance(30 * MINUTE_MS);
    expect((await (await halfSignedIn(node)).sendCode(app.codeAt())).status).toBe(200);
    expect(await signInRow(id)).toMatchObject({ wrong_codes: 0, codes_locked_until_at: null });
  });

  it("a release opens locked codes, a reset of the password does not", async () => {
    const { node, app, id, signInRow, clock, database, release, givePassword } =
      await setUpAda(harness);
    const lock = { wrong_codes: 5, codes_locked_until_at: clock.nowMs() + 30 * MINUTE_MS };
    const setLock = () =>
      database.transaction((trx) =>
        trx.updateTable("identity_sign_in").set(lock).where("user_id", "=", id).execute(),
      );
    await setLock();
    await givePassword(id, RIGHT);
    expect(await signInRow(id)).toMatchObject(lock);
    await release(id);
    expect(await signInRow(id)).toMatchObject({ wrong_codes: 0, codes_locked_until_at: null });
    expect((await (await halfSignedIn(node)).sendCode(app.codeAt())).status).toBe(200);
  });

  it("row 96: a backup code is good once, and its owner is told of it", async () => {
    const { node, app, id, giveBackupCodes, signInRow, database } = await setUpAda(harness);
    const [code = "", other = ""] = await giveBackupCodes(id);
    const more = { body: { method: "backup-code" } };
    const browsers = await Promise.all(Array.from({ length: 20 }, () => halfSignedIn(node)));
    const answers = await Promise.all(browsers.map((browser) => browser.sendCode(code, more)));
    const codes = answers.map(({ status, json }) => (status === 200 ? "in" : json.code));
    expect(codes.filter((answer) => answer === "in")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["in", "code-used"]));
    const mails = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(mails).toEqual([{ kind: "second-factor-changed" }]);
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    const wrong = await halfSignedIn(node);
    expect((await wrong.sendCode("aaaaa-aaaaa", more)).json.code).toBe("code-wrong");
    expect(node.offences).toMatchObject([{ kind: "backup-code" }]);
    expect((await wrong.sendCode(other.toUpperCase(), more)).status).toBe(200);
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    expect(app.codeAt()).toMatch(/^\d{6}$/);
  });

  it("row 93: an e-mailed code is good in its own sign-in and for a sign-in only", async () => {
    const { node, id, clock, database, giveEmail } = await setUpAda(harness);
    await giveEmail(id);
    const [mine, foreign] = [await halfSignedIn(node), await halfSignedIn(node)];
    const sessions = await database.kysely
      .selectFrom("identity_session")
      .select("id")
      .orderBy("created_at")
      .execute();
    const nowMs = clock.nowMs();
    const mail = (purpose: "sign-in" | "set-up" | "proof", sessionId: string) =>
      database.transaction(async (trx) => {
        const use = { userId: id, purpose, sessionId };
        await putEmailCodeRequest(trx, { ...use, nowMs });
        return makeEmailCode(trx, TEST_KEY_RING, { ...use, askedAtMs: nowMs, nowMs });
      });
    const more = { body: { method: "email" } };
    const wanted = [mine, foreign];
    for (const { id: sessionId } of sessions) {
      for (const purpose of ["set-up", "proof"] as const) {
        const code = await mail(purpose, sessionId);
        for (const browser of wanted) {
          expect((await browser.sendCode(code, more)).json.code).toBe("code-expired");
        }
      }
    }
    const code = await mail("sign-in", sessions[0]!.id);
    const answers: number[] = [];
    for (const browser of wanted) answers.push((await browser.sendCode(code, more)).status);
    expect(new Set(answers)).toEqual(new Set([200, 403]));
  });

  it("row 69: a write that fails lets nobody in, not even with the right code", async () => {
    const { node, app, database, signInRow, id } = await setUpAda(harness);
    const browser = await halfSignedIn(node);
    const rename = (from: string, to: string) =>
      database.transaction((trx) => trx.schema.alterTable(from).renameTo(to).execute());
    await rename("identity_factor", "elsewhere");
    const answer = await browser.sendCode(app.codeAt());
    expect([answer.status, answer.json.code]).toEqual([503, "sign-in-unavailable"]);
    expect(node.errors.length).toBeGreaterThan(0);
    await rename("elsewhere", "identity_factor");
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    expect((await browser.sendCode(app.codeAt())).status).toBe(200);
  });

  it("row 100: a secret of another row, or of another key, is refused closed", async () => {
    const { node, id, app, addUser, giveApp, database, signInRow, clock } = await setUpAda(harness);
    const grace = await addUser("grace@example.com");
    const graceApp = await giveApp(grace);
    const { app: foreign } = await readFactors(database.kysely, grace);
    const strange = createKeyRing([readMasterKey(randomBytes(32).toString("base64"))!]);
    for (const sealedSecret of [
      foreign!.sealedSecret,
      strange.seal(newAppSecret(), appSecretRow(id)),
      "",
    ]) {
      const factor = { userId: id, method: "app", sealedSecret, lastStep: 0 } as const;
      await database.transaction((trx) => putFactor(trx, { ...factor, setUpAtMs: clock.nowMs() }));
      for (const code of [graceApp.codeAt(), app.codeAt()]) {
        const answer = await (await halfSignedIn(node)).sendCode(code);
        expect([answer.status, answer.json.code]).toEqual([503, "second-factor-unreadable"]);
        expect(answer.json.detail).toMatch(/If you have another .* otherwise an administrator/);
      }
    }
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    const alarms = node.events.filter(({ kind }) => kind === "alarm");
    expect(alarms).toMatchObject([{ reason: "second-factor-unreadable", userId: id }]);
  });
});

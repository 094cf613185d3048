// What a sign-in promises on every engine: counting before looking, one answer, whole sessions.
import { expect, it } from "vitest";
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import type { PasswordWork } from "../../src/platform/crypto/password-hasher.ts";
import { describeEachEngine } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";
import { peopleOf, RIGHT, setUpDoor, WRONG } from "./people-at-the-door.ts";
import { startCredentials } from "./start-credentials.ts";

const DAY_MS = 86_400_000;

/** Notes how many verifications run or wait at the same moment. */
function createWatchedHasher() {
  const parameters = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  const hasher = createPasswordHasher({ threads: 2, parameters });
  const seen = { running: 0, together: 0, all: 0 };
  const watch = (work: PasswordWork): PasswordWork => ({
    ...work,
    verify: async (hash, password) => {
      seen.running += 1;
      seen.all += 1;
      seen.together = Math.max(seen.together, seen.running);
      const isRight = await work.verify(hash, password);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.running -= 1;
      return isRight;
    },
  });
  const withRoom: typeof hasher.withRoom = (use) => hasher.withRoom((work) => use(watch(work)));
  return { seen, hasher: { ...hasher, withRoom } };
}

describeEachEngine("sign-in", (harness) => {
  it("lets in who knows the password, in a cookie only", async () => {
    const { node, addUser, signInRow, clock } = await setUpDoor(harness);
    const id = await addUser();
    const browser = node.open();
    const answer = await browser.signIn(" ADA@Example.com", RIGHT, {
      body: { returnTo: "/inbox" },
    });
    expect(answer.json).toEqual({ next: "none", returnTo: "/inbox" });
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^__Host-postern-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
      expect.stringMatching(/^__Host-postern-browser=[\w-]{43}; .*Max-Age=34560000/),
      // What a provider had named somebody for in this browser before is over.
      expect.stringMatching(/^__Host-postern-bind=; Max-Age=0; /),
    ]);
    expect((await browser.send("GET", "/api/v1/me/password-rules")).status).toBe(200);
    expect(await signInRow(id)).toMatchObject({
      wrong_passwords: 0,
      last_signed_in_at: clock.nowMs(),
    });
    expect(node.events.at(-1)).toMatchObject({
      kind: "sign-in",
      userId: id,
      actor: "ada@example.com",
    });
    const recorded = JSON.stringify(node.events);
    for (const secret of [...browser.cookies.values(), RIGHT]) {
      expect(recorded).not.toContain(secret);
    }
    expect(node.errors).toEqual([]);
  });

  it("row 64: the sixth wrong password locks, and the right one is refused then", async () => {
    const { node, addUser, signInRow, database } = await setUpDoor(harness);
    const id = await addUser();
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await node.open().signIn("ada@example.com", `${WRONG} ${wrong}`);
    }
    expect((await signInRow(id))?.locked_at).toBeNull();
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
    expect((await signInRow(id))?.wrong_passwords).toBe(0);
    for (let wrong = 1; wrong <= 6; wrong += 1) {
      await node.open().signIn("ada@example.com", `${WRONG} ${wrong}`);
    }
    expect(await signInRow(id)).toMatchObject({ lock_cause: "wrong-passwords" });
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(401);
    expect(node.events.filter(({ kind }) => kind === "lockout")).toHaveLength(1);
    const mails = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(mails.map(({ kind }) => kind)).toEqual(["lockout"]);
  });

  it("row 64: of fifty parallel guesses six are looked at, then nobody gets in", async () => {
    const { node, addUser, release } = await setUpDoor(harness);
    const id = await addUser();
    for (let round = 0; round < 5; round += 1) {
      node.counts.verified = 0;
      const guesses = Array.from({ length: 50 }, (_, guess) =>
        node.open().signIn("ada@example.com", `${WRONG} ${guess}`),
      );
      const answers = await Promise.all(guesses);
      expect(answers.every(({ status }) => status === 401)).toBe(true);
      expect(node.counts.verified).toBe(6);
      expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(401);
      expect(node.counts.verified).toBe(6);
      await release(id);
    }
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
  });

  it("row 64: a release, a reset, and only they, open a locked user", async () => {
    const { node, addUser, release, givePassword, clock, setRules } = await setUpDoor(harness);
    const id = await addUser();
    const lock = async () => {
      for (let wrong = 0; wrong < 6; wrong += 1) {
        await node.open().signIn("ada@example.com", WRONG);
      }
    };
    const signsIn = async (password: string) =>
      (await node.open().signIn("ada@example.com", password)).status;
    await lock();
    clock.advance(400 * DAY_MS);
    expect(await signsIn(RIGHT)).toBe(401);
    await setRules({ lockout: { enabled: false, wrongPasswordsMax: 5 } });
    expect(await signsIn(RIGHT)).toBe(401);
    expect((await release(id)).status).toBe("active");
    expect(await signsIn(RIGHT)).toBe(200);
    await setRules({ lockout: { enabled: true, wrongPasswordsMax: 5 } });
    await lock();
    await givePassword(id, "Thistle 44 under rain");
    expect(await signsIn("Thistle 44 under rain")).toBe(200);
  });

  it("with the rule off counts, and locks nobody", async () => {
    const { node, addUser, setRules, signInRow } = await setUpDoor(harness);
    await setRules({ lockout: { enabled: false, wrongPasswordsMax: 5 } });
    const id = await addUser();
    for (let wrong = 0; wrong < 8; wrong += 1) {
      await node.open().signIn("ada@example.com", WRONG);
    }
    expect(await signInRow(id)).toMatchObject({ wrong_passwords: 8, locked_at: null });
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
  });

  it("row 67: answers unknown, wrong, locked, disabled and dormant users alike", async () => {
    const { node, addUser, setRules, clock, database } = await setUpDoor(harness);
    await setRules({ dormancy: { enabled: true, months: 6 } });
    await addUser("dormant@example.com");
    clock.advance(200 * DAY_MS);
    await addUser("wrong@example.com");
    await addUser("locked@example.com");
    const disabled = await addUser("disabled@example.com");
    await addUser("invited@example.com", { password: null });
    await node.accounts.users.change({ kind: "host-shell" }, disabled, { isDisabled: true });
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await node.open().signIn("locked@example.com", WRONG);
    }
    const tries = [
      ["nobody@example.com", RIGHT],
      ["no address at all", RIGHT],
      ["wrong@example.com", WRONG],
      ["wrong@example.com", "x\ud800y"],
      ["locked@example.com", RIGHT],
      ["disabled@example.com", RIGHT],
      ["dormant@example.com", RIGHT],
      ["invited@example.com", RIGHT],
    ] as const;
    const seen = new Set<string>();
    for (const [email, password] of tries) {
      const { status, headers, text } = await node.open().signIn(email, password);
      const { date: _date, ...same } = headers;
      seen.add(JSON.stringify({ status, same, text }));
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toContain("sign-in-refused");
    const sessions = await database.kysely.selectFrom("identity_session").select("id").execute();
    expect(sessions).toEqual([]);
    const reasons = node.events.filter(({ kind }) => kind === "sign-in-refused");
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(
      new Set([
        "user-unknown",
        "password-wrong",
        "too-many-wrong-passwords",
        "user-disabled",
        "user-dormant",
      ]),
    );
  });

  it("row 67: takes five attempts at once one after the other, whoever it is", async () => {
    const database = await openStore(harness);
    const clock = createStandingClock();
    const { seen, hasher } = createWatchedHasher();
    const node = await startCredentials({ database, clock, hasher });
    const { addUser } = peopleOf(node, { database, clock });
    await addUser("known@example.com");
    await addUser("locked@example.com");
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await node.open().signIn("locked@example.com", WRONG);
    }
    for (const email of ["known@example.com", "locked@example.com", "nobody@example.com"]) {
      Object.assign(seen, { together: 0, all: 0 });
      const five = Array.from({ length: 5 }, (_, at) =>
        node.open().signIn(email, `${WRONG} ${at}`),
      );
      await Promise.all(five);
      expect([email, seen.together, seen.all]).toEqual([email, 1, 5]);
    }
  });

  it("a flood on one address is refused beyond its queue, and others sign in", async () => {
    const { node, addUser } = await setUpDoor(harness);
    await addUser();
    const flood = Array.from({ length: 90 }, () => node.open().signIn("nobody@example.com", WRONG));
    const ada = await node.open().signIn("ada@example.com", RIGHT);
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(ada.status).toBe(200);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
  });

  it("row 69: a write that fails lets nobody in, not even with the right password", async () => {
    const { node, addUser, database, signInRow } = await setUpDoor(harness);
    const id = await addUser();
    await database.transaction(async (trx) => {
      await trx.schema.alterTable("identity_sign_in").renameTo("elsewhere").execute();
    });
    const browser = node.open();
    const answer = await browser.signIn("ada@example.com", RIGHT);
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: "sign-in-unavailable" });
    expect(answer.headers["retry-after"]).toBe("5");
    expect(browser.cookies.size).toBe(0);
    expect(node.errors.length).toBeGreaterThan(0);
    await database.transaction(async (trx) => {
      await trx.schema.alterTable("elsewhere").renameTo("identity_sign_in").execute();
    });
    expect((await signInRow(id))?.wrong_passwords).toBe(0);
    expect((await browser.signIn("ada@example.com", RIGHT)).status).toBe(200);
  });

  it("counts the same wrong password of a user once as an offence", async () => {
    const { node, addUser } = await setUpDoor(harness);
    await addUser();
    await addUser("grace@example.com");
    for (const email of ["ada@example.com", "ada@example.com", "ADA@example.com"]) {
      await node.open().signIn(email, WRONG);
    }
    await node.open().signIn("grace@example.com", WRONG);
    await node.open().signIn("nobody@example.com", WRONG);
    await node.open().signIn("ada@example.com", `${WRONG}!`);
    expect(node.offences).toHaveLength(6);
    expect(new Set(node.offences.map(({ attempt }) => attempt)).size).toBe(4);
    expect(new Set(node.offences.map(({ kind }) => kind))).toEqual(new Set(["password"]));
    expect(JSON.stringify(node.offences)).not.toContain(WRONG);
    await node.open().signIn("ada@example.com", RIGHT);
    expect(node.offences).toHaveLength(6);
  });

  it("notes tries at unknown addresses once a minute, and never what is no address", async () => {
    const { node, clock } = await setUpDoor(harness);
    const tryAs = (email: string, from: string) =>
      node.open().signIn(email, "whatever it is", { from });
    await tryAs("a@example.com", "192.0.2.1");
    await tryAs("b@example.com", "192.0.2.1");
    await tryAs("hunter2, typed into the wrong field", "192.0.2.2");
    await tryAs("c@example.com", "2001:db8::1");
    await tryAs("d@example.com", "2001:db8::2");
    const details = () => node.events.map(({ detail }) => detail);
    expect(details()).toEqual([{ email: "a@example.com" }, {}, { email: "c@example.com" }]);
    clock.advance(60_000);
    await tryAs("e@example.com", "192.0.2.1");
    expect(details()).toHaveLength(4);
  });

  it("row 79: adopts no foreign session, and ends the one that the browser had", async () => {
    const { node, addUser, database } = await setUpDoor(harness);
    await addUser();
    await addUser("grace@example.com");
    const browser = node.open();
    browser.cookies.set("__Host-postern-session", "A".repeat(43));
    await browser.signIn("ada@example.com", RIGHT);
    const first = browser.cookies.get("__Host-postern-session");
    expect(first).not.toBe("A".repeat(43));
    await browser.signIn("grace@example.com", RIGHT);
    const second = browser.cookies.get("__Host-postern-session");
    expect(second).not.toBe(first);
    const sessions = await database.kysely.selectFrom("identity_session").select("id").execute();
    expect(sessions).toHaveLength(1);
    browser.cookies.set("__Host-postern-session", first ?? "");
    expect((await browser.send("GET", "/api/v1/me/password-rules")).status).toBe(401);
  });

  it("row 86: is refused from another site, with nothing changed", async () => {
    const { node, addUser, signInRow } = await setUpDoor(harness);
    const id = await addUser();
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      const body = { email: "ada@example.com", password: RIGHT };
      const answer = await node.browse("POST", "/api/v1/sign-in", { body, headers });
      expect(answer.json).toMatchObject({ status: 403, code: "cross-site-refused" });
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect((await signInRow(id))?.wrong_passwords).toBe(0);
  });

  it("keeps known browsers open to their user while strangers are locked out", async () => {
    const { node, addUser, setRules, signInRow, database } = await setUpDoor(harness);
    await setRules({ knownBrowsersStayOpen: { enabled: true } });
    const id = await addUser();
    const known = node.open();
    await known.signIn("ada@example.com", RIGHT);
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await node.open().signIn("ada@example.com", WRONG);
    }
    expect((await signInRow(id))?.locked_at).not.toBeNull();
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(401);
    expect((await known.signIn("ada@example.com", RIGHT)).status).toBe(200);
    // Its own sixth wrong one makes it a stranger.
    for (let wrong = 0; wrong < 6; wrong += 1) await known.signIn("ada@example.com", WRONG);
    const browsers = await database.kysely.selectFrom("identity_browser").select("id").execute();
    expect(browsers).toEqual([]);
    expect((await known.signIn("ada@example.com", RIGHT)).status).toBe(401);
  });

  it("leads back to known origins only", async () => {
    const { node, addUser } = await setUpDoor(harness);
    await addUser();
    const returnedTo = async (returnTo: string) =>
      (await node.open().signIn("ada@example.com", RIGHT, { body: { returnTo } })).json.returnTo;
    expect(await returnedTo("https://chat.example.com/room?x=1")).toBe(
      "https://chat.example.com/room?x=1",
    );
    expect(await returnedTo("//evil.example")).toBeNull();
    expect(await returnedTo("https://portal.example.com.evil.example")).toBeNull();
  });

  it("has its row from the moment there is a user, and none once the user is gone", async () => {
    const { node, addUser, signInRow, database } = await setUpDoor(harness);
    const id = await addUser("ada@example.com", { password: null });
    expect(await signInRow(id)).toMatchObject({ wrong_passwords: 0, locked_at: null });
    await addUser("grace@example.com");
    await node.accounts.users.remove({ kind: "host-shell" }, id);
    expect(await signInRow(id)).toBeUndefined();
    const passwords = await database.kysely.selectFrom("identity_password").selectAll().execute();
    expect(passwords).toHaveLength(1);
  });

  it("tells how users' sign-ins stand", async () => {
    const { node, addUser, setRules, clock } = await setUpDoor(harness);
    await setRules({ dormancy: { enabled: true, months: 6 } });
    const dormant = await addUser("dormant@example.com");
    clock.advance(200 * DAY_MS);
    const active = await addUser("active@example.com");
    const invited = await addUser("invited@example.com", { password: null });
    const locked = await addUser("locked@example.com");
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await node.open().signIn("locked@example.com", WRONG);
    }
    await node.open().signIn("active@example.com", RIGHT);
    const ids = [dormant, active, invited, locked];
    const states = await node.credentials.readSignInStates(ids);
    expect(ids.map((id) => states.get(id)?.status)).toEqual([
      "dormant",
      "active",
      "invited",
      "locked",
    ]);
    expect(states.get(active)).toMatchObject({ sessions: 1, mustChangePassword: false });
    expect(await node.credentials.readSignInStates([])).toEqual(new Map());
  });
});

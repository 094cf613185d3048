// What changes, resets and admins' settings of passwords promise on every engine.
import { expect, it } from "vitest";
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";
import { managing, peopleOf, RIGHT, setUpDoor, WRONG } from "./people-at-the-door.ts";
import { startCredentials } from "./start-credentials.ts";
import type { Browser, CredentialsNode } from "./start-credentials.ts";

const DAY_MS = 86_400_000;
const NEXT = "Thistle 44 under rain";

function change(browser: Browser, currentPassword: string, newPassword: string) {
  const body = { currentPassword, newPassword };
  return browser.send("POST", "/api/v1/me/password", { body });
}

async function signedIn(node: CredentialsNode, password = RIGHT): Promise<Browser> {
  const browser = node.open();
  const answer = await browser.signIn("ada@example.com", password);
  if (answer.status !== 200) throw new Error(answer.text);
  return browser;
}

async function linkToken(node: CredentialsNode, userId: string): Promise<string> {
  const { url } = await node.credentials.passwords.makeLink(managing(userId));
  expect(url).toMatch(/^https:\/\/portal\.example\.com\/postern\/reset-password#token=[\w-]{43}$/);
  return url.split("#token=")[1] ?? "";
}

const reset = (node: CredentialsNode, token: string, newPassword: string) =>
  node.browse("POST", "/api/v1/password-resets", { body: { token, newPassword } });

const statusOf = async (browser: Browser) =>
  (await browser.send("GET", "/api/v1/me/password-rules")).status;

async function setUpUser(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  return { ...door, id: await door.addUser() };
}

describeEachEngine("passwords", (harness) => {
  it("row 76: a change ends other sessions and known browsers, and mails a notice", async () => {
    const { node, database, id } = await setUpUser(harness);
    const [here, elsewhere] = [await signedIn(node), await signedIn(node)];
    const before = here.cookies.get("__Host-postern-session");
    const answer = await change(here, RIGHT, NEXT);
    expect(answer.json).toEqual({ next: "none", returnTo: null });
    expect(here.cookies.get("__Host-postern-session")).not.toBe(before);
    expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 401]);
    const browsers = await database.kysely.selectFrom("identity_browser").select("id").execute();
    expect(browsers).toHaveLength(1);
    const mail = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(mail.map(({ kind }) => kind)).toEqual(["password-changed"]);
    expect(node.events.at(-1)).toMatchObject({ kind: "password-changed", userId: id });
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(401);
    expect((await node.open().signIn("ada@example.com", NEXT)).status).toBe(200);
    expect(JSON.stringify(node.events)).not.toContain(NEXT);
  });

  it("row 76: wrong present passwords count, and the sixth locks", async () => {
    const { node, signInRow, id } = await setUpUser(harness);
    const browser = await signedIn(node);
    expect((await change(node.open(), RIGHT, NEXT)).status).toBe(401);
    for (let wrong = 1; wrong <= 6; wrong += 1) {
      const answer = await change(browser, `${WRONG} ${wrong}`, NEXT);
      expect(answer.status).toBe(403);
      expect(answer.json.errors).toEqual([expect.objectContaining({ path: "/currentPassword" })]);
    }
    expect(node.offences).toHaveLength(6);
    expect((await signInRow(id))?.locked_at).not.toBeNull();
    const refused = await change(browser, RIGHT, NEXT);
    expect(refused.json).toMatchObject({ status: 401, code: "user-locked" });
  });

  it("row 72: none of the last five, on every path", async () => {
    const { node, setRules, id, clock } = await setUpUser(harness);
    const password = (number: number) => `Meadow-lark ${number} sings on`;
    // Kept from day one, so that the rule holds at once for what was before it.
    for (let number = 1; number <= 6; number += 1) {
      await reset(node, await linkToken(node, id), password(number));
      clock.advance(1);
    }
    await setRules({ history: { enabled: true, passwords: 5 } });
    const setFor = (typed: string) =>
      node.credentials.passwords.setFor(managing(id), typed).then(
        () => 200,
        (problem: { status: number }) => problem.status,
      );
    const browser = await signedIn(node, password(6));
    for (const recent of [2, 3, 4, 5, 6]) {
      const answer = await change(browser, password(6), password(recent));
      expect(answer.json).toMatchObject({ status: 422, code: "password-refused" });
      expect((await reset(node, await linkToken(node, id), password(recent))).status).toBe(422);
      expect(await setFor(password(recent))).toBe(422);
    }
    expect((await change(browser, password(6), password(1))).status).toBe(200);
    // Now 3, 4, 5, 6 and 1: the second is free again; set by an admin it must be changed.
    expect(await setFor(password(2))).toBe(200);
    const forced = await signedIn(node, password(2));
    for (const recent of [1, 2, 4, 5, 6]) {
      expect((await change(forced, password(2), password(recent))).status).toBe(422);
    }
    expect((await change(forced, password(2), password(3))).status).toBe(200);
  });

  it("row 72: of two changes that race one is made", async () => {
    const { node, setRules } = await setUpUser(harness);
    await setRules({ history: { enabled: true, passwords: 5 } });
    const browser = await signedIn(node);
    const same = node.open();
    for (const [name, value] of browser.cookies) same.cookies.set(name, value);
    const answers = await Promise.all([
      change(browser, RIGHT, `${NEXT} one`),
      change(same, RIGHT, `${NEXT} two`),
    ]);
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect(statuses[1]).toBeGreaterThanOrEqual(401);
    const won = answers[0].status === 200 ? `${NEXT} one` : `${NEXT} two`;
    await signedIn(node, won);
  });

  it("row 73: an expired password opens nothing but its change", async () => {
    const { node, setRules, clock } = await setUpUser(harness);
    await setRules({ expiry: { enabled: true, days: 90 } });
    clock.advance(90 * DAY_MS - 1);
    expect((await node.open().signIn("ada@example.com", RIGHT)).json.next).toBe("none");
    clock.advance(1);
    const browser = node.open();
    const answer = await browser.signIn("ada@example.com", RIGHT);
    expect(answer.json.next).toBe("change-password");
    expect(browser.cookies.has("__Host-postern-browser")).toBe(false);
    expect((await browser.send("GET", "/api/v1/users")).status).toBe(403);
    expect(await statusOf(browser)).toBe(200);
    const half = browser.cookies.get("__Host-postern-session");
    expect((await change(browser, RIGHT, RIGHT)).status).toBe(422);
    expect((await change(browser, RIGHT, NEXT)).json.next).toBe("none");
    expect(browser.cookies.has("__Host-postern-browser")).toBe(true);
    const stale = node.open();
    stale.cookies.set("__Host-postern-session", half ?? "");
    expect([await statusOf(browser), await statusOf(stale)]).toEqual([200, 401]);
  });

  it("row 122: a link sets one password, opens a locked user and ends all sessions", async () => {
    const { node, id, clock, signInRow } = await setUpUser(harness);
    const browser = await signedIn(node);
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await node.open().signIn("ada@example.com", WRONG);
    }
    const token = await linkToken(node, id);
    const looked = () => node.browse("POST", "/api/v1/password-links/look", { body: { token } });
    expect((await looked()).json).toMatchObject({ purpose: "reset", email: "ada@example.com" });
    expect((await signInRow(id))?.locked_at).not.toBeNull();
    const refused = await reset(node, token, "short");
    expect(refused.json.errors[0]).toMatchObject({ path: "/newPassword" });
    expect((await reset(node, token, NEXT)).status).toBe(204);
    expect(await signInRow(id)).toMatchObject({
      wrong_passwords: 0,
      locked_at: null,
      active_since_at: clock.nowMs(),
    });
    expect(await statusOf(browser)).toBe(401);
    expect([(await looked()).status, (await reset(node, token, `${NEXT}!`)).status]).toEqual([
      404, 404,
    ]);
    expect(node.offences.filter(({ kind }) => kind === "reset-token")).toHaveLength(2);
    await signedIn(node, NEXT);
  });

  it("row 122: fifty that race with one link set one password", async () => {
    const { node, id } = await setUpUser(harness);
    const token = await linkToken(node, id);
    const passwords = Array.from({ length: 50 }, (_, at) => `${NEXT} ${at}`);
    const answers = await Promise.all(passwords.map((password) => reset(node, token, password)));
    const won = answers.flatMap(({ status }, at) => (status === 204 ? [at] : []));
    expect(won).toHaveLength(1);
    await signedIn(node, passwords[won[0] ?? 0]);
  });

  it("row 122: a link ends in time, by a newer one, and for a disabled user", async () => {
    const { node, id, clock } = await setUpUser(harness);
    const older = await linkToken(node, id);
    const newer = await linkToken(node, id);
    expect((await reset(node, older, NEXT)).status).toBe(404);
    clock.advance(30 * 60_000);
    expect((await reset(node, newer, NEXT)).status).toBe(404);
    const last = await linkToken(node, id);
    await node.accounts.users.change({ kind: "host-shell" }, id, { isDisabled: true });
    expect((await reset(node, last, NEXT)).status).toBe(404);
    await expect(linkToken(node, id)).rejects.toMatchObject({ code: "user-disabled" });
  });

  it("refuses short, common, own and malformed ones with a sentence at the field", async () => {
    const { node } = await setUpUser(harness);
    const browser = await signedIn(node);
    const refused = ["seven77", "password1", "Sunshine2024!", "ada@example.com", "x\ud800yyyyyyy"];
    const patterns = ["zzzzzzzzzz", "iuytrewq", "        ", "\u200b".repeat(9)];
    for (const password of [...refused, ...patterns, "my-PORTAL-71", "é".repeat(1001)]) {
      const answer = await change(browser, RIGHT, password);
      expect([password, answer.status]).toEqual([password, 422]);
      expect(answer.json.errors[0].path).toBe("/newPassword");
      expect(answer.json.errors[0].message).toMatch(/\.$/);
      expect(answer.text).not.toContain(password);
    }
    const longest = `${"😀".repeat(998)}🐦🌧`;
    expect((await change(browser, RIGHT, longest)).status).toBe(200);
    await signedIn(node, longest);
  });

  it("takes a password however the keyboard composed it, and cuts nothing off", async () => {
    const { node } = await setUpUser(harness);
    const browser = await signedIn(node);
    const long = `${"é".repeat(998)} A`;
    await change(browser, RIGHT, long);
    await signedIn(node, `${"é".repeat(998)}\u00a0A`);
    await signedIn(node, `${"e\u0301".repeat(900)}${"é".repeat(98)} A`);
    expect((await node.open().signIn("ada@example.com", long.slice(0, -1))).status).toBe(401);
    expect((await node.open().signIn("ada@example.com", long.toLowerCase())).status).toBe(401);
  });

  it("lets admins set it for others only, and makes the user change it", async () => {
    const { node, id, addUser } = await setUpUser(harness);
    await addUser("operator@example.com", { isOperator: true });
    const operator = node.open();
    await operator.signIn("operator@example.com", RIGHT);
    const me = node.events.findLast(({ kind }) => kind === "sign-in")?.userId;
    const set = (userId: unknown) =>
      operator.send("PUT", `/api/v1/users/${String(userId)}/password`, {
        body: { newPassword: NEXT },
      });
    expect((await set(me)).json).toMatchObject({ status: 403, code: "password-not-settable" });
    expect((await set(id)).json).toMatchObject({ status: "active", mustChangePassword: true });
    expect((await node.open().signIn("ada@example.com", NEXT)).json.next).toBe("change-password");
    const agent = node.open();
    await agent.signIn("ada@example.com", NEXT);
    const tried = await agent.send("POST", `/api/v1/users/${String(me)}/release`);
    expect(tried.status).toBe(403);
  });

  it("changes nobody who was made operator while an admin asked", async () => {
    const database = await openStore(harness);
    const clock = createStandingClock();
    const meanwhile: { happens: (() => Promise<unknown>) | null } = { happens: null };
    // What comes between the question and the change, at the latest moment there is.
    const late: typeof database = {
      ...database,
      transaction: async (work, options) => {
        const { happens } = meanwhile;
        meanwhile.happens = null;
        await happens?.();
        return database.transaction(work, options);
      },
    };
    const node = await startCredentials({ database: late, clock });
    const { addUser } = peopleOf(node, { database: late, clock });
    await node.accounts.addAccount({ code: "acme", name: "Acme", createdBy: "test" });
    const member = [{ account: "acme", role: "agent" as const }];
    const id = await addUser("ada@example.com", { memberships: member });
    const boss = [{ account: "acme", role: "admin" as const }];
    await addUser("admin@example.com", { memberships: boss });
    await addUser("operator@example.com", { isOperator: true });
    const admin = node.open();
    await admin.signIn("admin@example.com", RIGHT);
    const asks = [
      ["PUT", "password", { newPassword: NEXT }],
      ["POST", "release", undefined],
      ["POST", "invitation", undefined],
    ] as const;
    for (const [method, what, body] of asks) {
      await node.accounts.users.change({ kind: "host-shell" }, id, { isOperator: false });
      const before = node.events.length;
      meanwhile.happens = () =>
        node.accounts.users.change({ kind: "host-shell" }, id, { isOperator: true });
      const answer = await admin.send(method, `/api/v1/users/${id}/${what}`, { body });
      expect([what, answer.json.code]).toEqual([what, "operator-required"]);
      expect(node.events).toHaveLength(before);
    }
    await signedIn(node);
  });

  it("releases with who did it, mails again, and gives links to the host's shell", async () => {
    const { node, addUser, database, id } = await setUpUser(harness);
    await node.credentials.passwords.release(managing(id));
    expect(node.events.at(-1)).toMatchObject({ kind: "lockout-released", actor: "host shell" });
    const invited = await addUser("grace@example.com", { password: null });
    await node.credentials.passwords.invite(managing(invited));
    await node.credentials.passwords.invite(managing(id));
    const mails = await database.kysely.selectFrom("identity_mail").selectAll().execute();
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual(["invitation", "password-reset"]);
    const { purpose } = await node.credentials.passwords.makeLink(managing(invited));
    expect(purpose).toBe("invitation");
    const left = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(left.map(({ kind }) => kind)).toEqual(["password-reset"]);
  });

  it("makes hashes anew at the sign-in when the parameters have risen", async () => {
    const database = await openStore(harness);
    const clock = createStandingClock();
    const before = await startCredentials({ database, clock });
    const { addUser } = peopleOf(before, { database, clock });
    await addUser();
    const risen = { memoryCost: 128, timeCost: 2, parallelism: 1 };
    const hasher = createPasswordHasher({ threads: 2, parameters: risen });
    const after = await startCredentials({ database, clock, hasher });
    const hashes = () => database.kysely.selectFrom("identity_password").select("hash").execute();
    expect((await hashes())[0]?.hash).toContain("$m=64,t=1,p=1$");
    await signedIn(after);
    expect((await hashes())[0]?.hash).toContain("$m=128,t=2,p=1$");
    expect((await change(await signedIn(after), RIGHT, NEXT)).status).toBe(200);
  });

  it("assesses passwords for anybody, with warnings in sentences", async () => {
    const { node } = await setUpUser(harness);
    const assess = async (password: string, words: string[] = []) =>
      (await node.browse("POST", "/api/v1/password-assessments", { body: { password, words } }))
        .json;
    expect(await assess("Password1")).toMatchObject({ score: 0, isCommon: true });
    expect(await assess("correct horse battery staple zebra")).toMatchObject({
      score: 4,
      isCommon: false,
    });
    expect((await assess("adaexample", ["ada", "example"])).score).toBeLessThan(3);
    expect((await assess("aaaaaaaaaa")).warning).toMatch(/^[A-Z].*\.$/);
    expect((await assess("x".repeat(2000))).score).toBeLessThanOrEqual(4);
  });

  it("assesses two at once for one client, and none for another site's page", async () => {
    const { node } = await setUpUser(harness);
    const body = { password: "xK9#mQ2$vL7&".repeat(80) };
    const ask = (from: string, headers: Record<string, string> = {}) =>
      node.browse("POST", "/api/v1/password-assessments", { body, from, headers });
    const one = Array.from({ length: 12 }, (_, at) => ask(`2001:db8::${at}`));
    const other = ask("192.0.2.9");
    const answers = await Promise.all(one);
    expect((await other).status).toBe(200);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.json).toMatchObject({
      code: "assessment-busy",
      detail: "The strength of the password cannot be assessed at the moment.",
    });
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
    const foreign = await ask("192.0.2.9", { origin: "https://evil.example" });
    expect(foreign.json).toMatchObject({ status: 403, code: "cross-site-refused" });
  });

  it("chooses passwords while everybody has some assessed", async () => {
    const { node, id } = await setUpUser(harness);
    const token = await linkToken(node, id);
    const body = { password: "xK9#mQ2$vL7&".repeat(80) };
    const flood = Array.from({ length: 60 }, (_, at) =>
      node.browse("POST", "/api/v1/password-assessments", { body, from: `192.0.2.${at}` }),
    );
    expect((await reset(node, token, NEXT)).status).toBe(204);
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(statuses).toContain(503);
  });
});

// Attacks on the settings of second factors: stolen sessions, foreign addresses, tenancy.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wrongCode as wrongAppCode } from "../contracts/factors-at-the-door.ts";
import { createAuthenticator } from "../people/authenticator.ts";
import { codeMailed, openSettings, PROOF, textsTo } from "../people/open-settings.ts";
import { settingsIn, TWO_FACTOR } from "../people/open-settings.ts";
import type { MailingPortal, Settings } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { NewPerson, Person } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const MINUTE_MS = 60_000;

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
const logLines: string[] = [];
let portal: MailingPortal;
let people = 0;
beforeAll(async () => {
  const started = await startPeople({ dataDir, onLogLine: (line) => void logLines.push(line) });
  portal = { ...started, dataDir };
  await portal.addAccount("acme");
  await portal.addAccount("globex");
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function newPerson(wanted: Partial<NewPerson> = {}): Promise<Person> {
  people += 1;
  const email = `ada-${people}@example.com`;
  return portal.addPerson({ email, accounts: { acme: "agent" }, ...wanted });
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];

/** What the page shows, but for what the time alone changes. */
async function shown(settings: Settings) {
  const { serverTime: _time, provedUntil: _until, ...rest } = await settings.read();
  return rest;
}

/** Sorted, as changes of one moment have no order. */
const reasonsOf = async ({ id }: Person): Promise<string[]> => {
  const path = `/api/v1/events?kind=second-factor-changed&user=${id}`;
  const { events } = await portal.must("GET", path);
  return events.map(({ reason }: { reason: string }) => reason).toSorted();
};

const CHANGES: readonly (readonly [string, string, unknown])[] = [
  ["POST", `${TWO_FACTOR}/app`, undefined],
  ["POST", `${TWO_FACTOR}/app/confirm`, { code: "123456" }],
  ["DELETE", `${TWO_FACTOR}/app`, undefined],
  ["POST", `${TWO_FACTOR}/email`, undefined],
  ["POST", `${TWO_FACTOR}/email/confirm`, { code: "123456" }],
  ["DELETE", `${TWO_FACTOR}/email`, undefined],
  ["POST", `${TWO_FACTOR}/backup-codes`, undefined],
  ["POST", "/api/v1/me/passkeys/options", undefined],
  ["POST", "/api/v1/me/passkeys", { response: {}, name: "Key" }],
  ["DELETE", "/api/v1/me/passkeys/aaaaaaaaaaaaaaaaaaaa", undefined],
];

describe("a stolen session", () => {
  it("changes nothing without a fresh proof", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.setUpEmail();
    const app = await owner.setUpApp();
    // A set-up of the owner that is still open is of no use to who has no proof.
    await owner.must("POST", `${TWO_FACTOR}/app`);
    portal.advance(10 * MINUTE_MS);
    const before = await shown(owner);
    await portal.server.identity.mails.flush();
    const mails = textsTo(dataDir, owner.person.email).size;
    for (const [method, path, body] of CHANGES) {
      const answer = await owner.browser.ask(method, path, body === undefined ? {} : { body });
      expect([path, ...refusalOf(answer)]).toEqual([path, 403, "proof-required"]);
    }
    await portal.server.identity.mails.flush();
    expect(await shown(owner)).toEqual(before);
    expect(textsTo(dataDir, owner.person.email).size).toBe(mails);
    expect(await reasonsOf(owner.person)).toEqual(["app-set-up", "email-set-up"]);
    const again = portal.browser();
    await again.signIn(owner.person.email, owner.person.password);
    expect((await again.sendCode(app.freshCode())).json.next).toBe("none");
  });

  it("has a proof for ten minutes, in the session that gave it only", async () => {
    const person = await newPerson();
    const owner = await openSettings(portal, person);
    const other = await openSettings(portal, person);
    expect((await owner.read()).provedUntil).toBeNull();
    const token = [...owner.browser.cookies.values()].join();
    await owner.prove();
    expect([...owner.browser.cookies.values()].join()).not.toBe(token);
    const untilMs = Date.parse((await owner.read()).provedUntil);
    expect(untilMs - portal.nowMs()).toBe(10 * MINUTE_MS);
    const refused = await other.browser.ask("POST", `${TWO_FACTOR}/app`);
    expect(refusalOf(refused)).toEqual([403, "proof-required"]);
    portal.advance(10 * MINUTE_MS - 1);
    expect((await owner.browser.ask("POST", `${TWO_FACTOR}/app`)).status).toBe(200);
    portal.advance(1);
    const late = await owner.browser.ask("POST", `${TWO_FACTOR}/app`);
    expect(refusalOf(late)).toEqual([403, "proof-required"]);
  });

  it("guesses the password no more often than anybody without one", async () => {
    const person = await newPerson();
    const { browser } = await openSettings(portal, person);
    const guess = (password: string) =>
      browser.ask("POST", PROOF, { body: { method: "password", password } });
    for (let count = 1; count <= 5; count += 1) {
      const wrong = await guess(`wrong ${count}`);
      expect(refusalOf(wrong)).toEqual([403, "password-wrong"]);
      expect(wrong.json.errors).toMatchObject([{ path: "/password" }]);
    }
    expect((await portal.must("GET", `/api/v1/users/${person.id}`)).signIn.status).toBe("active");
    expect(refusalOf(await guess("wrong 6"))).toEqual([403, "password-wrong"]);
    expect((await portal.must("GET", `/api/v1/users/${person.id}`)).signIn.status).toBe("locked");
    expect(refusalOf(await guess(person.password))).toEqual([401, "user-locked"]);
    expect((await portal.browser().signIn(person.email, person.password)).status).toBe(401);
  });

  it("ends with the fifth wrong code, and codes are locked", async () => {
    const person = await newPerson({ app: true });
    const { browser, read } = await openSettings(portal, person);
    const other = await openSettings(portal, person);
    const guess = (code: string) => browser.ask("POST", PROOF, { body: { method: "app", code } });
    const wrong = () => guess(wrongAppCode(5000, person.app!));
    const codes: unknown[] = [];
    for (let count = 1; count <= 4; count += 1) {
      codes.push((await wrong()).json.code);
      if (count > 2)
        expect(refusalOf(await guess(person.app!.codeAt(1)))).toEqual([429, "codes-paused"]);
      if (count > 2) portal.advance(5 * MINUTE_MS);
    }
    expect((await read()).attemptsLeft).toBe(1);
    expect(codes).toEqual(["code-wrong", "code-wrong", "codes-paused", "codes-paused"]);
    expect(refusalOf(await wrong())).toEqual([401, "sign-in-ended"]);
    expect(refusalOf(await browser.ask("GET", TWO_FACTOR))).toEqual([401, "session-ended"]);
    expect(await other.read()).toMatchObject({ attemptsLeft: 0, lockedUntil: expect.anything() });
    const right = { method: "app", code: portal.freshCodeOf(person) };
    expect(refusalOf(await other.browser.ask("POST", PROOF, { body: right }))).toEqual([
      429,
      "codes-locked",
    ]);
  });

  it("of who has only the password opens no settings", async () => {
    const person = await newPerson({ app: true });
    const half = portal.browser();
    expect((await half.signIn(person.email, person.password)).json.next).toBe("second-factor");
    const asked = [
      ["GET", TWO_FACTOR, undefined],
      ["POST", PROOF, { method: "app", code: "1" }],
    ];
    for (const [method, path, body] of [...asked, ...CHANGES] as typeof CHANGES) {
      const answer = await half.ask(method, path, body === undefined ? {} : { body });
      expect([path, ...refusalOf(answer)]).toEqual([path, 403, "second-factor-required"]);
    }
  });
});

describe("row 94: whose mailbox a code goes to", () => {
  it("is never said by the request, and an address that changes voids the code", async () => {
    const person = await newPerson();
    const owner = await openSettings(portal, person);
    await owner.prove();
    const email = "mallory@example.org";
    for (const path of [`${TWO_FACTOR}/email`, `${TWO_FACTOR}/app`]) {
      const refused = await owner.browser.ask("POST", path, { body: { email } });
      expect(refusalOf(refused)).toEqual([400, "invalid-input"]);
      expect(refused.json.errors).toMatchObject([{ path: "/email" }]);
    }
    const first = await codeMailed(portal, person.email, async () => {
      const answer = await owner.must("POST", `${TWO_FACTOR}/email`);
      expect(answer.sentTo).toBe("a•••@example.com");
    });
    const body = { code: first, email };
    const confirm = `${TWO_FACTOR}/email/confirm`;
    expect(refusalOf(await owner.browser.ask("POST", confirm, { body }))[0]).toBe(400);
    expect(textsTo(dataDir, email).size).toBe(0);
    const moved = `new-${person.email}`;
    await portal.must("PATCH", `/api/v1/users/${person.id}`, { email: moved });
    const late = await owner.browser.ask("POST", confirm, { body: { code: first } });
    expect(refusalOf(late)).toEqual([409, "set-up-ended"]);
    expect((await owner.read()).email).toBeNull();
    const second = await codeMailed(portal, moved, () => owner.must("POST", `${TWO_FACTOR}/email`));
    await owner.must("POST", confirm, { code: second });
    expect((await owner.read()).email).not.toBeNull();
  });
});

describe("row 148: fields that nobody asked for", () => {
  it("are refused in every body", async () => {
    const owner = await openSettings(portal, await newPerson({ app: true }));
    await owner.prove();
    const before = await shown(owner);
    const bodies: Record<string, object> = {
      [PROOF]: { method: "password", password: owner.person.password },
      [`${TWO_FACTOR}/app`]: {},
      [`${TWO_FACTOR}/app/confirm`]: { code: "123456" },
      [`${TWO_FACTOR}/email`]: {},
      [`${TWO_FACTOR}/email/confirm`]: { code: "123456" },
      [`${TWO_FACTOR}/backup-codes`]: {},
    };
    for (const [path, body] of Object.entries(bodies)) {
      for (const extra of ["userId", "secret", "sessionId", "provedAt", "wrongCodes"]) {
        const answer = await owner.browser.ask("POST", path, { body: { ...body, [extra]: "x" } });
        expect([path, ...refusalOf(answer)]).toEqual([path, 400, "invalid-input"]);
      }
    }
    expect(await shown(owner)).toEqual(before);
  });

  it("and what is no code of six digits is refused uncounted", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const { secret } = await owner.must("POST", `${TWO_FACTOR}/app`);
    expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    const path = `${TWO_FACTOR}/app/confirm`;
    for (const code of ["١٢٣٤٥٦", "12345", "1234567", "12e456", "abcdefghjk", " ", "-12345"]) {
      const refused = await owner.browser.ask("POST", path, { body: { code } });
      expect([code, ...refusalOf(refused)]).toEqual([code, 400, "code-malformed"]);
      expect(refused.json.errors).toMatchObject([{ path: "/code" }]);
    }
    const { freshCode } = createAuthenticator(secret, portal);
    const [first = "", last = ""] = freshCode().match(/.{3}/g) ?? [];
    await owner.must("POST", path, { code: ` ${first} ${last} ` });
  });
});

describe("an administrator's reset", () => {
  const paths = (person: Person) => ({
    reset: `/api/v1/users/${person.id}/two-factor`,
    release: `/api/v1/users/${person.id}/release`,
  });

  it("reaches exactly those whom the administrator may release", async () => {
    const admin = await portal.signedIn(await newPerson({ accounts: { acme: "admin" } }));
    const agent = await portal.signedIn(await newPerson());
    const targets = {
      managed: await newPerson(),
      elsewhere: await newPerson({ accounts: { globex: "agent" } }),
      shared: await newPerson({ accounts: { acme: "agent", globex: "agent" } }),
      operator: await newPerson({ accounts: { acme: "agent" }, isOperator: true }),
      unknown: { ...(await newPerson()), id: "aaaaaaaaaaaaaaaaaaaa" },
    };
    const seen: Record<string, unknown> = {};
    for (const [name, target] of Object.entries(targets)) {
      const { reset, release } = paths(target);
      for (const browser of [admin, agent]) {
        const answer = refusalOf(await browser.ask("DELETE", reset));
        expect([name, answer]).toEqual([name, refusalOf(await browser.ask("POST", release))]);
        seen[name] ??= answer;
      }
    }
    expect(seen).toEqual({
      managed: [200, undefined],
      elsewhere: [404, "user-not-found"],
      shared: [403, "user-not-managed"],
      operator: [403, "operator-required"],
      unknown: [404, "user-not-found"],
    });
  });

  it("is for others: neither one's own, nor for API tokens", async () => {
    const person = await newPerson({ accounts: { acme: "admin" } });
    const own = await portal.signedIn(person);
    const { reset } = paths(person);
    expect(refusalOf(await own.ask("DELETE", reset))).toEqual([403, "two-factor-not-resettable"]);
    const scopes = ["policy:write"];
    const { token } = await portal.must("POST", "/api/v1/tokens", { name: "pbx", scopes });
    const headers = { authorization: `Bearer ${token}`, origin: null, cookie: null };
    const byToken = await portal.browser().ask("DELETE", reset, { headers });
    expect(refusalOf(byToken)).toEqual([403, "two-factor-not-resettable"]);
  });

  it("removes all there is, ends half sign-ins, and tells the user who did it", async () => {
    const person = await newPerson({ app: true });
    const whole = await openSettings(portal, person);
    const half = portal.browser();
    await half.signIn(person.email, person.password);
    for (let count = 0; count < 3; count += 1) await half.sendCode(wrongAppCode(5000, person.app!));
    const path = `/api/v1/users/${person.id}`;
    expect((await portal.must("GET", path)).twoFactor).toMatchObject({
      methods: ["app"],
      pausedUntil: expect.any(String),
    });
    const boss = await newPerson({ isOperator: true });
    const operator = await portal.signedIn(boss);
    const { status, json } = await operator.ask("DELETE", `${path}/two-factor`);
    expect([status, json]).toEqual([200, { removed: ["app"] }]);
    expect((await portal.must("GET", path)).twoFactor).toEqual({
      methods: [],
      pausedUntil: null,
      lockedUntil: null,
    });
    expect((await half.sendCode("123456")).status).toBe(401);
    expect(await whole.read()).toMatchObject({ app: null, backupCodes: null, attemptsLeft: 5 });
    expect((await portal.browser().signIn(person.email, person.password)).json.next).toBe("none");
    const { events } = await portal.must(
      "GET",
      `/api/v1/events?kind=second-factor-changed&user=${person.id}`,
    );
    expect(events[0]).toMatchObject({
      reason: "reset-by-administrator",
      actor: `${boss.email} (${boss.id})`,
    });
    await portal.server.identity.mails.flush();
    const texts = [...textsTo(dataDir, person.email).values()];
    expect(texts.filter((text) => text.includes(boss.email))).toHaveLength(1);
  });
});

describe("every change", () => {
  it("is recorded and mailed, and no secret is in a log line, an event or a URL", async () => {
    const owner = await openSettings(portal, await newPerson());
    const { person } = owner;
    await owner.setUpEmail();
    const app = await owner.setUpApp();
    await owner.setUpApp();
    portal.advance(11 * MINUTE_MS);
    await owner.setUpEmail();
    const { backupCodes } = await owner.must("POST", `${TWO_FACTOR}/backup-codes`);
    await owner.must("DELETE", `${TWO_FACTOR}/email`);
    await owner.must("DELETE", `${TWO_FACTOR}/app`);
    const changes = ["email-set-up", "app-set-up", "app-reset", "email-reset"];
    const ends = ["backup-codes-made", "email-turned-off", "app-turned-off"];
    expect(await reasonsOf(person)).toEqual([...changes, ...ends].toSorted());
    await portal.server.identity.mails.flush();
    // Beside these, the two with a code.
    expect(textsTo(dataDir, person.email).size).toBe(changes.length + ends.length + 2);
    const { events } = await portal.must("GET", `/api/v1/events?limit=1000&user=${person.id}`);
    const told = `${logLines.join("\n")}\n${JSON.stringify(events)}`;
    for (const secret of [app.secret, ...backupCodes]) {
      expect(told).not.toContain(secret);
      expect(told).not.toContain(String(secret).replace("-", ""));
    }
    const settings = settingsIn(portal, person, owner.browser);
    expect(await settings.read()).toMatchObject({ app: null, email: null, backupCodes: null });
  });
});

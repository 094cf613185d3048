// Attacks on setting up and turning off second factors: tabs, races, old codes, the last method.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wrongCode as wrongAppCode } from "../contracts/factors-at-the-door.ts";
import { createAuthenticator } from "../people/authenticator.ts";
import type { Authenticator } from "../people/authenticator.ts";
import { codeMailed, openSettings, settingsIn } from "../people/open-settings.ts";
import { TWO_FACTOR, wrongCode } from "../people/open-settings.ts";
import type { MailingPortal, Settings } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { NewPerson, Person } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const MINUTE_MS = 60_000;
const APP = `${TWO_FACTOR}/app`;
const EMAIL = `${TWO_FACTOR}/email`;
const RULE = "/api/v1/identity-policies/two-factor";

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: MailingPortal;
let people = 0;
beforeAll(async () => {
  portal = { ...(await startPeople({ dataDir })), dataDir };
  await portal.addAccount("acme");
  await portal.addAccount("strict");
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

/** Which of two accounts requires a second factor does not change while the suite runs. */
function require(isRequired: boolean): Promise<unknown> {
  const value = { frequency: "every-login", required: { enabled: isRequired } };
  return portal.must("PUT", `${RULE}?account=strict`, { value });
}

async function begin({ must }: Settings): Promise<Authenticator> {
  return createAuthenticator((await must("POST", APP)).secret, portal);
}

const confirm = ({ browser }: Settings, code: string, path = APP): Promise<ApiAnswer> =>
  browser.ask("POST", `${path}/confirm`, { body: { code } });

/** Who signs in with this app now, and what is asked for then. */
async function signInWith(person: Person, app: Authenticator): Promise<unknown[]> {
  const browser = portal.browser();
  await browser.signIn(person.email, person.password);
  return refusalOf(await browser.sendCode(app.freshCode()));
}

describe("an app that is being set up", () => {
  it("begun in two tabs is the newer one's", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const [first, second] = [await begin(owner), await begin(owner)];
    const refused = await confirm(owner, first.codeAt());
    expect(refusalOf(refused)).toEqual([403, "set-up-code-wrong"]);
    expect(refused.json.errors).toMatchObject([{ path: "/code" }]);
    expect((await confirm(owner, second.freshCode())).status).toBe(200);
    expect(await signInWith(owner.person, first)).toEqual([403, "code-wrong"]);
    expect(await signInWith(owner.person, second)).toEqual([200, undefined]);
  });

  it("is on once, of fifty right codes at a time, and with one set of backup codes", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const app = await begin(owner);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => confirm(owner, app.codeAt())),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect(done[0]!.json.backupCodes).toHaveLength(10);
    const others = answers.filter(({ status }) => status !== 200).map(refusalOf);
    for (const other of others)
      expect([
        [409, "set-up-ended"],
        [503, "busy"],
      ]).toContainEqual(other);
    expect((await owner.read()).backupCodes.left).toBe(10);
  });

  it("leaves the old one on until a right code, and then the old one signs nobody in", async () => {
    const owner = await openSettings(portal, await newPerson());
    const old = await owner.setUpApp();
    const next = await begin(owner);
    expect((await confirm(owner, wrongAppCode(5000, next))).status).toBe(403);
    expect(await signInWith(owner.person, old)).toEqual([200, undefined]);
    expect((await confirm(owner, next.codeAt())).json).toEqual({ backupCodes: null, next: "none" });
    expect(await signInWith(owner.person, old)).toEqual([403, "code-wrong"]);
    expect(await signInWith(owner.person, next)).toEqual([200, undefined]);
  });

  it("is proved by a code that signs nobody in afterwards", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const app = await begin(owner);
    const code = app.codeAt();
    expect((await confirm(owner, code)).status).toBe(200);
    const browser = portal.browser();
    await browser.signIn(owner.person.email, owner.person.password);
    expect(refusalOf(await browser.sendCode(code))).toEqual([403, "code-used"]);
    expect(refusalOf(await browser.sendCode(app.codeAt(1)))).toEqual([200, undefined]);
  });

  it("is void after five wrong codes, which are not counted on the user", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const app = await begin(owner);
    const told: unknown[] = [];
    for (let count = 1; count <= 4; count += 1) {
      told.push((await confirm(owner, wrongAppCode(5000 * count, app))).json.detail);
    }
    expect(told).toMatchObject([/4 tries are left/, /3 /, /2 /, /one try is left/].map(matching));
    expect((await owner.read()).attemptsLeft).toBe(5);
    const fifth = await confirm(owner, wrongAppCode(77, app));
    expect(refusalOf(fifth)).toEqual([409, "set-up-ended"]);
    expect(refusalOf(await confirm(owner, app.codeAt()))).toEqual([409, "set-up-ended"]);
    expect(await owner.read()).toMatchObject({ app: null, attemptsLeft: 5 });
  });

  it("tells of a clock that differs, and takes only the codes of about now", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const app = await begin(owner);
    const early = await confirm(owner, app.codeAt(-2));
    expect(early.json.detail).toMatch(/clock/);
    expect((await confirm(owner, app.codeAt(2))).json.detail).toMatch(/clock/);
    expect((await confirm(owner, app.codeAt(-1))).status).toBe(200);
  });

  it("is of the session that began it, for ten minutes", async () => {
    const person = await newPerson();
    const [owner, other] = [await openSettings(portal, person), await openSettings(portal, person)];
    await other.prove();
    await owner.prove();
    const app = await begin(owner);
    expect(refusalOf(await confirm(other, app.codeAt()))).toEqual([409, "set-up-ended"]);
    portal.advance(5 * MINUTE_MS);
    await owner.prove();
    portal.advance(5 * MINUTE_MS);
    expect(refusalOf(await confirm(owner, app.codeAt()))).toEqual([409, "set-up-ended"]);
    const again = await begin(owner);
    portal.advance(5 * MINUTE_MS - 1);
    expect((await confirm(owner, again.codeAt())).status).toBe(200);
    expect((await other.read()).app).not.toBeNull();
  });

  it("comes to nothing when its session ends while the code is under way", async () => {
    const person = await newPerson();
    const [owner, other] = [await openSettings(portal, person), await openSettings(portal, person)];
    await owner.prove();
    const app = await begin(owner);
    await other.must("DELETE", "/api/v1/me/sessions");
    expect(refusalOf(await confirm(owner, app.codeAt()))).toEqual([401, "session-ended"]);
    expect((await other.read()).app).toBeNull();
  });
});

describe("e-mail codes that are being set up", () => {
  it("are proved by the newest mail only, five tries at most", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.prove();
    const ask = () => codeMailed(portal, owner.person.email, () => owner.must("POST", EMAIL));
    const [first, second] = [await ask(), await ask()];
    if (first !== second) expect((await confirm(owner, first, EMAIL)).status).toBe(403);
    for (let count = 2; count <= 4; count += 1) {
      const wrong = await confirm(owner, wrongCode(second, count * 5000), EMAIL);
      expect(refusalOf(wrong)).toEqual([403, "set-up-code-wrong"]);
    }
    expect((await confirm(owner, wrongCode(second), EMAIL)).json.code).toBe("set-up-ended");
    expect(refusalOf(await confirm(owner, second, EMAIL))).toEqual([409, "set-up-ended"]);
    const third = await ask();
    expect((await confirm(owner, third, EMAIL)).json.backupCodes).toHaveLength(10);
    expect((await owner.read()).attemptsLeft).toBe(5);
    expect(refusalOf(await confirm(owner, third, EMAIL))).toEqual([409, "set-up-ended"]);
  });

  it("are no sign-in's and no proof's, nor the other way round", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.setUpEmail();
    const code = await codeMailed(portal, owner.person.email, () => owner.must("POST", EMAIL));
    const body = { method: "email", code };
    const asProof = await owner.browser.ask("POST", "/api/v1/me/proof", { body });
    expect(refusalOf(asProof)).toEqual([403, "code-expired"]);
    const browser = portal.browser();
    await browser.signIn(owner.person.email, owner.person.password);
    expect(refusalOf(await browser.sendCode(code, { method: "email" }))).toEqual([
      403,
      "code-expired",
    ]);
    expect((await confirm(owner, code, EMAIL)).status).toBe(200);
  });
});

describe("turning off", () => {
  const off = ({ browser }: Settings, path: string) => browser.ask("DELETE", path);

  it("the last method stays where the account requires one, also of two at a time", async () => {
    const person = await newPerson({ accounts: { strict: "agent" } });
    const owner = await openSettings(portal, person);
    await owner.setUpApp();
    await owner.setUpEmail();
    await require(true);
    try {
      const both = await Promise.all([off(owner, APP), off(owner, EMAIL)]);
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
      const last = (await owner.read()).app === null ? EMAIL : APP;
      expect(refusalOf(await off(owner, last))).toEqual([409, "second-factor-required-by-account"]);
      expect((await owner.read()).backupCodes.left).toBe(10);
    } finally {
      await require(false);
    }
    const both = await Promise.all([off(owner, APP), off(owner, EMAIL)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 404]);
    expect(await owner.read()).toMatchObject({ app: null, email: null, backupCodes: null });
    expect((await portal.browser().signIn(person.email, person.password)).json.next).toBe("none");
  });

  it("forgets trust, and what was being set up", async () => {
    const owner = await openSettings(portal, await newPerson());
    await owner.setUpEmail();
    const app = await begin(owner);
    expect((await off(owner, EMAIL)).status).toBe(204);
    expect(refusalOf(await confirm(owner, app.codeAt()))).toEqual([409, "set-up-ended"]);
    expect(refusalOf(await off(owner, EMAIL))).toEqual([404, "factor-not-on"]);
    const renewed = await owner.browser.ask("POST", `${TWO_FACTOR}/backup-codes`);
    expect(refusalOf(renewed)).toEqual([409, "second-factor-off"]);
  });
});

describe("browsers that are trusted", () => {
  beforeAll(async () => {
    await portal.addAccount("trusting");
    const value = { frequency: "14-days-skip", required: { enabled: false } };
    await portal.must("PUT", `${RULE}?account=trusting`, { value });
  });

  /** In a browser of their own, which is not asked from then on. */
  async function trusting(): Promise<Settings> {
    const person = await newPerson({ accounts: { trusting: "agent" }, app: true });
    const browser = portal.browser();
    await browser.signIn(person.email, person.password);
    await browser.sendCode(portal.freshCodeOf(person), { trustBrowser: true });
    return settingsIn(portal, person, browser);
  }

  const nextOf = async ({ person, browser }: Settings): Promise<unknown> =>
    (await browser.signIn(person.email, person.password)).json.next;

  it("are listed, and revoked by their owner only", async () => {
    const [ada, grace] = [await trusting(), await trusting()];
    const { trustedBrowsers, frequency } = await ada.read();
    expect(frequency).toBe("14-days-skip");
    expect(trustedBrowsers).toMatchObject([{ isCurrent: true, device: expect.any(String) }]);
    const path = `/api/v1/me/trusted-browsers/${trustedBrowsers[0].id}`;
    const foreign = await grace.browser.ask("DELETE", path);
    expect(refusalOf(foreign)).toEqual([404, "trusted-browser-not-found"]);
    expect(await nextOf(ada)).toBe("none");
    expect((await ada.browser.ask("DELETE", path)).status).toBe(204);
    expect((await ada.read()).trustedBrowsers).toEqual([]);
    expect(await nextOf(ada)).toBe("second-factor");
    expect(await grace.must("DELETE", "/api/v1/me/trusted-browsers")).toEqual({ ended: 1 });
    expect(await nextOf(grace)).toBe("second-factor");
    for (const { person } of [ada, grace]) {
      const kept = `/api/v1/events?kind=browser-distrusted&user=${person.id}`;
      expect((await portal.must("GET", kept)).events).toMatchObject([{ reason: "by-user" }]);
    }
  });

  it("are asked again when a method is set up anew", async () => {
    const ada = await trusting();
    expect(await nextOf(ada)).toBe("none");
    await ada.setUpEmail();
    expect(await nextOf(ada)).toBe("none");
    await ada.setUpApp();
    expect((await ada.read()).trustedBrowsers).toEqual([]);
    expect(await nextOf(ada)).toBe("second-factor");
  });

  it("are asked again when another method is turned off", async () => {
    const ada = await trusting();
    await ada.setUpEmail();
    await ada.must("DELETE", EMAIL);
    expect(await nextOf(ada)).toBe("second-factor");
  });
});

describe("a sign-in where the account requires a second factor", () => {
  it("sets one up, opens nothing before, and is whole by the right code alone", async () => {
    const person = await newPerson({ accounts: { strict: "agent" } });
    await require(true);
    try {
      const browser = portal.browser();
      const signedIn = await browser.signIn(person.email, person.password);
      expect(signedIn.json.next).toBe("set-up-second-factor");
      const half = settingsIn(portal, person, browser);
      const closed = ["/api/v1/me/sessions", "/api/v1/me/sign-ins", "/api/v1/me/browsers"];
      for (const path of closed) {
        const answer = await browser.ask("GET", path);
        expect(refusalOf(answer)).toEqual([403, "second-factor-set-up-required"]);
      }
      expect((await half.read()).isRequired).toBe(true);
      const app = await begin(half);
      const before = new Map(browser.cookies);
      expect((await confirm(half, wrongAppCode(5000, app))).status).toBe(403);
      expect(browser.cookies).toEqual(before);
      const on = await confirm(half, app.freshCode());
      expect(on.json).toEqual({ backupCodes: expect.any(Array), next: "none" });
      expect((await browser.ask("GET", "/api/v1/me/sessions")).status).toBe(200);
      const old = portal.browser();
      for (const [name, value] of before) old.cookies.set(name, value);
      expect((await old.ask("GET", "/api/v1/me")).status).toBe(401);
      // The sign-in is no proof for what comes after it.
      expect(refusalOf(await browser.ask("POST", APP))).toEqual([403, "proof-required"]);
      expect(await signInWith(person, app)).toEqual([200, undefined]);
    } finally {
      await require(false);
    }
  });
});

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

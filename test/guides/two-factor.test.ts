// The contact centre guide, "Two-Factor Authentication", sentence by sentence, over HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticator } from "../people/authenticator.ts";
import type { Authenticator } from "../people/authenticator.ts";
import { codeMailed, PROOF, settingsIn, TWO_FACTOR } from "../people/open-settings.ts";
import type { Settings } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RULE = "/api/v1/identity-policies/two-factor";
const FACTOR = "/api/v1/sign-in/second-factor";

let portal: RunningPeople & { readonly dataDir: string };
let count = 0;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-guide-"));
  portal = { ...(await startPeople({ dataDir })), dataDir };
});
afterAll(async () => {
  await portal.stop();
  rmSync(portal.dataDir, { recursive: true, force: true });
});

async function newAccount(): Promise<string> {
  count += 1;
  const code = `client-${count}`;
  await portal.addAccount(code);
  return code;
}

function newPerson(wanted: { readonly app?: boolean; readonly account?: string } = {}) {
  count += 1;
  const { app = false, account } = wanted;
  const accounts = account === undefined ? {} : { accounts: { [account]: "agent" } as const };
  return portal.addPerson({ email: `ada-${count}@example.com`, app, ...accounts });
}

/** Somebody in User settings, who has proved who they are. */
async function inSettings(person: Person): Promise<Settings> {
  const settings = settingsIn(portal, person, await portal.signedIn(person));
  await settings.prove();
  return settings;
}

async function answering(asked: ReturnType<TestBrowser["ask"]>, status = 200) {
  const answer = await asked;
  expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
  return answer.json;
}

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.ask("GET", "/api/v1/me")).status === 200;
}

/** What a sign-in in this browser asks for after the password. */
async function nextAfterPassword(browser: TestBrowser, person: Person): Promise<string> {
  return (await answering(browser.signIn(person.email, person.password))).next;
}

/** A browser in which the password was right. */
async function atFactor(person: Person): Promise<TestBrowser> {
  const browser = portal.browser();
  expect(await nextAfterPassword(browser, person)).toBe("second-factor");
  return browser;
}

const mailCode = (person: Person, browser: TestBrowser) =>
  codeMailed(portal, person.email, () =>
    answering(browser.ask("POST", `${FACTOR}/email-code`), 202),
  );

describe("two different factors must be provided to verify an identity", () => {
  it("the password alone opens nothing, not even one's own name", async () => {
    const person = await newPerson({ app: true });
    const browser = await atFactor(person);
    for (const path of ["/api/v1/me", "/api/v1/users", TWO_FACTOR]) {
      const refused = await browser.ask("GET", path);
      expect([refused.status, refused.json.code]).toEqual([403, "second-factor-required"]);
    }
    const passed = await answering(browser.sendCode(portal.freshCodeOf(person)));
    expect(passed.next).toBe("none");
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("the code alone opens nothing: it is asked for after the password", async () => {
    const person = await newPerson({ app: true });
    const browser = portal.browser();
    expect((await browser.sendCode(portal.freshCodeOf(person))).status).toBe(401);
    expect((await browser.signIn(person.email, "not the right one")).status).toBe(401);
    expect((await browser.sendCode(portal.freshCodeOf(person))).status).toBe(401);
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe("two-factor authentication is not necessary", () => {
  it("who has not set it up signs in with the password", async () => {
    const person = await newPerson({ account: await newAccount() });
    const browser = portal.browser();
    expect(await nextAfterPassword(browser, person)).toBe("none");
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe("there are two methods, e-mail and authenticator app, and you set those you want", () => {
  it("both may be on, and either finishes a sign-in", async () => {
    const person = await newPerson();
    const settings = await inSettings(person);
    const app = createAuthenticator((await answering(begin(settings, "app"))).secret, portal);
    await answering(confirm(settings, "app", app.freshCode()));
    await settings.setUpEmail();
    const byApp = await atFactor(person);
    const shown = await answering(byApp.ask("GET", FACTOR));
    expect(shown.methods.toSorted()).toEqual(["app", "email"]);
    await answering(byApp.sendCode(app.freshCode()));
    expect(await isSignedIn(byApp)).toBe(true);
    const byMail = await atFactor(person);
    await answering(byMail.sendCode(await mailCode(person, byMail), { method: "email" }));
    expect(await isSignedIn(byMail)).toBe(true);
  });
});

const begin = ({ browser }: Settings, method: "app" | "email") =>
  browser.ask("POST", `${TWO_FACTOR}/${method}`);
const confirm = ({ browser }: Settings, method: "app" | "email", code: string) =>
  browser.ask("POST", `${TWO_FACTOR}/${method}/confirm`, { body: { code } });

describe("setting up e-mail authentication", () => {
  it("mails six digits, and is enabled once they are entered, not before", async () => {
    const person = await newPerson();
    const settings = await inSettings(person);
    const code = await codeMailed(portal, person.email, () => begin(settings, "email"));
    expect(code).toMatch(/^\d{3} ?\d{3}$/);
    expect((await settings.read()).email).toBeNull();
    expect(await nextAfterPassword(portal.browser(), person)).toBe("none");
    const answer = await answering(confirm(settings, "email", code));
    expect(answer.backupCodes).toHaveLength(10);
    expect((await settings.read()).email).not.toBeNull();
    const browser = await atFactor(person);
    await answering(browser.sendCode(await mailCode(person, browser), { method: "email" }));
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe("setting up the authenticator app", () => {
  it("shows a QR code to scan, and the same secret to type where scanning fails", async () => {
    const settings = await inSettings(await newPerson());
    const { secret, uri, qrCode } = await answering(begin(settings, "app"));
    const typed = secret.replaceAll(" ", "");
    expect(typed).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    expect(new URL(uri).searchParams.get("secret")).toBe(typed);
    expect(qrCode.path).toMatch(/^M/);
  });

  it("is enabled with the six digits that the app generates, not before", async () => {
    const person = await newPerson();
    const settings = await inSettings(person);
    const app = createAuthenticator((await answering(begin(settings, "app"))).secret, portal);
    expect((await settings.read()).app).toBeNull();
    expect(await nextAfterPassword(portal.browser(), person)).toBe("none");
    expect((await confirm(settings, "app", wrongFor(app))).status).toBe(403);
    await answering(confirm(settings, "app", app.freshCode()));
    expect((await settings.read()).app).not.toBeNull();
    const browser = await atFactor(person);
    await answering(browser.sendCode(app.freshCode()));
    expect(await isSignedIn(browser)).toBe(true);
  });
});

/** Six digits that the app shows neither now nor within an hour. */
function wrongFor(app: Authenticator): string {
  const shown = new Set(Array.from({ length: 261 }, (_, index) => app.codeAt(index - 130)));
  for (let number = 0; ; number += 1) {
    const code = String(number).padStart(6, "0");
    if (!shown.has(code)) return code;
  }
}

describe("resetting", () => {
  it("e-mail authentication mails a code; entered, it is reset", async () => {
    const person = await newPerson();
    const settings = await inSettings(person);
    await settings.setUpEmail();
    const before = (await settings.read()).email.setUpAt;
    portal.advance(MINUTE_MS);
    await settings.setUpEmail();
    expect(Date.parse((await settings.read()).email.setUpAt)).toBe(Date.parse(before) + MINUTE_MS);
    const browser = await atFactor(person);
    await answering(browser.sendCode(await mailCode(person, browser), { method: "email" }));
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("the app shows a new QR code; the old app is good until a code of the new one", async () => {
    const person = await newPerson({ app: true });
    const old = person.app;
    const settings = await inSettings(person);
    const app = createAuthenticator((await answering(begin(settings, "app"))).secret, portal);
    expect(app.secret).not.toBe(old?.secret);
    await answering((await atFactor(person)).sendCode(portal.freshCodeOf(person)));
    await answering(confirm(settings, "app", app.freshCode()));
    const browser = await atFactor(person);
    expect((await browser.sendCode(portal.freshCodeOf(person))).status).toBe(403);
    await answering(browser.sendCode(app.freshCode()));
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe("turning off", () => {
  it.each(["email", "app"] as const)("disables %s, and the other stays", async (method) => {
    const person = await newPerson({ app: true });
    const settings = await inSettings(person);
    await settings.setUpEmail();
    await answering(settings.browser.ask("DELETE", `${TWO_FACTOR}/${method}`), 204);
    const shown = await answering((await atFactor(person)).ask("GET", FACTOR));
    expect(shown.methods).toEqual([method === "app" ? "email" : "app"]);
  });

  it("of the last method leaves the password alone to sign in with", async () => {
    const person = await newPerson({ app: true });
    const settings = await inSettings(person);
    await answering(settings.browser.ask("DELETE", `${TWO_FACTOR}/app`), 204);
    expect(await nextAfterPassword(portal.browser(), person)).toBe("none");
  });

  it("and setting up ask first who it is", async () => {
    const person = await newPerson({ app: true });
    const browser = await portal.signedIn(person);
    for (const [how, path] of [
      ["POST", `${TWO_FACTOR}/app`],
      ["POST", `${TWO_FACTOR}/email`],
      ["DELETE", `${TWO_FACTOR}/app`],
    ] as const) {
      const refused = await browser.ask(how, path);
      expect([refused.status, refused.json.code]).toEqual([403, "proof-required"]);
    }
    await answering(
      browser.ask("POST", PROOF, { body: { method: "app", code: portal.freshCodeOf(person) } }),
    );
    await answering(browser.ask("POST", `${TWO_FACTOR}/app`));
  });
});

describe("the frequency of two-factor authentication", () => {
  const skip = { frequency: "14-days-skip", required: { enabled: false } };

  it("every login can be set, and is the default", async () => {
    const account = await newAccount();
    const { value } = await portal.must("GET", `${RULE}?account=${account}`);
    expect(value.frequency).toBe("every-login");
    const person = await newPerson({ app: true, account });
    const browser = await portal.signedIn(person);
    const shown = await answering((await atFactor(person)).ask("GET", FACTOR));
    expect(shown.trustDays).toBeNull();
    for (let again = 0; again < 2; again += 1) {
      expect(await nextAfterPassword(browser, person)).toBe("second-factor");
      const body = { trustBrowser: true };
      await answering(browser.sendCode(portal.freshCodeOf(person), body));
    }
  });

  /** A person of an account with 14 days skip, and a browser they trust. */
  async function trusting() {
    const account = await newAccount();
    const person = await newPerson({ app: true, account });
    await portal.must("PUT", `${RULE}?account=${account}`, { value: skip });
    const browser = await atFactor(person);
    expect((await answering(browser.ask("GET", FACTOR))).trustDays).toBe(14);
    await answering(browser.sendCode(portal.freshCodeOf(person), { trustBrowser: true }));
    return { account, person, browser };
  }

  it("14 days skip asks a trusted browser again after fourteen days, used or not", async () => {
    const { person, browser } = await trusting();
    portal.advance(14 * DAY_MS - 1);
    expect(await nextAfterPassword(browser, person)).toBe("none");
    expect(await isSignedIn(browser)).toBe(true);
    portal.advance(1);
    expect(await nextAfterPassword(browser, person)).toBe("second-factor");
  });

  it("asks in a browser that was not trusted, as the user did not want it", async () => {
    const { person } = await trusting();
    const browser = await portal.signedIn(person);
    expect(await nextAfterPassword(browser, person)).toBe("second-factor");
  });

  it("asks again when the browser's cookies are cleared", async () => {
    const { person, browser } = await trusting();
    browser.cookies.clear();
    expect(await nextAfterPassword(browser, person)).toBe("second-factor");
  });

  it("asks in a different browser", async () => {
    const { person } = await trusting();
    expect(await nextAfterPassword(portal.browser(), person)).toBe("second-factor");
  });

  it("asks everywhere again after going back to every login, and stays so", async () => {
    const { account, person, browser } = await trusting();
    const every = { ...skip, frequency: "every-login" };
    await portal.must("PUT", `${RULE}?account=${account}`, { value: every });
    expect(await nextAfterPassword(browser, person)).toBe("second-factor");
    await portal.must("PUT", `${RULE}?account=${account}`, { value: skip });
    expect(await nextAfterPassword(browser, person)).toBe("second-factor");
  });
});

describe("a backup code for the login", () => {
  it("signs in once in the place of a code", async () => {
    const person = await newPerson({ app: true });
    expect(person.backupCodes).toHaveLength(10);
    const [code = ""] = person.backupCodes;
    const browser = await atFactor(person);
    await answering(browser.sendCode(code, { method: "backup-code" }));
    expect(await isSignedIn(browser)).toBe(true);
    const again = await atFactor(person);
    expect((await again.sendCode(code, { method: "backup-code" })).status).toBe(403);
    expect(await isSignedIn(again)).toBe(false);
  });
});

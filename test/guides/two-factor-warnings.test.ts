// The contact centre guide, "2FA Warning Messages", sentence by sentence, over HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiAnswer } from "../attacks/start-gate.ts";
import { codeMailed, openSettings, textsTo, wrongCode } from "../people/open-settings.ts";
import type { MailingPortal } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const FACTOR = "/api/v1/sign-in/second-factor";
/** The guide's own words. */
const WARNING = /^Please try again in five minutes\./;

let portal: MailingPortal;
let count = 0;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-guide-"));
  portal = { ...(await startPeople({ dataDir })), dataDir };
});
afterAll(async () => {
  await portal.stop();
  rmSync(portal.dataDir, { recursive: true, force: true });
});

function newPerson(): Promise<Person> {
  count += 1;
  return portal.addPerson({ email: `grace-${count}@example.com`, app: true });
}

/** A browser in which the password was right. */
async function atFactor({ email, password }: Person): Promise<TestBrowser> {
  const browser = portal.browser();
  expect((await browser.signIn(email, password)).json.next).toBe("second-factor");
  return browser;
}

/** Six digits that the person's app shows neither now nor within an hour. */
function wrongFor({ app }: Person): string {
  const shown = new Set(Array.from({ length: 261 }, (_, index) => app?.codeAt(index - 130)));
  for (let number = 0; ; number += 1) {
    const code = String(number).padStart(6, "0");
    if (!shown.has(code)) return code;
  }
}

/** What the page shows of the count. */
async function shownIn(browser: TestBrowser): Promise<ApiAnswer["json"]> {
  const answer = await browser.ask("GET", FACTOR);
  expect(answer.status).toBe(200);
  return answer.json;
}

function expectPaused({ status, headers, json }: ApiAnswer): void {
  expect([status, json.code]).toEqual([429, "codes-paused"]);
  expect(json.detail).toMatch(WARNING);
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(headers["retry-after"])).toBeLessThanOrEqual(300);
}

/** Up to the wrong code that is told; pauses are waited for. */
async function sendWrong(person: Person, browser: TestBrowser, times: number) {
  let last: ApiAnswer | undefined;
  for (let attempt = 1; attempt <= times; attempt += 1) {
    const { pausedUntil } = await shownIn(browser);
    if (pausedUntil !== null) portal.advance(5 * MINUTE_MS);
    last = await browser.sendCode(wrongFor(person));
  }
  if (last === undefined) throw new Error("no code was sent");
  return last;
}

describe("five attempts to enter the code", () => {
  it("are shown, one less after each wrong code, and five again after a right one", async () => {
    const person = await newPerson();
    const browser = await atFactor(person);
    expect((await shownIn(browser)).attemptsLeft).toBe(5);
    for (const left of [4, 3]) {
      const refused = await browser.sendCode(wrongFor(person));
      expect([refused.status, refused.json.code]).toEqual([403, "code-wrong"]);
      expect((await shownIn(browser)).attemptsLeft).toBe(left);
    }
    expect((await browser.sendCode(portal.freshCodeOf(person))).status).toBe(200);
    expect((await shownIn(await atFactor(person))).attemptsLeft).toBe(5);
  });

  it("are counted for the user, not for one sign-in", async () => {
    const person = await newPerson();
    await sendWrong(person, await atFactor(person), 2);
    const browser = await atFactor(person);
    expect((await shownIn(browser)).attemptsLeft).toBe(3);
    expectPaused(await browser.sendCode(wrongFor(person)));
  });

  it("are counted together for codes of the app and of mails", async () => {
    const person = await newPerson();
    await (await openSettings(portal, person)).setUpEmail();
    const browser = await atFactor(person);
    await sendWrong(person, browser, 1);
    const mailed = await codeMailed(portal, person.email, () =>
      browser.ask("POST", `${FACTOR}/email-code`),
    );
    const refused = await browser.sendCode(wrongCode(mailed), { method: "email" });
    expect([refused.status, refused.json.code]).toEqual([403, "code-wrong"]);
    expect((await shownIn(browser)).attemptsLeft).toBe(3);
  });
});

describe("the third and the fourth wrong code", () => {
  it.each([3, 4])("number %i brings the warning to try again in five minutes", async (number) => {
    const person = await newPerson();
    const browser = await atFactor(person);
    expectPaused(await sendWrong(person, browser, number));
    const { attemptsLeft, pausedUntil } = await shownIn(browser);
    expect([attemptsLeft, Date.parse(pausedUntil)]).toEqual([
      5 - number,
      portal.nowMs() + 5 * MINUTE_MS,
    ]);
  });

  it("let no code pass for five minutes, not even the right one, and then it does", async () => {
    const person = await newPerson();
    const browser = await atFactor(person);
    await sendWrong(person, browser, 3);
    portal.advance(5 * MINUTE_MS - 1);
    // Of an app that is right to the second.
    expectPaused(await browser.sendCode(person.app?.codeAt()));
    expect((await shownIn(browser)).attemptsLeft).toBe(2);
    portal.advance(1);
    expect((await browser.sendCode(person.app?.codeAt())).status).toBe(200);
  });
});

describe("the fifth wrong code", () => {
  it("ends the sign-in, locks codes for thirty minutes, and is mailed to the user", async () => {
    const person = await newPerson();
    await sendWrong(person, await atFactor(person), 4);
    portal.advance(5 * MINUTE_MS);
    const browser = await atFactor(person);
    const ended = await browser.sendCode(wrongFor(person));
    expect([ended.status, ended.json.code]).toEqual([401, "sign-in-ended"]);
    expect(ended.json.detail).toMatch(/thirty minutes/);
    expect((await browser.ask("GET", FACTOR)).status).toBe(401);
    await portal.server.identity.mails.flush();
    const texts = [...textsTo(portal.dataDir, person.email).values()];
    expect(texts.filter((text) => /wrong codes/i.test(text))).toHaveLength(1);

    portal.advance(30 * MINUTE_MS - 1);
    const later = await atFactor(person);
    const locked = await later.sendCode(person.app?.codeAt());
    expect([locked.status, locked.json.code]).toEqual([429, "codes-locked"]);
    portal.advance(1);
    expect((await later.sendCode(person.app?.codeAt())).status).toBe(200);
  });
});

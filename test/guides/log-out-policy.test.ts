// The contact centre guide, "Log-out Policy", sentence by sentence, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const RULE = "/api/v1/identity-policies/log-out";

let portal: RunningPeople;
let count = 0;

beforeAll(async () => {
  portal = await startPeople();
});
afterAll(() => portal.stop());

async function newAccount(): Promise<string> {
  count += 1;
  const code = `client-${count}`;
  await portal.addAccount(code);
  return code;
}

function newPerson(accounts: Readonly<Record<string, "admin" | "agent">>): Promise<Person> {
  count += 1;
  return portal.addPerson({ email: `ada-${count}@example.com`, accounts });
}

function setRule(code: string, value: unknown) {
  return portal.api("PUT", `${RULE}?account=${code}`, { value });
}

async function isOpen(browser: TestBrowser): Promise<boolean> {
  const answer = await browser.ask("GET", "/api/v1/me", {
    headers: { "x-postern-background": "1" },
  });
  if (answer.status === 200) return true;
  expect([answer.status, answer.json.code]).toEqual([401, "session-idle"]);
  return false;
}

describe("the default display is 30 minutes", () => {
  it("an account that set nothing logs out after 30 minutes without activity", async () => {
    const code = await newAccount();
    const shown = await portal.must("GET", `${RULE}?account=${code}`);
    expect(shown.value).toEqual({ enabled: true, minutes: 30 });
    const browser = await portal.signedIn(await newPerson({ [code]: "agent" }));
    portal.advance(30 * MINUTE_MS - 1);
    expect(await isOpen(browser)).toBe(true);
    portal.advance(1);
    expect(await isOpen(browser)).toBe(false);
  });

  it("activity begins the 30 minutes anew, polling does not", async () => {
    const code = await newAccount();
    const browser = await portal.signedIn(await newPerson({ [code]: "agent" }));
    portal.advance(29 * MINUTE_MS);
    expect((await browser.ask("GET", "/api/v1/me")).status).toBe(200);
    for (let minute = 0; minute < 29; minute += 1) {
      portal.advance(MINUTE_MS);
      expect(await isOpen(browser)).toBe(true);
    }
    portal.advance(MINUTE_MS);
    expect(await isOpen(browser)).toBe(false);
  });
});

describe("you can set it to never log out", () => {
  it("and a session stays for a year", async () => {
    const code = await newAccount();
    expect((await setRule(code, { enabled: false, minutes: 30 })).status).toBe(200);
    const browser = await portal.signedIn(await newPerson({ [code]: "agent" }));
    portal.advance(365 * 24 * 60 * MINUTE_MS);
    expect(await isOpen(browser)).toBe(true);
  });
});

describe("the minimum can be set to 15 minutes, the maximum to 999", () => {
  it.each([15, 999])("%i is accepted, and holds to the minute", async (minutes) => {
    const code = await newAccount();
    expect((await setRule(code, { enabled: true, minutes })).status).toBe(200);
    const browser = await portal.signedIn(await newPerson({ [code]: "agent" }));
    portal.advance(minutes * MINUTE_MS - 1);
    expect(await isOpen(browser)).toBe(true);
    portal.advance(1);
    expect(await isOpen(browser)).toBe(false);
  });

  it.each([14, 1000, 0, -15, 15.5, "30", null])(
    "%j is refused with what is accepted",
    async (minutes) => {
      const code = await newAccount();
      const answer = await setRule(code, { enabled: true, minutes });
      expect([400, 422]).toContain(answer.status);
      const { path, message } = answer.json.errors[0];
      expect(path).toBe("/value/minutes");
      expect(message).toMatch(/15.*999|integer/);
      const shown = await portal.must("GET", `${RULE}?account=${code}`);
      expect(shown.value.minutes).toBe(30);
    },
  );
});

describe("whose rule it is", () => {
  it("a shorter value holds at once, for sessions that are open", async () => {
    const code = await newAccount();
    const browser = await portal.signedIn(await newPerson({ [code]: "agent" }));
    portal.advance(20 * MINUTE_MS);
    expect(await isOpen(browser)).toBe(true);
    await setRule(code, { enabled: true, minutes: 15 });
    expect(await isOpen(browser)).toBe(false);
  });

  it("the primary account's holds for a user of two", async () => {
    const [primary, other] = [await newAccount(), await newAccount()];
    await setRule(primary, { enabled: true, minutes: 60 });
    await setRule(other, { enabled: true, minutes: 15 });
    const browser = await portal.signedIn(
      await newPerson({ [primary]: "agent", [other]: "admin" }),
    );
    portal.advance(59 * MINUTE_MS);
    expect(await isOpen(browser)).toBe(true);
    portal.advance(MINUTE_MS);
    expect(await isOpen(browser)).toBe(false);
  });
});

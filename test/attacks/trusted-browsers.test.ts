// Attacks on trusted browsers: everything that ends trust, and cookies that are somebody else's.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticator } from "../people/authenticator.ts";
import { choosePassword, PASSWORD, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const RULES = "/api/v1/identity-policies/two-factor";
const TRUST = "__Host-postern-trust";
const OTHER_PASSWORD = "a-quiet-evening-at-home";

let portal: RunningPeople;
let count = 0;
beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "globex"]) {
    await portal.addAccount(code);
    await setFrequency(code, "14-days-skip");
  }
});
afterAll(() => portal.stop());

async function setFrequency(code: string, frequency: string): Promise<void> {
  const value = { frequency, required: { enabled: false } };
  await portal.must("PUT", `${RULES}?account=${code}`, { value });
}

function addWithApp(code = "acme"): Promise<Person> {
  count += 1;
  const email = `trust${count}@example.com`;
  return portal.addPerson({ email, accounts: { [code]: "agent" }, app: true });
}

/** Signed in, and trusted from now on. */
async function trustedBrowser(person: Person): Promise<TestBrowser> {
  const browser = portal.browser();
  await browser.signIn(person.email, person.password);
  const answer = await browser.sendCode(portal.freshCodeOf(person), { trustBrowser: true });
  expect(answer.status).toBe(200);
  expect(browser.cookies.has(TRUST)).toBe(true);
  return browser;
}

async function nextOf(browser: TestBrowser, person: Person, password = PASSWORD): Promise<string> {
  return (await browser.signIn(person.email, password)).json.next;
}

async function prove(browser: TestBrowser): Promise<void> {
  const body = { method: "password", password: PASSWORD };
  expect((await browser.ask("POST", "/api/v1/me/proof", { body })).status).toBe(200);
}

type Ending = (person: Person, browser: TestBrowser) => Promise<string | undefined>;

const ENDINGS: Readonly<Record<string, Ending>> = {
  "the user changes the password": async (_, browser) => {
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD };
    expect((await browser.ask("POST", "/api/v1/me/password", { body })).status).toBe(200);
    return OTHER_PASSWORD;
  },
  "the password is reset by a mailed link": async ({ id }) => {
    await choosePassword(portal, id, OTHER_PASSWORD);
    return OTHER_PASSWORD;
  },
  "an administrator sets the password": async ({ id }) => {
    await portal.must("PUT", `/api/v1/users/${id}/password`, { newPassword: OTHER_PASSWORD });
    return OTHER_PASSWORD;
  },
  "the user is disabled and enabled": async ({ id }) => {
    await portal.must("PATCH", `/api/v1/users/${id}`, { isDisabled: true });
    await portal.must("PATCH", `/api/v1/users/${id}`, { isDisabled: false });
    return undefined;
  },
  "the rule goes to every login and back": async () => {
    await setFrequency("acme", "every-login");
    await setFrequency("acme", "14-days-skip");
    return undefined;
  },
  "the user ends it in the settings": async (_, browser) => {
    const gone = await browser.ask("DELETE", "/api/v1/me/trusted-browsers");
    expect(gone.status).toBeLessThan(300);
    return undefined;
  },
  "the user resets the app": async (_, browser) => {
    await prove(browser);
    const shown = await browser.ask("POST", "/api/v1/me/two-factor/app", { body: {} });
    expect(shown.status).toBe(200);
    const code = createAuthenticator(String(shown.json.secret), portal).codeAt();
    const path = "/api/v1/me/two-factor/app/confirm";
    expect((await browser.ask("POST", path, { body: { code } })).status).toBe(200);
    return undefined;
  },
};

describe("what ends the trust of a browser", () => {
  it.each(Object.entries(ENDINGS))("%s", async (_, end) => {
    portal.advance(MINUTE_MS);
    const person = await addWithApp();
    const browser = await trustedBrowser(person);
    expect(await nextOf(browser, person)).toBe("none");
    const cookie = browser.cookies.get(TRUST)!;
    const password = await end(person, browser);
    const again = portal.browser();
    again.cookies.set(TRUST, cookie);
    expect(await nextOf(again, person, password ?? PASSWORD)).toBe("second-factor");
  });

  it("a new e-mail address", async () => {
    const person = await addWithApp();
    const browser = await trustedBrowser(person);
    const email = "moved@example.com";
    await portal.must("PATCH", `/api/v1/users/${person.id}`, { email });
    expect(await nextOf(browser, { ...person, email })).toBe("second-factor");
  });

  it("an administrator's reset of the second factor, for the next one too", async () => {
    const person = await addWithApp();
    const browser = await trustedBrowser(person);
    await portal.must("DELETE", `/api/v1/users/${person.id}/two-factor`);
    expect(await nextOf(browser, person)).toBe("none");
    const own = await portal.signedIn({ ...person, app: null });
    const { trustedBrowsers } = (await own.ask("GET", "/api/v1/me/two-factor")).json;
    expect(trustedBrowsers).toEqual([]);
  });

  it("not what happens to another account's rules, or to another user", async () => {
    const [person, other] = [await addWithApp(), await addWithApp("globex")];
    const [browser, otherBrowser] = [await trustedBrowser(person), await trustedBrowser(other)];
    await setFrequency("globex", "every-login");
    expect(await nextOf(otherBrowser, other)).toBe("second-factor");
    expect(await nextOf(browser, person)).toBe("none");
    // Another user's cookie, and one that was made up, are worth nothing.
    const foreign = portal.browser();
    for (const token of [otherBrowser.cookies.get(TRUST)!, "A".repeat(43), "x"]) {
      foreign.cookies.set(TRUST, token);
      expect(await nextOf(foreign, person)).toBe("second-factor");
    }
  });

  it("the fixed end after fourteen days, however often it was used", async () => {
    const person = await addWithApp();
    const browser = await trustedBrowser(person);
    for (let day = 1; day < 14; day += 1) {
      portal.advance(24 * 60 * MINUTE_MS);
      expect([day, await nextOf(browser, person)]).toEqual([day, "none"]);
    }
    portal.advance(24 * 60 * MINUTE_MS);
    expect(await nextOf(browser, person)).toBe("second-factor");
  });
});

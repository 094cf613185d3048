// The call tracking guide, "User Authentication", sentence by sentence, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choosePassword, PASSWORD, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople } from "../people/start-people.ts";

const DAY_MS = 86_400_000;
const RULES = "/api/v1/identity-policies/user-authentication";

let portal: RunningPeople;
let count = 0;

beforeAll(async () => {
  portal = await startPeople();
});
afterAll(() => portal.stop());

/** An account of its own, so that no test sees another's rules. */
async function newAccount(rules: Readonly<Record<string, unknown>> = {}): Promise<string> {
  count += 1;
  const code = `client-${count}`;
  await portal.addAccount(code);
  await setRules(code, rules);
  return code;
}

async function setRules(code: string, rules: Readonly<Record<string, unknown>>): Promise<void> {
  const { value } = await portal.must("GET", `${RULES}?account=${code}`);
  await portal.must("PUT", `${RULES}?account=${code}`, { value: { ...value, ...rules } });
}

const MIXED = "Quiet-River-76";

function newPerson(code: string, password = PASSWORD): Promise<Person> {
  count += 1;
  const email = `ada-${count}@example.com`;
  return portal.addPerson({ email, accounts: { [code]: "agent" }, password });
}

async function changeTo(person: Person, newPassword: string, currentPassword = person.password) {
  const browser = await portal.signedIn({ ...person, password: currentPassword });
  const body = { currentPassword, newPassword };
  const answer = await browser.ask("POST", "/api/v1/me/password", { body });
  const errors: readonly { path: string; message: string }[] = answer.json?.errors ?? [];
  return { status: answer.status, errors };
}

describe("Password minimum 8 characters", () => {
  it("on at first: seven characters are refused beside the field, eight pass", async () => {
    const person = await newPerson(await newAccount());
    const seven = await changeTo(person, "xq7-Vbn");
    expect(seven.status).toBe(422);
    expect(seven.errors[0]?.path).toBe("/newPassword");
    expect(seven.errors[0]?.message).toMatch(/at least 8 characters/);
    expect((await changeTo(person, "xq7-Vbnz")).status).toBeLessThan(300);
  });

  it("switched off, seven characters pass", async () => {
    const minimumLength = { enabled: false, characters: 8 };
    const person = await newPerson(await newAccount({ minimumLength }));
    expect((await changeTo(person, "xq7-Vbn")).status).toBeLessThan(300);
  });
});

describe("Password must include at least 1 uppercase, 1 lowercase and 1 number", () => {
  it.each([
    ["no uppercase", "quiet-river-77"],
    ["no lowercase", "QUIET-RIVER-77"],
    ["no number", "Quiet-River-Stone"],
    ["letters of other alphabets in place of A-Z", "ßtille-ärger-77Ä"],
  ])("on, %s is refused", async (_what, password) => {
    const code = await newAccount({ mixedCharacters: { enabled: true } });
    const answer = await changeTo(await newPerson(code, MIXED), password);
    expect(answer.status).toBe(422);
    expect(answer.errors[0]?.path).toBe("/newPassword");
  });

  it("on, one of each passes; off at first, none is asked", async () => {
    const code = await newAccount({ mixedCharacters: { enabled: true } });
    const strict = await newPerson(code, MIXED);
    expect((await changeTo(strict, "Quiet-River-77")).status).toBeLessThan(300);
    const lax = await newPerson(await newAccount());
    expect((await changeTo(lax, "quiet-river-stone")).status).toBeLessThan(300);
  });
});

describe("Password expires after 90 days", () => {
  const expiry = { enabled: true, days: 90 };

  it("on, a sign-in after 90 days asks for a new one, and opens nothing before", async () => {
    const person = await newPerson(await newAccount({ expiry }));
    portal.advance(90 * DAY_MS - 1000);
    expect((await portal.browser().signIn(person.email, PASSWORD)).json.next).toBe("none");
    portal.advance(1000);
    const browser = portal.browser();
    expect((await browser.signIn(person.email, PASSWORD)).json.next).toBe("change-password");
    const sessions = await browser.ask("GET", "/api/v1/me/sessions");
    expect([sessions.status, sessions.json.code]).toEqual([403, "password-change-required"]);
    const body = { currentPassword: PASSWORD, newPassword: "another-quiet-evening" };
    expect((await browser.ask("POST", "/api/v1/me/password", { body })).status).toBeLessThan(300);
    expect((await browser.ask("GET", "/api/v1/me/sessions")).status).toBe(200);
  });

  it("off at first: the same password opens after a year", async () => {
    const person = await newPerson(await newAccount());
    portal.advance(365 * DAY_MS);
    expect((await portal.browser().signIn(person.email, PASSWORD)).json.next).toBe("none");
  });
});

describe("Check for password history", () => {
  const chain = ["first-of-them-all", "second-of-them-all", "third-of-them-all"];

  it("on, none of the last five can be chosen again, the sixth back can", async () => {
    const person = await newPerson(
      await newAccount({ history: { enabled: true, passwords: 5 } }),
      "zeroth-of-them-all",
    );
    let current = person.password;
    for (const next of [...chain, "fourth-of-them-all"]) {
      expect((await changeTo(person, next, current)).status).toBeLessThan(300);
      current = next;
    }
    // Five are tracked: the zeroth to the fourth.
    for (const old of ["zeroth-of-them-all", ...chain, current]) {
      const answer = await changeTo(person, old, current);
      expect([old, answer.status, answer.errors[0]?.path]).toEqual([old, 422, "/newPassword"]);
    }
    expect((await changeTo(person, "fifth-of-them-all", current)).status).toBeLessThan(300);
    const back = await changeTo(person, "zeroth-of-them-all", "fifth-of-them-all");
    expect(back.status).toBeLessThan(300);
  });

  it("kept from day one: switched on later, earlier passwords are refused at once", async () => {
    const code = await newAccount();
    const person = await newPerson(code);
    expect((await changeTo(person, chain[0]!)).status).toBeLessThan(300);
    await setRules(code, { history: { enabled: true, passwords: 5 } });
    expect((await changeTo(person, PASSWORD, chain[0])).status).toBe(422);
  });
});

describe("Lockout user for too many incorrect login attempts", () => {
  it("on at first: five wrong ones do not lock", async () => {
    const person = await newPerson(await newAccount());
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      const answer = await portal.browser().signIn(person.email, `wrong-${wrong}`);
      expect(answer.status).toBe(401);
    }
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });

  it("the sixth locks; the right one is refused until the reset steps are followed", async () => {
    const person = await newPerson(await newAccount());
    for (let wrong = 1; wrong <= 6; wrong += 1) {
      await portal.browser().signIn(person.email, `wrong-${wrong}`);
    }
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(401);
    const shown = await portal.must("GET", `/api/v1/users/${person.id}`);
    expect(shown.signIn.status).toBe("locked");
    await choosePassword(portal, person.id, "after-the-reset-steps");
    const again = await portal.browser().signIn(person.email, "after-the-reset-steps");
    expect(again.status).toBe(200);
  });

  it("switched off, twenty wrong ones do not lock", async () => {
    const lockout = { enabled: false, wrongPasswordsMax: 5 };
    const person = await newPerson(await newAccount({ lockout }));
    for (let wrong = 1; wrong <= 20; wrong += 1) {
      await portal.browser().signIn(person.email, `wrong-${wrong}`);
    }
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });
});

describe("Lockout user who has not logged in for 6 months", () => {
  const dormancy = { enabled: true, months: 6 };

  it("on, the user is logged out and refused, and the reset steps open again", async () => {
    const person = await newPerson(await newAccount({ dormancy }));
    const browser = await portal.signedIn(person);
    portal.advance(185 * DAY_MS);
    const open = await browser.ask("GET", "/api/v1/me");
    expect(open.status).toBe(401);
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(401);
    expect((await portal.must("GET", `/api/v1/users/${person.id}`)).signIn.status).toBe("dormant");
    await choosePassword(portal, person.id, "after-half-a-year");
    expect((await portal.browser().signIn(person.email, "after-half-a-year")).status).toBe(200);
  });

  it("on, the time for which a user was disabled does not count", async () => {
    const person = await newPerson(await newAccount({ dormancy }));
    await portal.must("PATCH", `/api/v1/users/${person.id}`, { isDisabled: true });
    portal.advance(185 * DAY_MS);
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(401);
    await portal.must("PATCH", `/api/v1/users/${person.id}`, { isDisabled: false });
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });

  it("off at first: a user who comes back after a year signs in", async () => {
    const person = await newPerson(await newAccount());
    portal.advance(366 * DAY_MS);
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });
});

describe("the rules of the primary account apply", () => {
  it("a user of two accounts follows the first one's rules, whichever is looked at", async () => {
    const strict = await newAccount({ mixedCharacters: { enabled: true } });
    const lax = await newAccount({ minimumLength: { enabled: false, characters: 8 } });
    const accounts = { [strict]: "agent", [lax]: "admin" } as const;
    const person = await portal.addPerson({
      email: "two@example.com",
      accounts,
      password: MIXED,
    });
    expect((await changeTo(person, "quiet-river-stone")).status).toBe(422);
    await portal.must("PATCH", `/api/v1/users/${person.id}`, { primaryAccount: lax });
    expect((await changeTo(person, "xq7-vbn")).status).toBeLessThan(300);
  });

  it("rules are one client account's own: changing one leaves the others", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await setRules(one, { expiry: { enabled: true, days: 1 } });
    const { value } = await portal.must("GET", `${RULES}?account=${other}`);
    expect(value.expiry).toEqual({ enabled: false, days: 90 });
  });
});

// Attacks on people's sign-in that meet the network's rules, other accounts, or the records.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choosePassword, PASSWORD, startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";

const DAY_MS = 86_400_000;
const RULES = "/api/v1/identity-policies/user-authentication";

let portal: RunningPeople;
beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
});
afterAll(() => portal.stop());

async function setRules(code: string, rules: Readonly<Record<string, unknown>>): Promise<void> {
  const { value } = await portal.must("GET", `${RULES}?account=${code}`);
  await portal.must("PUT", `${RULES}?account=${code}`, { value: { ...value, ...rules } });
}

async function bansOf(address: string): Promise<readonly { readonly cause: string }[]> {
  const { bans } = await portal.must("GET", `/api/v1/bans?covering=${address}`);
  return bans;
}

describe("row 53: success resets nothing for the address", () => {
  it("eleven guesses with a good sign-in after each five ban all the same", async () => {
    const own = await portal.addPerson({ email: "own@example.com", accounts: { acme: "agent" } });
    const address = "203.0.113.53";
    const browser = portal.browser(address);
    for (let guess = 1; guess <= 11; guess += 1) {
      const answer = await browser.signIn(`nobody-${guess}@example.com`, `guess-${guess}`);
      expect(answer.status).toBe(401);
      if (guess % 5 === 0) expect((await browser.signIn(own.email, PASSWORD)).status).toBe(200);
    }
    expect((await browser.signIn(own.email, PASSWORD)).status).toBe(403);
    expect((await bansOf(address)).map(({ cause }) => cause)).toEqual(["failed-authentication"]);
  });
});

describe("row 54: every kind of failure counts for the address", () => {
  it("passwords, links and API tokens together make the eleven", async () => {
    const address = "203.0.113.54";
    const browser = portal.browser(address);
    for (let guess = 1; guess <= 4; guess += 1) {
      await browser.signIn("nobody@example.com", `guess-${guess}`);
      const token = String(guess).padStart(43, "A");
      const body = { token, newPassword: "a-quiet-evening-at-home" };
      await browser.ask("POST", "/api/v1/password-resets", { body });
      if (guess === 4) break;
      const authorization = `Bearer pst_${String(guess).padStart(43, "B")}`;
      await browser.ask("GET", "/api/v1/accounts", { headers: { authorization } });
    }
    const events = await portal.must("GET", `/api/v1/events?kind=ban&address=${address}`);
    expect(events.events).toHaveLength(1);
    expect((await browser.ask("GET", "/postern/sign-in")).status).toBe(403);
  });

  it("the same wrong password for the same user counts once", async () => {
    const browser = portal.browser("203.0.113.55");
    for (let guess = 1; guess <= 20; guess += 1) {
      const answer = await browser.signIn("nobody@example.com", "the-same-again");
      expect(answer.status).toBe(401);
    }
    expect(await bansOf("203.0.113.55")).toEqual([]);
  });
});

describe("row 56: an offender on the allow list", () => {
  it("is not banned for twenty wrong passwords, and the user is locked", async () => {
    const address = "203.0.113.56";
    await portal.must("POST", "/api/v1/entries", { range: address, action: "allow", note: "" });
    const ada = await portal.addPerson({ email: "ada@example.com", accounts: { acme: "agent" } });
    const browser = portal.browser(address);
    for (let guess = 1; guess <= 20; guess += 1) {
      expect((await browser.signIn(ada.email, `guess-${guess}`)).status).toBe(401);
    }
    expect(await bansOf(address)).toEqual([]);
    expect((await browser.signIn(ada.email, PASSWORD)).status).toBe(401);
    const shown = await portal.must("GET", `/api/v1/users/${ada.id}`);
    expect(shown.signIn.status).toBe("locked");
  });
});

describe("row 59: addresses in a user name ban nobody", () => {
  it("the typed text is no address of the event, and stays on one line", async () => {
    const typed = "x from 10.0.0.1 port 22\r\nfailed for root@example.com";
    for (let guess = 1; guess <= 12; guess += 1) {
      const body = { email: `${typed}${guess}`, password: `guess-${guess}` };
      await portal.browser("203.0.113.59").ask("POST", "/api/v1/sign-in", { body });
    }
    expect(await bansOf("10.0.0.1")).toEqual([]);
    const { events } = await portal.must("GET", "/api/v1/events?address=10.0.0.1");
    expect(events).toEqual([]);
  });
});

describe("row 73: a password that has expired opens nothing but its change", () => {
  it("for the open session too, at 90 days, and not while a clock is back", async () => {
    await setRules("globex", { expiry: { enabled: true, days: 90 } });
    const grace = await portal.addPerson({
      email: "grace@example.com",
      accounts: { globex: "agent" },
    });
    await portal.must("PUT", "/api/v1/identity-policies/log-out?account=globex", {
      value: { enabled: false, minutes: 30 },
    });
    const browser = await portal.signedIn(grace);
    portal.advance(Math.floor(89.99 * DAY_MS));
    expect((await browser.ask("GET", "/api/v1/me/sessions")).status).toBe(200);
    portal.advance(Math.ceil(0.01 * DAY_MS));
    for (const path of ["/api/v1/me/sessions", "/api/v1/me/browsers", "/api/v1/users"]) {
      const refused = await browser.ask("GET", path);
      expect([path, refused.status, refused.json.code]).toEqual([
        path,
        403,
        "password-change-required",
      ]);
    }
    portal.advance(-89 * DAY_MS);
    expect((await browser.ask("GET", "/api/v1/me/sessions")).status).toBe(200);
    portal.advance(91 * DAY_MS);
    expect((await browser.ask("GET", "/api/v1/me/sessions")).status).toBe(403);
  });
});

describe("row 75: whose rules a user of two accounts follows", () => {
  it("the primary one's, whatever the lax one's admin does; then the strictest", async () => {
    for (const code of ["strict", "lax", "middle"]) await portal.addAccount(code);
    await setRules("strict", { minimumLength: { enabled: true, characters: 20 } });
    await setRules("middle", { minimumLength: { enabled: true, characters: 16 } });
    const accounts = { strict: "agent", lax: "agent", middle: "agent" } as const;
    const lin = await portal.addPerson({ email: "lin@example.com", accounts });
    const admin = await portal.addPerson({ email: "lax@example.com", accounts: { lax: "admin" } });
    const browser = await portal.signedIn(admin);
    const loosened = await browser.ask("PUT", `${RULES}?account=lax`, {
      body: {
        value: {
          ...(await portal.must("GET", `${RULES}?account=lax`)).value,
          minimumLength: { enabled: false, characters: 8 },
        },
      },
    });
    expect(loosened.status).toBe(200);
    const { value } = await portal.must("GET", `${RULES}?account=lax`);
    for (const code of ["strict", "no-such"]) {
      const foreign = await browser.ask("PUT", `${RULES}?account=${code}`, { body: { value } });
      expect([code, foreign.status, foreign.json.code]).toEqual([code, 404, "account-not-found"]);
    }
    const change = async (newPassword: string) => {
      const own = await portal.signedIn(lin);
      const body = { currentPassword: PASSWORD, newPassword };
      return (await own.ask("POST", "/api/v1/me/password", { body })).status;
    };
    expect(await change("nineteen-characters")).toBe(422);
    const gone = await portal.api("DELETE", `/api/v1/users/${lin.id}/memberships/strict`);
    expect(gone.status).toBeLessThan(300);
    expect(await change("fifteen-letters")).toBe(422);
    expect(await change("sixteen-letters!")).toBeLessThan(300);
  });
});

describe("an account's rules and the platform's operators", () => {
  it("do not meet: no admin weakens or locks an operator who is a member too", async () => {
    await portal.addAccount("lair");
    const accounts = { lair: "agent" } as const;
    const wanted = { email: "op@example.com", isOperator: true, accounts };
    const operator = await portal.addPerson(wanted);
    await setRules("lair", {
      lockout: { enabled: true, wrongPasswordsMax: 1 },
      minimumLength: { enabled: true, characters: 60 },
    });
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await portal.browser().signIn(operator.email, `wrong-${wrong}`);
    }
    const browser = await portal.signedIn(operator);
    const { charactersMin } = (await browser.ask("GET", "/api/v1/me/password-rules")).json;
    expect(charactersMin).toBe(8);
    const { users } = await portal.must("GET", `${RULES}?account=lair`);
    expect(users).toBe(0);
  });
});

describe("row 78: no secret in logs, records or the store", () => {
  it("finds no password, token or cookie after a life of sign-ins", async () => {
    const lines: string[] = [];
    const dataDir = mkdtempSync(join(tmpdir(), "postern-secrets-"));
    const other = await startPeople({ dataDir, onLogLine: (line) => lines.push(line) });
    const secrets = [PASSWORD, "Wrong-Secret-0815", "Chosen-Secret-4711"];
    try {
      await other.addAccount("acme");
      const ada = await other.addPerson({ email: "ada@example.com", accounts: { acme: "agent" } });
      const { url } = await other.must("POST", `/api/v1/users/${ada.id}/password-link`);
      secrets.push(String(url).split("#token=")[1]!);
      const browser = await other.signedIn(ada);
      secrets.push(...browser.cookies.values());
      await browser.signIn(ada.email, "Wrong-Secret-0815");
      const body = { currentPassword: PASSWORD, newPassword: "Chosen-Secret-4711" };
      await browser.ask("POST", "/api/v1/me/password", { body });
      secrets.push(...browser.cookies.values());
      await browser.ask("GET", `/api/v1/me?token=${secrets[3]}`);
      await choosePassword(other, ada.id, "Chosen-Secret-4712");
      const { events } = await other.must("GET", "/api/v1/events?limit=1000");
      expect(events.length).toBeGreaterThan(5);
      lines.push(JSON.stringify(events));
    } finally {
      await other.stop();
    }
    for (const name of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
      if (!name.isFile() || name.name.endsWith(".mmdb")) continue;
      lines.push(readFileSync(join(name.parentPath, name.name), "latin1"));
    }
    rmSync(dataDir, { recursive: true, force: true });
    expect(new Set(secrets).size).toBeGreaterThanOrEqual(6);
    const text = lines.join("\n");
    expect(text).toContain("ada@example.com");
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

// What a stolen session or token must not become: somebody's sign-in for good.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choosePassword, PASSWORD, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: RunningPeople;
let people = 0;
beforeAll(async () => {
  portal = await startPeople({ dataDir });
  await portal.addAccount("acme");
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function newPerson(role: "admin" | "agent" | "operator"): Promise<Person> {
  people += 1;
  const email = `person-${people}@example.com`;
  return role === "operator"
    ? portal.addPerson({ email, isOperator: true })
    : portal.addPerson({ email, accounts: { acme: role } });
}

/** A script with a token and no cookies. */
async function scriptWith(...scopes: readonly string[]): Promise<TestBrowser["ask"]> {
  const { token } = await portal.must("POST", "/api/v1/tokens", { name: "pbx", scopes });
  const own = { authorization: `Bearer ${token}`, origin: null, cookie: null };
  return (method, path, asked = {}) =>
    portal.browser().ask(method, path, { ...asked, headers: { ...own, ...asked.headers } });
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json.code];

/** The texts of all mails to an address, as they lie in the outbox. */
function textsTo(email: string): readonly string[] {
  const folder = join(dataDir, "outbox");
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.filter((text) => text.startsWith(`To: ${email}\n`));
}

describe("a stolen session", () => {
  it.each(["operator", "admin"] as const)(
    "of an %s moves no e-mail address of its own; somebody else does it",
    async (role) => {
      const person = await newPerson(role);
      const path = `/api/v1/users/${person.id}`;
      const browser = await portal.signedIn(person);
      const body = { email: `mallory-${role}@example.org` };
      const refused = await browser.ask("PATCH", path, { body });
      expect(refusalOf(refused)).toEqual([409, "own-user"]);
      expect(refused.json.errors).toMatchObject([{ path: "/email" }]);
      expect(refused.json.detail).toMatch(/operator or admin.*`postern user set-email`/);
      expect((await portal.must("GET", path)).email).toBe(person.email);
      const named = await browser.ask("PATCH", path, { body: { name: "N", email: person.email } });
      expect(named.status).toBe(200);
      const other = await portal.signedIn(await newPerson("operator"));
      expect((await other.ask("PATCH", path, { body })).json.email).toBe(body.email);
    },
  );

  it("does not come back when its disabled user is enabled, nor a link of before", async () => {
    const person = await newPerson("agent");
    const path = `/api/v1/users/${person.id}`;
    const stolen = await portal.signedIn(person);
    const { url } = await portal.must("POST", `${path}/password-link`);
    await portal.must("PATCH", path, { isDisabled: true });
    await portal.must("PATCH", path, { isDisabled: false });
    expect(refusalOf(await stolen.ask("GET", "/api/v1/me"))).toEqual([401, "session-ended"]);
    const body = { token: String(url).split("#token=")[1], newPassword: "a-stone-in-the-river" };
    const reset = await portal.browser().ask("POST", "/api/v1/password-resets", { body });
    expect(refusalOf(reset)).toEqual([404, "link-invalid"]);
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });
});

describe("a half sign-in", () => {
  it("ends with the rest when the user is disabled", async () => {
    const person = await newPerson("agent");
    const path = `/api/v1/users/${person.id}`;
    await portal.must("PUT", `${path}/password`, { newPassword: "given-by-somebody-else" });
    const browser = portal.browser();
    const half = await browser.signIn(person.email, "given-by-somebody-else");
    expect(half.json.next).toBe("change-password");
    await portal.must("PATCH", path, { isDisabled: true });
    await portal.must("PATCH", path, { isDisabled: false });
    expect(refusalOf(await browser.ask("GET", "/api/v1/me"))).toEqual([401, "session-ended"]);
  });
});

describe("a changed e-mail address", () => {
  it("is told to the old one: by whom and when, never the new one", async () => {
    const operator = await newPerson("operator");
    const person = await newPerson("agent");
    const path = `/api/v1/users/${person.id}`;
    const [first, second] = ["moved@example.org", "moved-again@example.org"];
    const browser = await portal.signedIn(operator);
    expect((await browser.ask("PATCH", path, { body: { email: first } })).status).toBe(200);
    await portal.must("PATCH", path, { email: second });
    await expect.poll(() => textsTo(first).length).toBe(1);
    await expect.poll(() => textsTo(person.email).length).toBe(1);
    const [byOperator, byHost] = [textsTo(person.email)[0]!, textsTo(first)[0]!];
    expect(byOperator).toContain(`By: ${operator.email}\n`);
    expect(byHost).toContain("By: the platform's host\n");
    for (const text of [byOperator, byHost]) {
      expect(text).toMatch(/^Subject: Your e-mail address for .* was changed$/m);
      expect(text).toMatch(/^Changed: \d+ \w+ \d{4}, \d\d:\d\d UTC$/m);
      expect(text).not.toContain(second);
    }
    expect(byOperator).not.toContain(first);
    expect(textsTo(second)).toEqual([]);
    // Nothing to tell, nothing told.
    await portal.must("PATCH", path, { name: "Moved", email: second });
    expect(textsTo(second)).toEqual([]);
  });
});

describe("a token that went astray", () => {
  const REFUSED = [403, "token-refused"];

  it("adds users, and opens nobody's sign-in", async () => {
    const script = await scriptWith("policy:read", "policy:write");
    const body = { email: "by-token@example.com", name: "By token" };
    const added = await script("POST", "/api/v1/users", { body });
    expect(added.status).toBe(201);
    const path = `/api/v1/users/${added.json.id}`;
    const moved = await script("PATCH", path, { body: { email: "mallory@example.org" } });
    expect(refusalOf(moved)).toEqual(REFUSED);
    expect(moved.json.errors).toMatchObject([{ path: "/email" }]);
    const invited = await script("POST", `${path}/invitation`);
    expect(refusalOf(invited)).toEqual(REFUSED);
    for (const answer of [moved, invited]) expect(answer.json.detail).toMatch(/^API tokens .*\.$/);
    expect((await portal.must("GET", path)).email).toBe(body.email);
    await choosePassword(portal, added.json.id, PASSWORD);
    const renamed = await script("PATCH", path, { body: { name: "Renamed", email: body.email } });
    expect(renamed.json.name).toBe("Renamed");
    expect((await script("PATCH", path, { body: { isDisabled: true } })).status).toBe(200);
  });

  it("sees where somebody signs in with journal:read only", async () => {
    const { id } = await newPerson("agent");
    const policy = await scriptWith("policy:read", "policy:write");
    const journal = await scriptWith("journal:read");
    for (const what of ["sign-ins", "sessions"]) {
      const path = `/api/v1/users/${id}/${what}`;
      const refused = await policy("GET", path);
      expect(refusalOf(refused)).toEqual([403, "scope-missing"]);
      expect(refused.json.scope).toBe("journal:read");
      expect((await journal("GET", path)).status).toBe(200);
    }
    const admin = await portal.signedIn(await newPerson("admin"));
    expect((await admin.ask("GET", `/api/v1/users/${id}/sign-ins`)).status).toBe(200);
  });
});

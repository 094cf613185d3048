// Previews through the API: what whoever asks is told, before anything is changed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHANGE_HEADER } from "../../src/api/unconfirmed-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

const GERMAN = "5.9.1.1";
const ELSEWHERE = "203.0.113.7";

let portal: RunningPeople;
/** Of acme. */
let admin: TestBrowser;

function deny(range: string, account?: string) {
  const add = [{ range, action: "deny", expiresAt: null }];
  return { kind: "address-list", ...(account === undefined ? {} : { account }), add, remove: [] };
}

async function previewOf(changes: readonly object[]) {
  return portal.must("POST", "/api/v1/previews", { period: "24h", changes });
}

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const routes = ["acme", "beta"].map((account) => {
    return { host: `${account}.example.com`, pathPrefix: "/", surface: "portal", account };
  });
  await portal.must("PUT", "/api/v1/policy/routes", { value: { routes } });
  const ann = await portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } });
  admin = await portal.signedIn(ann, GERMAN);
  for (let visit = 0; visit < 3; visit += 1) {
    await portal.ask("nginx", { host: "acme.example.com", clientAddress: GERMAN });
  }
  await portal.ask("nginx", { host: "beta.example.com", clientAddress: GERMAN });
  await portal.ask("nginx", { host: "beta.example.com", clientAddress: ELSEWHERE });
  portal.advance(61_000);
});

afterAll(() => portal.stop());

describe("a preview", () => {
  it("tells an operator who would be refused, by name, and changes nothing", async () => {
    const { value } = await portal.must("GET", "/api/v1/policy/country");
    const country = { ...value, mode: "enforce", countries: { DE: "deny" } };
    const sections = [{ section: "country", value: country }];
    const found = await previewOf([{ kind: "network-policy", sections }]);
    expect(found.differences).toMatchObject({
      addresses: 1,
      users: 1,
      verdicts: [{ before: "pass", after: "refuse", addresses: 1 }],
      reasons: [{ before: "no-rule-matched", after: "country-denied" }],
      countries: [{ country: "DE" }],
    });
    const example = found.differences.examples.find(
      ({ account }: { account: string | null }) => account === "acme",
    );
    expect(example).toMatchObject({
      address: GERMAN,
      surface: "portal",
      requests: 3,
      users: [{ email: "ann@example.com" }],
      before: { verdict: "pass", reason: "no-rule-matched" },
      after: { verdict: "refuse", reason: "country-denied" },
    });
    expect(found.effects).toEqual([]);
    expect((await portal.must("GET", "/api/v1/policy/country")).value).toEqual(value);
  });

  it("tells an admin of the visits of their account alone, and of no other account", async () => {
    const ask = (account: string) =>
      admin.ask("POST", "/api/v1/previews", {
        body: { period: "24h", changes: [deny("0.0.0.0/0", account)] },
      });
    const own = await ask("acme");
    expect(own.json).toMatchObject({
      requests: 3,
      addresses: 1,
      differences: { requests: 3, users: 1, accounts: [{ account: "acme", requests: 3 }] },
    });
    expect(own.text).not.toContain("beta");
    expect((await ask("beta")).status).toBe(404);
    const platform = await admin.ask("POST", "/api/v1/previews", {
      body: { period: "24h", changes: [deny("0.0.0.0/0")] },
    });
    expect(platform.json.code).toBe("operator-required");
  });

  it("says what saving would refuse, and what records do not tell", async () => {
    const refused = await portal.api("POST", "/api/v1/previews", {
      period: "24h",
      changes: [deny("010.0.0.1")],
    });
    expect(refused.json).toMatchObject({ status: 400, code: "address-refused" });
    const gone = await portal.api("POST", "/api/v1/previews", {
      period: "24h",
      changes: [{ kind: "address-list", add: [], remove: [4711] }],
    });
    expect(gone.json.code).toBe("entry-not-found");
    const sections = [{ section: "routes", value: { routes: [] } }];
    const { notes, requests } = await previewOf([{ kind: "network-policy", sections }]);
    expect(requests).toBeGreaterThanOrEqual(5);
    expect(notes).toEqual([{ code: "routes-not-recorded", requests }]);
  });

  it("says that rules it judges by wait to be confirmed, and of no other account's", async () => {
    const note = { code: "rules-unconfirmed", requests: 0 };
    const notesOf = async (change: object) => (await previewOf([change])).notes;
    const save = async (path: string, value: object) => {
      const answer = await portal.api("PUT", path, { value });
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      return String(answer.headers[CHANGE_HEADER]);
    };
    const country = "/api/v1/policy/country?confirmMinutes=5";
    const { value } = await portal.must("GET", "/api/v1/policy/country");
    expect(await notesOf(deny("192.0.2.0/24", "acme"))).not.toContainEqual(note);

    const beta = await save(`${country}&account=beta`, { ...value, mode: "monitor" });
    expect(await notesOf(deny("192.0.2.0/24"))).toContainEqual(note);
    expect(await notesOf(deny("192.0.2.0/24", "beta"))).toContainEqual(note);
    const body = { period: "24h", changes: [deny("192.0.2.0/24", "acme")] };
    const own = await admin.ask("POST", "/api/v1/previews", { body });
    expect(own.json.notes).toEqual([]);
    await portal.must("POST", `/api/v1/unconfirmed-changes/${beta}/take-back`);

    await save(country, { ...value, mode: "monitor" });
    expect((await admin.ask("POST", "/api/v1/previews", { body })).json.notes).toEqual([note]);
    portal.advance(5 * 60_000);
    expect(await notesOf(deny("192.0.2.0/24"))).not.toContainEqual(note);
  });
});

describe("a preview tells whom saving would lock out", () => {
  let operator: TestBrowser;
  const country = (countries: object) => {
    const all = { defaultAction: "allow", unknown: "allow", private: "allow" };
    const value = { mode: "enforce", ...all, countries };
    return { kind: "network-policy", sections: [{ section: "country", value }] };
  };
  const ask = (by: TestBrowser, changes: readonly object[]) =>
    by.ask("POST", "/api/v1/previews", { body: { period: "24h", changes } });

  beforeAll(async () => {
    const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
    operator = await portal.signedIn(olga, "81.2.69.10");
  });

  it("as saving does, and nobody where it would be saved", async () => {
    const change = country({ GB: "deny" });
    const { value } = change.sections[0]!;
    // What was counted of the last minute stands in the steps.
    portal.advance(61_000);
    const saved = await operator.ask("PUT", "/api/v1/policy/country", { body: { value } });
    expect(saved.json.code).toBe("would-lock-out");
    portal.advance(61_000);
    const { json } = await ask(operator, [change]);
    expect(saved.json).toMatchObject(json.lockout);
    expect(json.lockout).toMatchObject({
      who: "you",
      address: "81.2.69.10",
      decision: { reason: "country-denied" },
      remedy: { code: "allow-address", range: "81.2.69.10" },
    });
    expect((await ask(operator, [country({ JP: "deny" })])).json.lockout).toBeNull();
    // Of the host's shell: the operators, of whom one is here and none elsewhere.
    expect((await previewOf([change])).lockout).toMatchObject({ who: "operators" });
  });

  it("by a second factor that they have not, and by audio's rules", async () => {
    const value = { frequency: "every-login", required: { enabled: true } };
    const factor = { kind: "identity-policy", section: "two-factor", value };
    expect((await ask(operator, [factor])).json.lockout).toMatchObject({
      who: "you",
      address: null,
      remedy: { code: "set-up-second-factor" },
    });
    const rule = { mode: "ip-whitelist", whitelist: ["192.0.2.0/24"], onlyShareable: false };
    const audio = { kind: "audio-policy", account: "acme", value: rule };
    expect((await ask(admin, [audio])).json.lockout).toMatchObject({
      surface: "audio",
      account: "acme",
      remedy: { code: "add-to-whitelist", range: GERMAN },
    });
  });

  it("and an account's admin nothing of the platform's lists by it", async () => {
    const note = "a rival of ours";
    const rival = { range: "203.0.113.0/24", action: "deny", note };
    const { id } = (await portal.must("POST", "/api/v1/entries", rival)).entry;
    const { json, text } = await ask(admin, [deny(GERMAN, "acme")]);
    expect(json.lockout).toMatchObject({ account: "acme", decision: { reason: "on-deny-list" } });
    expect(text).not.toContain(note);
    await portal.must("DELETE", `/api/v1/entries/${id}`);
  });
});

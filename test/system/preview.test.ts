// Previews through the API: what whoever asks is told, before anything is changed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
});

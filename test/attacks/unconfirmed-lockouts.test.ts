// What waits to be confirmed locks nobody out unasked: not when it goes back, and not by halves.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import { answerTo, countryRule, listWaiting, MINUTE_MS, takeBackAll } from "./waiting-changes.ts";

const HERE = "81.2.69.10";
const OVERRIDE = `lockoutOverride=${encodeURIComponent(LOCKOUT_OVERRIDE)}`;
const NOBODY = { ...countryRule("DE").value, countries: {}, defaultAction: "deny" };

let portal: RunningPeople;
let operator: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  const value = { enabled: false, minutes: 30 };
  await portal.must("PUT", "/api/v1/identity-policies/log-out", { value });
  const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
  operator = await portal.signedIn(olga, HERE);
});
afterEach(async () => {
  await takeBackAll(portal);
  await setCountry("off");
  const { entries } = await portal.must("GET", "/api/v1/entries");
  for (const { id } of entries) await shell("DELETE", `/api/v1/entries/${id}`);
});
afterAll(() => portal.stop());

/** As the host's shell, whomever it locks out. */
function shell(method: string, path: string, body?: unknown) {
  const separator = path.includes("?") ? "&" : "?";
  return portal.must(method, `${path}${separator}${OVERRIDE}`, body);
}

const setCountry = (mode: string, query = "") =>
  shell("PUT", `/api/v1/policy/country${query}`, { value: { ...NOBODY, mode } });

const entry = (range: string, action: string, query = "") =>
  shell("POST", `/api/v1/entries${query}`, { range, action });

/** Of ten minutes that have just begun. */
const inTenMinutes = () => new Date(portal.nowMs() + 10 * MINUTE_MS).toISOString();

describe("a change that locks out once another has gone back is refused, with the time", () => {
  it.each([
    {
      name: "an allow entry lets them in for ten minutes",
      before: () => entry(HERE, "allow", "?confirmMinutes=10"),
      change: (by: TestBrowser) =>
        by.ask("PUT", "/api/v1/policy/country", {
          body: { value: { ...NOBODY, mode: "enforce" } },
        }),
    },
    {
      name: "a rule is off for ten minutes",
      before: async () => {
        const { entry: own } = await entry(HERE, "allow");
        await setCountry("enforce");
        await setCountry("off", "?confirmMinutes=10");
        return own.id;
      },
      change: async (by: TestBrowser) => {
        const { entries } = await portal.must("GET", "/api/v1/entries");
        return by.ask("DELETE", `/api/v1/entries/${entries[0].id}`);
      },
    },
    {
      name: "the lists only monitor for ten minutes",
      before: () =>
        shell("PUT", "/api/v1/policy/address-lists?confirmMinutes=10", {
          value: { mode: "monitor" },
        }),
      change: (by: TestBrowser) =>
        by.ask("POST", "/api/v1/entries", { body: { range: "81.2.69.0/24", action: "deny" } }),
    },
  ])("$name", async ({ before, change }) => {
    await before();
    const refused = await change(operator);
    expect([refused.status, refused.json]).toMatchObject([
      409,
      { code: "would-lock-out", who: "you", address: HERE, at: inTenMinutes() },
    ]);
    expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
  });

  it("and one that does not is made", async () => {
    await entry("203.0.113.1", "allow", "?confirmMinutes=10");
    const body = { range: "203.0.113.0/24", action: "deny" };
    expect((await operator.ask("POST", "/api/v1/entries", { body })).status).toBe(201);
  });
});

it("whoever takes a change back is asked like whoever makes one", async () => {
  await entry(HERE, "deny");
  const { entries } = await portal.must("GET", "/api/v1/entries");
  await shell("DELETE", `/api/v1/entries/${entries[0].id}?confirmMinutes=10`);
  const [change] = await listWaiting(portal);
  const refused = await answerTo(operator, change!.changeId, "take-back");
  expect([refused.status, refused.json.code]).toEqual([409, "would-lock-out"]);
  expect(await listWaiting(portal)).toHaveLength(1);
  const path = `/api/v1/unconfirmed-changes/${change!.changeId}/take-back?${OVERRIDE}`;
  expect((await operator.ask("POST", path, { body: {} })).status).toBe(200);
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(403);
});

it("an account's rules are confirmed only from where they let in", async () => {
  const path = "/api/v1/policy/country?account=acme";
  const nobody = { value: { ...NOBODY, mode: "enforce", unknown: "deny", private: "deny" } };
  await shell("PUT", `${path}&confirmMinutes=10`, nobody);
  const [change] = await listWaiting(portal);
  const refused = await answerTo(operator, change!.changeId, "confirm");
  expect([refused.status, refused.json.code]).toEqual([409, "confirm-refused-here"]);
  expect(refused.json.detail).toContain("rules of acme");
  expect(refused.json.detail).toContain("country-denied");
  expect(await listWaiting(portal)).toHaveLength(1);
  await shell("POST", "/api/v1/entries", { range: HERE, action: "allow", account: "acme" });
  expect((await answerTo(operator, change!.changeId, "confirm")).status).toBe(200);
});

describe("a part that cannot be as it was keeps none of the others", () => {
  const routes = (account: string | null) => ({
    routes: [
      { host: "a.example.com", pathPrefix: `/${account ?? "none"}`, surface: "portal", account },
    ],
  });

  it("routes to an account that is gone go with it, and the lock-out goes back", async () => {
    await portal.addAccount("beta");
    await shell("PUT", "/api/v1/policy/routes", { value: routes("beta") });
    const file = {
      version: 1,
      platform: { routes: { routes: [] }, country: { ...NOBODY, mode: "enforce" } },
    };
    const path = `/api/v1/policy-file/apply?confirmMinutes=10&${OVERRIDE}`;
    const applied = await portal.upload(path, "application/yaml", JSON.stringify(file));
    expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
    await portal.must("DELETE", "/api/v1/accounts/beta?confirm=beta");
    expect((await operator.ask("GET", "/api/v1/me")).status).toBe(403);
    portal.advance(10 * MINUTE_MS);
    expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
    expect(await listWaiting(portal)).toEqual([]);
    expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
    expect((await portal.must("GET", "/api/v1/policy/routes")).value).toEqual({ routes: [] });
  });

  it("entries that end while the others are stored stay ended", async () => {
    const lines = Array.from({ length: 500 }, (_, at) => {
      const endsAt = new Date(portal.nowMs() + MINUTE_MS + at + 1).toISOString();
      return `203.0.113.${at & 255},deny,n,${endsAt}`;
    });
    const list = ["range,action,note,expiresAt", ...lines.slice(0, 250)].join("\n");
    const imported = await portal.upload("/api/v1/entries/import", "text/csv", list);
    expect([imported.status, imported.text]).toEqual([200, expect.any(String)]);
    await entry("198.51.100.1", "deny");
    const { entries } = await portal.must("GET", "/api/v1/entries?limit=1000");
    const file = { version: 1, platform: { entries: [] } };
    const path = `/api/v1/policy-file/apply?confirmMinutes=1&${OVERRIDE}`;
    await portal.upload(path, "application/yaml", JSON.stringify(file));
    expect(entries).toHaveLength(251);
    // Time goes on while it goes back: each look at the clock is a millisecond later.
    portal.advance(MINUTE_MS);
    const ticking = setInterval(() => portal.advance(1), 1);
    try {
      await expect.poll(() => listWaiting(portal)).toEqual([]);
      const blocked = await portal.ask("nginx", { clientAddress: "198.51.100.1" });
      expect(blocked.realStatus).toBe(403);
      const { events } = await portal.must("GET", "/api/v1/events?group=alarms&limit=1");
      expect(events.map(({ reason }: { reason: string }) => reason)).not.toContain("change-kept");
    } finally {
      clearInterval(ticking);
    }
  });
});

it("a change of forty accounts goes back whole", async () => {
  const codes = Array.from({ length: 40 }, (_, at) => `many-${at}`);
  for (const code of codes) await portal.addAccount(code);
  const rules = { country: { ...countryRule("DE").value }, "address-lists": { mode: "monitor" } };
  const file = { version: 1, accounts: Object.fromEntries(codes.map((code) => [code, rules])) };
  const path = "/api/v1/policy-file/apply?confirmMinutes=10";
  const applied = await portal.upload(path, "application/yaml", JSON.stringify(file));
  expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
  const [change] = await listWaiting(portal);
  expect(change!.parts).toHaveLength(80);
  portal.advance(10 * MINUTE_MS);
  expect(await listWaiting(portal)).toEqual([]);
  const { value } = await portal.must("GET", "/api/v1/policy/country?account=many-39");
  expect(value.mode).toBe("off");
}, 60_000);

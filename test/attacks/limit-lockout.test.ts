// Limits lock nobody out unasked: not operators at work, and not whom a change makes count.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { POLICY_FILE_TYPE } from "../../src/api/policy-file-api.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";
import { MINUTE_MS, takeBackAll } from "./waiting-changes.ts";

const [AT_HOME, ABROAD] = ["81.2.69.10", "5.9.0.7"];
const OVERRIDE = `lockoutOverride=${encodeURIComponent(LOCKOUT_OVERRIDE)}`;
const AS_IT_WAS = { version: 1, platform: { ...PLATFORM_POLICY_DEFAULT, entries: [] } };
const HOUR_MS = 60 * MINUTE_MS;

let portal: RunningPeople;
let home: TestBrowser;
let abroad: TestBrowser;
let program: (method: string, path: string, body: object) => Promise<ApiAnswer>;

beforeAll(async () => {
  portal = await startPeople();
  const value = { enabled: false, minutes: 30 };
  await portal.must("PUT", "/api/v1/identity-policies/log-out", { value });
  const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
  const otto = await portal.addPerson({ email: "otto@example.com", isOperator: true });
  [home, abroad] = [await portal.signedIn(olga, AT_HOME), await portal.signedIn(otto, ABROAD)];
  const scopes = ["policy:read", "policy:write"];
  const made = await portal.must("POST", "/api/v1/tokens", { name: "deploy", scopes });
  const headers = {
    authorization: `Bearer ${made.token}`,
    origin: null,
    "sec-fetch-site": null,
  };
  const ofProgram = portal.browser("192.0.2.77");
  program = (method, path, body) => ofProgram.ask(method, path, { body, headers });
});
beforeEach(async () => {
  for (let turn = 0; turn < 4; turn += 1) await load(home);
  for (let turn = 0; turn < 4; turn += 1) await load(abroad);
});
afterEach(async () => {
  await takeBackAll(portal);
  await applyFile(`?${OVERRIDE}`, AS_IT_WAS);
  // Whom a limit has counted, or banned, begins anew.
  const { bans } = await portal.must("GET", "/api/v1/bans");
  for (const { id } of bans) await portal.must("DELETE", `/api/v1/bans/${id}`);
  portal.advance(2 * HOUR_MS);
});
afterAll(() => portal.stop());

async function load(by: TestBrowser): Promise<number> {
  return (await by.ask("GET", "/api/v1/me")).status;
}

function limits(requestMaxCount: number) {
  const standard = PLATFORM_POLICY_DEFAULT["rate-limits"];
  const api = {
    mode: "enforce",
    requestMaxCount,
    requestMaxSeconds: 3600,
    requestBanExpirySeconds: 60,
  };
  return { ...standard, api };
}

async function applyFile(query: string, file: object) {
  const path = `/api/v1/policy-file/apply${query}`;
  return portal.upload(path, POLICY_FILE_TYPE, JSON.stringify(file));
}

const LIMITS = "/api/v1/policy/rate-limits";

/** What saving answers; a refusal with whom it names. */
function told({ status, json }: ApiAnswer) {
  return status === 409 ? [json.code, json.who, json.decision.reason] : [status];
}

const SHUT_OUT = ["would-lock-out", "operators", "over-rate-limit"];

describe("a limit below what every operator asked for of late", () => {
  it.each([
    { name: "the host's shell", save: () => portal.api("PUT", LIMITS, { value: limits(2) }) },
    { name: "a token", save: () => program("PUT", LIMITS, { value: limits(2) }) },
    {
      name: "a policy file",
      save: () => applyFile("", { version: 1, platform: { "rate-limits": limits(2) } }),
    },
  ])("is not saved by $name", async ({ save }) => {
    expect(told(await save())).toEqual(SHUT_OUT);
    expect([await load(home), await load(abroad)]).toEqual([200, 200]);
  });

  it("is saved where it is above the pace of one of them", async () => {
    portal.advance(HOUR_MS);
    for (let turn = 0; turn < 4; turn += 1) await load(home);
    expect(told(await portal.api("PUT", LIMITS, { value: limits(2) }))).toEqual([200]);
    expect(await load(abroad)).toBe(200);
  });

  it("is saved where one of them is on the allow list", async () => {
    await portal.must("POST", "/api/v1/entries", { range: ABROAD, action: "allow" });
    expect(told(await portal.api("PUT", LIMITS, { value: limits(2) }))).toEqual([200]);
  });

  it("that was saved on purpose makes no other change a lock-out", async () => {
    await portal.must("PUT", `${LIMITS}?${OVERRIDE}`, { value: limits(2) });
    const { value } = await portal.must("GET", "/api/v1/policy/country");
    const saved = await portal.api("PUT", "/api/v1/policy/country", { value });
    expect(told(saved)).toEqual([200]);
    const body = { range: "203.0.113.0/24", action: "deny" };
    expect(told(await portal.api("POST", "/api/v1/entries", body))).toEqual([201]);
  });
});

describe("whoever a standing limit did not count is not counted unasked", () => {
  let entryId = 0;

  beforeEach(async () => {
    const body = { range: AT_HOME, action: "allow" };
    entryId = (await portal.must("POST", "/api/v1/entries", body)).entry.id;
    await portal.must("PUT", `${LIMITS}?${OVERRIDE}`, { value: limits(2) });
    for (let turn = 0; turn < 4; turn += 1) await load(home);
  });

  const entryPath = () => `/api/v1/entries/${entryId}`;
  const inAnHour = () => new Date(portal.nowMs() + HOUR_MS).toISOString();
  async function takeBackTheEntry() {
    await portal.must("DELETE", `${entryPath()}?${OVERRIDE}`);
    const entry = { range: AT_HOME, action: "allow" };
    await portal.must("POST", "/api/v1/entries?confirmMinutes=10", entry);
    const { changes } = await portal.must("GET", "/api/v1/unconfirmed-changes");
    const path = `/api/v1/unconfirmed-changes/${changes[0].changeId}/take-back`;
    return home.ask("POST", path, { body: {} });
  }

  async function goBackToBefore() {
    const { revisions } = await portal.must("GET", "/api/v1/revisions?subject=entries&limit=1");
    const path = `/api/v1/revisions/${revisions[0].number}/restore?to=before`;
    return home.ask("POST", path, { body: {} });
  }

  it.each<readonly [string, () => Promise<ApiAnswer>]>([
    ["its entry deleted", () => home.ask("DELETE", entryPath())],
    [
      "its entry moved away",
      () => home.ask("PATCH", entryPath(), { body: { range: "192.0.2.9" } }),
    ],
    [
      "an end of its entry",
      () => home.ask("PATCH", entryPath(), { body: { expiresAt: inAnHour() } }),
    ],
    [
      "lists that are off",
      () => home.ask("PUT", "/api/v1/policy/address-lists", { body: { value: { mode: "off" } } }),
    ],
    ["going back to before the entry was there", goBackToBefore],
    ["a waiting entry that is taken back", takeBackTheEntry],
  ])("by %s", async (_, change) => {
    const answer = await change();
    expect(told(answer)).toEqual(["would-lock-out", "you", "over-rate-limit"]);
    for (let turn = 0; turn < 4; turn += 1) expect(await load(home)).toBe(200);
  });

  it("nor by confirming what has their entry gone", async () => {
    await portal.must("DELETE", `${entryPath()}?confirmMinutes=10&${OVERRIDE}`);
    const { changes } = await portal.must("GET", "/api/v1/unconfirmed-changes");
    const path = `/api/v1/unconfirmed-changes/${changes[0].changeId}/confirm`;
    const refused = await home.ask("POST", path, { body: {} });
    expect([refused.status, refused.json.code]).toEqual([409, "confirm-refused-here"]);
    expect(refused.json.detail).toContain("over-rate-limit");
    // From an address that asked for less it is confirmed.
    expect((await program("POST", path, {})).status).toBe(200);
  });

  it("and is let off the list where the limit is above their pace", async () => {
    await portal.must("PUT", LIMITS, { value: limits(5000) });
    expect(told(await home.ask("DELETE", entryPath()))).toEqual([200]);
    expect(await load(home)).toBe(200);
  });
});

it("a change is confirmed beside another that waits with a limit of its own", async () => {
  for (let turn = 0; turn < 4; turn += 1) await load(abroad);
  const body = { value: limits(6) };
  await portal.must("PUT", `/api/v1/policy/rate-limits?confirmMinutes=10&${OVERRIDE}`, body);
  const chat = { value: { mode: "monitor", requestsMax: 5, windowSeconds: 60 } };
  const path = "/api/v1/policy/webchat-requests?confirmMinutes=10";
  expect((await abroad.ask("PUT", path, { body: chat })).status).toBe(200);
  const { changes } = (await abroad.ask("GET", "/api/v1/unconfirmed-changes")).json;
  const own = changes.find(({ actor }: { actor: string }) => actor.includes("otto"));
  const confirmed = await abroad.ask(
    "POST",
    `/api/v1/unconfirmed-changes/${own.changeId}/confirm`,
    { body: {} },
  );
  expect([confirmed.status, confirmed.json]).toEqual([200, { changeId: own.changeId }]);
});

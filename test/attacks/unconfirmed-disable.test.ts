// Break-glass while a change waits to be confirmed: it always ends with the rule off.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import type { RevisionAnswer } from "../../src/api/revision-api.ts";
import { CHANGE_HEADER } from "../../src/api/unconfirmed-api.ts";
import type { ApiAnswer } from "./start-gate.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import {
  countryRule,
  listWaiting,
  MINUTE_MS,
  newestRevision,
  reasonAt as reasonOf,
  takeBackAll,
} from "./waiting-changes.ts";

const GERMAN = "5.9.0.10";
const JAPANESE = "133.11.0.10";
const DISABLE = "/api/v1/policy/disable";

let portal: RunningPeople;
let operator: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
  const value = { enabled: false, minutes: 30 };
  await portal.must("PUT", "/api/v1/identity-policies/log-out", { value });
  operator = await portal.signedIn(olga, "198.18.0.1");
});
afterEach(async () => {
  await takeBackAll(portal);
  for (const account of ["", "?account=acme", "?account=beta"]) {
    await portal.must("PUT", `/api/v1/policy/country${account}`, {
      value: { ...countryRule("DE").value, mode: "off" },
    });
  }
});
afterAll(() => portal.stop());

const waiting = () => listWaiting(portal);
const reasonAt = (clientAddress: string) => reasonOf(portal, clientAddress);

type Body = { readonly rule: string; readonly account?: string };
type Break = (body: Body, query?: string) => Promise<ApiAnswer>;

const WAYS: readonly (readonly [string, string, Break])[] = [
  ["the shell", "host shell", (body, query = "") => portal.api("POST", DISABLE + query, body)],
  [
    "an operator",
    "olga@example.com",
    (body, query = "") => operator.ask("POST", DISABLE + query, { body }),
  ],
];

async function newest(count: number): Promise<readonly RevisionAnswer[]> {
  return (await portal.must("GET", `/api/v1/revisions?limit=${count}`)).revisions;
}

function setCountry(denied: string, query: string) {
  return portal.must("PUT", `/api/v1/policy/country${query}`, countryRule(denied));
}

describe.each(WAYS)("break-glass by %s", (_who, actor, disable) => {
  it.each([
    ["the platform's", {}, null],
    ["an account's", { account: "acme" }, "acme"],
  ])("switches %s rule off that waits: it is taken back first", async (_whose, named, account) => {
    const query = account === null ? "" : `account=${account}&`;
    await setCountry("JP", `?${query}`);
    await setCountry("DE", `?${query}confirmMinutes=10`);
    const [change] = await waiting();
    const made = await newestRevision(portal);
    const answer = await disable({ rule: "country", ...named });
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { value: { mode: "off", countries: { JP: "deny" } }, takenBack: [{ ...change }] },
    ]);
    expect(await waiting()).toEqual([]);
    const [off, back] = await newest(2);
    const from = { subject: "country", account };
    expect(back).toMatchObject({ ...from, way: "restore", restores: made.number });
    expect(off).toMatchObject({ ...from, restores: null });
    for (const step of [off, back]) expect(step?.actor).toContain(actor);
    expect(answer.headers[CHANGE_HEADER]).toBe(off?.changeId);
    portal.advance(11 * MINUTE_MS);
    expect(await newestRevision(portal)).toEqual(off);
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, null]);
  });

  it("ends with the rule off for good, though what waits had switched it off already", async () => {
    await setCountry("DE", "");
    expect((await disable({ rule: "country" }, "?confirmMinutes=10")).json.takenBack).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    expect((await disable({ rule: "country" })).json.takenBack).toHaveLength(1);
    portal.advance(11 * MINUTE_MS);
    expect(await reasonAt(GERMAN)).toBeNull();
  });

  it("may be for some minutes itself: then it goes back to the rule before both", async () => {
    await setCountry("JP", "");
    await setCountry("DE", "?confirmMinutes=5");
    await disable({ rule: "country" }, "?confirmMinutes=10");
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, null]);
    expect(await waiting()).toMatchObject([{ parts: [{ subject: "country" }] }]);
    portal.advance(10 * MINUTE_MS);
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, "country-denied"]);
  });

  it("leaves what waits of another rule or owner, and takes back a file whole", async () => {
    const file = {
      version: 1,
      platform: {
        country: countryRule("DE").value,
        entries: [{ range: "203.0.113.77", action: "deny", note: "" }],
      },
    };
    const path = "/api/v1/policy-file/apply?confirmMinutes=10";
    const applied = await portal.upload(path, "application/yaml", JSON.stringify(file));
    expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
    await setCountry("JP", "?account=beta&confirmMinutes=10");
    expect(await reasonAt("203.0.113.77")).toBe("on-deny-list");
    expect((await disable({ rule: "country", account: "acme" })).json.takenBack).toEqual([]);
    expect((await disable({ rule: "address-lists" })).json.takenBack).toEqual([]);
    expect(await waiting()).toHaveLength(2);
    await portal.must("PUT", "/api/v1/policy/address-lists", { value: { mode: "enforce" } });

    const { takenBack } = (await disable({ rule: "country" })).json;
    expect(takenBack).toMatchObject([{ changeId: applied.json.changeId }]);
    expect([await reasonAt(GERMAN), await reasonAt("203.0.113.77")]).toEqual([null, null]);
    expect(await waiting()).toMatchObject([{ parts: [{ account: "beta" }] }]);
  });
});

it("is not kept from it by the rule as it was, which would refuse whoever asks", async () => {
  await portal.must("PUT", "/api/v1/policy/country", countryRule("DE"));
  const free = { value: { ...countryRule("DE").value, mode: "off" } };
  await portal.must("PUT", "/api/v1/policy/country?confirmMinutes=10", free);
  const erik = await portal.addPerson({ email: "erik@example.com", isOperator: true });
  const german = await portal.signedIn(erik, GERMAN);
  const answer = await german.ask("POST", DISABLE, { body: { rule: "country" } });
  expect([answer.status, answer.json.value?.mode]).toEqual([200, "off"]);
  portal.advance(11 * MINUTE_MS);
  expect((await german.ask("GET", "/api/v1/policy/country")).status).toBe(200);
});

it("asks the guard for what goes back beside the rule; a phrase overrides it", async () => {
  const shut = { range: GERMAN, action: "deny", note: "" };
  const { entry } = await portal.must("POST", "/api/v1/entries", shut);
  const file = { version: 1, platform: { country: countryRule("JP").value, entries: [] } };
  const path = "/api/v1/policy-file/apply?confirmMinutes=10";
  const applied = await portal.upload(path, "application/yaml", JSON.stringify(file));
  expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
  const heidi = await portal.addPerson({ email: "heidi@example.com", isOperator: true });
  const german = await portal.signedIn(heidi, GERMAN);
  const disable = (query = "") =>
    german.ask("POST", `${DISABLE}${query}`, { body: { rule: "country" } });
  const last = await newestRevision(portal);
  const refused = await disable();
  expect([refused.status, refused.json.code]).toEqual([409, "would-lock-out"]);
  expect(await newestRevision(portal)).toEqual(last);
  expect(await waiting()).toHaveLength(1);
  const phrase = encodeURIComponent(LOCKOUT_OVERRIDE);
  const answer = await disable(`?lockoutOverride=${phrase}`);
  expect([answer.status, answer.json.value?.mode]).toEqual([200, "off"]);
  expect(await reasonAt(GERMAN)).toBe("on-deny-list");
  expect((await newest(3)).map(({ overrode }) => overrode !== null)).toContain(true);
  const [back] = (await portal.must("GET", `/api/v1/entries?covering=${GERMAN}`)).entries;
  expect(back.id).not.toBe(entry.id);
  await portal.must("DELETE", `/api/v1/entries/${back.id}`);
});

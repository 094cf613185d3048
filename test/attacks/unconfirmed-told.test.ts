// What is told of changes that wait: to whoever saves after them, and of those that went back.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WentBack } from "../../src/api/unconfirmed-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import { countryRule, listWaiting, MINUTE_MS, takeBackAll } from "./waiting-changes.ts";

const LOG_OUT = "/api/v1/identity-policies/log-out";
const AUDIO = "/api/v1/audio-download?account=acme";
const COUNTRY = "/api/v1/policy/country";

let portal: RunningPeople;
let operator: TestBrowser;
let other: TestBrowser;
/** Of acme, and of beta. */
let ann: TestBrowser;
let bob: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const people = await Promise.all([
    portal.addPerson({ email: "olga@example.com", isOperator: true }),
    portal.addPerson({ email: "oleg@example.com", isOperator: true }),
    portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } }),
    portal.addPerson({ email: "bob@example.com", accounts: { beta: "admin" } }),
  ]);
  // Time is turned on by hours here.
  for (const of of ["", "?account=acme", "?account=beta"]) {
    await portal.must("PUT", `${LOG_OUT}${of}`, { value: { enabled: false, minutes: 30 } });
  }
  const [first, second, third, fourth] = people;
  operator = await portal.signedIn(first, "198.18.0.1");
  other = await portal.signedIn(second, "198.18.0.4");
  ann = await portal.signedIn(third, "198.18.0.2");
  bob = await portal.signedIn(fourth, "198.18.0.3");
});
afterAll(() => portal.stop());

async function wentBack(browser?: TestBrowser): Promise<readonly WentBack[]> {
  const path = "/api/v1/unconfirmed-changes";
  if (browser === undefined) return (await portal.must("GET", path)).wentBack;
  return (await browser.ask("GET", path)).json.wentBack;
}

async function put(browser: TestBrowser, path: string, body: unknown) {
  const answer = await browser.ask("PUT", path, { body });
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
}

const idsOf = (changes: readonly { readonly changeId: string }[]) =>
  changes.map(({ changeId }) => changeId);

describe("what went back by itself", () => {
  it("is told to whoever made it, for a day", async () => {
    await put(operator, `${COUNTRY}?confirmMinutes=1`, countryRule("DE"));
    const [waiting] = await listWaiting(portal);
    expect(await wentBack(operator)).toEqual([]);
    portal.advance(MINUTE_MS);
    const wentBackAt = new Date(portal.nowMs()).toISOString();
    const told = {
      changeId: waiting!.changeId,
      madeAt: waiting!.madeAt,
      wentBackAt,
      actor: waiting!.actor,
      parts: waiting!.parts,
    };
    expect(await wentBack(operator)).toEqual([told]);
    expect(await wentBack()).toEqual([told]);
    expect([await wentBack(other), await wentBack(ann)]).toEqual([[], []]);
    portal.advance(1440 * MINUTE_MS);
    expect(await wentBack(operator)).toEqual([told]);
    portal.advance(1);
    expect([await wentBack(operator), await wentBack()]).toEqual([[], []]);
  });

  it("is told to admins of their accounts, once for all that it changed", async () => {
    const mode = { section: "address-lists", value: { mode: "off" } };
    const sections = [{ section: "country", ...countryRule("DE") }, mode];
    await put(ann, "/api/v1/policy?confirmMinutes=1", { account: "acme", sections });
    const [own] = await listWaiting(portal, ann);
    await put(bob, `${COUNTRY}?account=beta&confirmMinutes=1`, countryRule("DE"));
    portal.advance(MINUTE_MS);
    const told = await wentBack(ann);
    expect(idsOf(told)).toEqual([own!.changeId]);
    expect(told[0]!.parts.map(({ subject }) => subject)).toEqual(["country", "address-lists"]);
    expect(idsOf(await wentBack(bob))).toHaveLength(1);
    expect(await wentBack(operator)).toEqual([]);
    expect(await wentBack()).toHaveLength(2);
    portal.advance(1441 * MINUTE_MS);
  });

  it("is not what somebody took back or confirmed", async () => {
    for (const what of ["take-back", "confirm"] as const) {
      await put(operator, `${COUNTRY}?confirmMinutes=10`, countryRule("JP"));
      const [change] = await listWaiting(portal);
      const path = `/api/v1/unconfirmed-changes/${change!.changeId}/${what}`;
      expect((await operator.ask("POST", path, { body: {} })).status).toBe(200);
      portal.advance(11 * MINUTE_MS);
    }
    expect([await wentBack(operator), await wentBack()]).toEqual([[], []]);
  });

  it("is told of the latest twenty", async () => {
    for (let made = 0; made < 22; made += 1) {
      await put(operator, `${COUNTRY}?confirmMinutes=1`, countryRule(made % 2 ? "DE" : "FR"));
      portal.advance(MINUTE_MS);
    }
    const told = await wentBack(operator);
    expect(told).toHaveLength(20);
    const times = told.map(({ wentBackAt }) => wentBackAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(times[0]).toBe(new Date(portal.nowMs()).toISOString());
  });
});

describe("whoever read the rules before a change that waits", () => {
  const audio = (onlyShareable: boolean) => {
    return { value: { mode: "no-restrictions", whitelist: [], onlyShareable } };
  };
  const logOut = (minutes: number) => ({ value: { enabled: false, minutes } });

  it.each([
    ["network rules", COUNTRY, countryRule("DE"), countryRule("FR")],
    ["an account's network rules", `${COUNTRY}?account=acme`, countryRule("DE"), countryRule("FR")],
    ["rules of sign-ins", LOG_OUT, logOut(40), logOut(50)],
    ["rules of recordings", AUDIO, audio(true), audio(false)],
  ])("is told that it waits, then saves: %s", async (_name, path, theirs, mine) => {
    const { version } = await portal.must("GET", path);
    const minutes = `${path}${path.includes("?") ? "&" : "?"}confirmMinutes=10`;
    await put(other, minutes, theirs);
    const [change] = await listWaiting(portal);
    const save = (over: number) => operator.ask("PUT", path, { body: { ...mine, version: over } });
    const early = await save(version);
    expect([early.status, early.json]).toMatchObject([
      409,
      { code: "change-waits", changeId: change!.changeId, actor: change!.actor },
    ]);
    await takeBackAll(portal);
    const moved = await save(version);
    expect([moved.status, moved.json.code]).toEqual([412, "policy-moved-on"]);
    expect((await save((await portal.must("GET", path)).version)).status).toBe(200);
  });

  it("is told that they moved on where another section waits", async () => {
    const { version } = await portal.must("GET", COUNTRY);
    await put(other, COUNTRY, countryRule("IT"));
    await put(other, `${LOG_OUT}?confirmMinutes=10`, logOut(60));
    await put(other, `${COUNTRY}?account=acme&confirmMinutes=10`, countryRule("IT"));
    const answer = await operator.ask("PUT", COUNTRY, { body: { ...countryRule("ES"), version } });
    expect([answer.status, answer.json.code]).toEqual([412, "policy-moved-on"]);
    await takeBackAll(portal);
  });
});

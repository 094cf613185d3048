// Changes that wait to be confirmed: in force until their time, then as if never made.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createStandingClock } from "../contracts/open-store.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import { startGate } from "./start-gate.ts";
import {
  answerTo,
  countryRule,
  listWaiting,
  MINUTE_MS,
  newestRevision,
  reasonAt as reasonOf,
  takeBackAll,
} from "./waiting-changes.ts";

const GERMAN = "5.9.0.10";
const JAPANESE = "133.11.0.10";

let portal: RunningPeople;
let operator: TestBrowser;
/** Of acme, and of beta. */
let ann: TestBrowser;
let bob: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
  const annOfAcme = { email: "ann@example.com", accounts: { acme: "admin" } } as const;
  const bobOfBeta = { email: "bob@example.com", accounts: { beta: "admin" } } as const;
  const [one, other] = [await portal.addPerson(annOfAcme), await portal.addPerson(bobOfBeta)];
  // Time is turned on by hours here.
  for (const of of ["", "?account=acme", "?account=beta"]) {
    const value = { enabled: false, minutes: 30 };
    await portal.must("PUT", `/api/v1/identity-policies/log-out${of}`, { value });
  }
  operator = await portal.signedIn(olga, "198.18.0.1");
  ann = await portal.signedIn(one, "198.18.0.2");
  bob = await portal.signedIn(other, "198.18.0.3");
});
afterEach(async () => {
  await takeBackAll(portal);
});
afterAll(() => portal.stop());

async function put(path: string, body: unknown): Promise<void> {
  const answer = await operator.ask("PUT", path, { body });
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
}

const setCountry = (denied: string, query = "") =>
  put(`/api/v1/policy/country${query}`, countryRule(denied));

const waiting = (browser?: TestBrowser) => listWaiting(portal, browser);
const reasonAt = (clientAddress: string) => reasonOf(portal, clientAddress);
const newest = () => newestRevision(portal);

async function passAll(): Promise<void> {
  portal.advance(1440 * MINUTE_MS);
  expect(await waiting()).toEqual([]);
}

describe("a section saved for ten minutes", () => {
  it("is in force to the last millisecond, and from then on as if never made", async () => {
    await setCountry("JP");
    const before = await portal.must("GET", "/api/v1/policy/country");
    await setCountry("DE", "?confirmMinutes=10");
    const made = await newest();
    expect(await waiting()).toEqual([
      {
        changeId: made.changeId,
        madeAt: new Date(portal.nowMs()).toISOString(),
        goesBackAt: new Date(portal.nowMs() + 10 * MINUTE_MS).toISOString(),
        secondsLeft: 600,
        actor: expect.stringMatching(/^olga@example\.com /),
        address: "198.18.0.1",
        parts: [{ revision: made.number, subject: "country", account: null, entries: 0 }],
      },
    ]);
    portal.advance(10 * MINUTE_MS - 1);
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual(["country-denied", null]);
    portal.advance(1);
    // The gate is asked first: it compares by itself, whatever the store has done by then.
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, "country-denied"]);
    expect(await waiting()).toEqual([]);
    const after = await portal.must("GET", "/api/v1/policy/country");
    expect(after).toMatchObject({ value: before.value, version: before.version + 2 });
    expect(await newest()).toMatchObject({
      subject: "country",
      way: "went-back",
      actor: "system",
      restores: made.number,
    });
  });

  it("goes back for who reads it first, too", async () => {
    await setCountry("JP");
    await setCountry("DE", "?confirmMinutes=1");
    portal.advance(MINUTE_MS);
    const { value } = await portal.must("GET", "/api/v1/policy/country");
    expect(value.countries).toEqual({ JP: "deny" });
  });

  it("stays when it is confirmed, and that is audited", async () => {
    await setCountry("JP");
    await setCountry("DE", "?confirmMinutes=10");
    const [change] = await waiting();
    const shell = await portal.api(
      "POST",
      `/api/v1/unconfirmed-changes/${change!.changeId}/confirm`,
    );
    expect([shell.status, shell.json.code]).toEqual([409, "confirm-from-outside"]);
    expect((await answerTo(operator, change!.changeId, "confirm")).json).toEqual({
      changeId: change!.changeId,
    });
    const again = await answerTo(operator, change!.changeId, "confirm");
    expect([again.status, again.json.code]).toEqual([404, "unconfirmed-not-found"]);
    await passAll();
    expect(await reasonAt(GERMAN)).toBe("country-denied");
    const { entries } = await portal.must("GET", "/api/v1/audit?limit=1");
    expect(entries[0]).toMatchObject({ kind: "change-confirmed", actor: change!.actor });
    expect(entries[0].detail).toMatchObject({
      changeId: change!.changeId,
      subjects: ["country"],
      confirmedFrom: "198.18.0.1",
    });
  });

  it("cannot be confirmed a moment too late", async () => {
    await setCountry("JP");
    await setCountry("DE", "?confirmMinutes=10");
    const [change] = await waiting();
    portal.advance(10 * MINUTE_MS);
    const late = await answerTo(operator, change!.changeId, "confirm");
    expect([late.status, late.json.code]).toEqual([404, "unconfirmed-not-found"]);
    expect(await reasonAt(GERMAN)).toBeNull();
  });

  it("is taken back by the host's shell as well", async () => {
    await setCountry("JP");
    await setCountry("DE", "?confirmMinutes=10");
    const [change] = await waiting();
    const made = await newest();
    const path = `/api/v1/unconfirmed-changes/${change!.changeId}/take-back`;
    const { revisions } = await portal.must("POST", path);
    expect(await newest()).toMatchObject({
      number: revisions[0],
      way: "restore",
      actor: "host shell",
      restores: made.number,
    });
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, "country-denied"]);
    expect(await waiting()).toEqual([]);
  });

  it.each(["0", "1441", "1.5", "-1", "ten", ""])(
    "is refused for %j minutes, and nothing is stored",
    async (minutes) => {
      const last = (await newest()).number;
      const path = `/api/v1/policy/country?confirmMinutes=${minutes}`;
      const answer = await operator.ask("PUT", path, { body: countryRule("FR") });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain("confirmMinutes");
      expect((await newest()).number).toBe(last);
    },
  );
});

describe("while a change waits", () => {
  it("its section is not changed by others, other sections are", async () => {
    await setCountry("JP");
    await setCountry("DE", "?confirmMinutes=10");
    const [change] = await waiting();
    const body = countryRule("FR");
    const second = await operator.ask("PUT", "/api/v1/policy/country", { body });
    expect([second.status, second.json]).toMatchObject([
      409,
      {
        code: "change-waits",
        changeId: change!.changeId,
        goesBackAt: change!.goesBackAt,
        actor: change!.actor,
      },
    ]);
    const restored = await portal.api(
      "POST",
      `/api/v1/revisions/${change!.parts[0]!.revision}/restore?to=before`,
    );
    expect([restored.status, restored.json.code]).toEqual([409, "change-waits"]);
    await put("/api/v1/policy/hard-limit", { value: { exemptAllowEntries: false } });
    await passAll();
    expect([await reasonAt(GERMAN), await reasonAt(JAPANESE)]).toEqual([null, "country-denied"]);
  });

  it("its entries are not changed by others, other entries are", async () => {
    const deny = (range: string, query = "") =>
      portal.api("POST", `/api/v1/entries${query}`, { range, action: "deny" });
    const { entry } = (await deny("203.0.113.150", "?confirmMinutes=10")).json;
    const removed = await portal.api("DELETE", `/api/v1/entries/${entry.id}`);
    expect([removed.status, removed.json.code]).toEqual([409, "change-waits"]);
    expect((await deny("203.0.113.151")).status).toBe(201);
    await passAll();
    expect(await reasonAt("203.0.113.150")).toBeNull();
    expect(await reasonAt("203.0.113.151")).toBe("on-deny-list");
  });

  it("an admin sees, confirms and takes back what is theirs alone", async () => {
    const path = "/api/v1/identity-policies/log-out?account=acme&confirmMinutes=10";
    const body = { value: { enabled: true, minutes: 20 } };
    expect((await ann.ask("PUT", path, { body })).status).toBe(200);
    await setCountry("DE", "?confirmMinutes=10");
    const all = await waiting();
    expect(all).toHaveLength(2);
    const [own] = await waiting(ann);
    expect(own).toMatchObject({
      actor: expect.stringMatching(/^ann@example\.com /),
      address: null,
    });
    expect(await waiting(ann)).toHaveLength(1);
    expect(await waiting(bob)).toEqual([]);
    for (const what of ["confirm", "take-back"] as const) {
      const answer = await answerTo(bob, own!.changeId, what);
      expect([answer.status, answer.json.code]).toEqual([404, "unconfirmed-not-found"]);
    }
    const platforms = all.find(({ changeId }) => changeId !== own!.changeId)!;
    expect((await answerTo(ann, platforms.changeId, "confirm")).status).toBe(404);
    expect((await answerTo(ann, own!.changeId, "confirm")).status).toBe(200);
    await passAll();
  });

  it("of everybody who confirms and takes back at once, one does", async () => {
    for (let round = 0; round < 10; round += 1) {
      await setCountry("JP");
      await setCountry("DE", "?confirmMinutes=10");
      const [change] = await waiting();
      const asked = (["confirm", "take-back", "confirm", "take-back"] as const).map((what) =>
        answerTo(operator, change!.changeId, what).then(({ status }) => `${what} ${status}`),
      );
      const done = (await Promise.all(asked)).filter((one) => one.endsWith("200"));
      expect(done).toHaveLength(1);
      expect(await reasonAt(GERMAN)).toBe(done[0] === "confirm 200" ? "country-denied" : null);
      expect(await waiting()).toEqual([]);
    }
  });
});

it("goes back before the first answer of a process that was not there at its time", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-unconfirmed-"));
  const clock = createStandingClock();
  try {
    const first = await startGate({ dataDir, clock });
    await first.must("PUT", "/api/v1/policy/country?confirmMinutes=5", countryRule("DE"));
    await first.stop();
    clock.advance(MINUTE_MS);
    const second = await startGate({ dataDir, clock });
    expect((await second.ask("nginx", { clientAddress: GERMAN })).realStatus).toBe(403);
    expect((await second.must("GET", "/api/v1/unconfirmed-changes")).changes).toHaveLength(1);
    await second.stop();
    clock.advance(4 * MINUTE_MS);
    const third = await startGate({ dataDir, clock });
    expect((await third.ask("nginx", { clientAddress: GERMAN })).realStatus).toBe(200);
    const { revisions } = await third.must("GET", "/api/v1/revisions?limit=1");
    expect(revisions[0]).toMatchObject({ subject: "country", way: "went-back" });
    await third.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

// Attacks on the count of wrong codes: parallel guesses, many nodes, addresses, other methods.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../src/platform/database/migrate.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { useEngine } from "../contracts/engines.ts";
import { factorsOf, halfSignedIn, wrongCode } from "../contracts/factors-at-the-door.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { peopleOf } from "../contracts/people-at-the-door.ts";
import { startCredentials } from "../contracts/start-credentials.ts";
import type { CredentialsNode } from "../contracts/start-credentials.ts";
import { startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const NODES = 3;
const ROUNDS = 3;

describe("three nodes of one store", () => {
  const harness = useEngine("postgres");

  async function setUpNodes() {
    const clock = createStandingClock();
    const place = await harness.place();
    const database = await harness.open<Schema>(place);
    const migrated = await migrate(database, MIGRATIONS, { nowMs: clock.nowMs() });
    if (!migrated.ok) throw new Error(migrated.message);
    const nodes: CredentialsNode[] = [];
    for (let node = 0; node < NODES; node += 1) {
      // With connections of its own, as in another process.
      const own = await harness.open<Schema>(place);
      nodes.push(await startCredentials({ database: own, clock }));
    }
    const { addUser, signInRow } = peopleOf(nodes[0]!, { database, clock });
    const id = await addUser();
    const { giveApp } = factorsOf({ database, clock });
    return { nodes, clock, id, signInRow, app: await giveApp(id) };
  }

  it("row 90: the same code fifty times at once is right once, an older one never", async () => {
    const { nodes, clock, app, signInRow, id } = await setUpNodes();
    for (let round = 0; round < ROUNDS; round += 1) {
      clock.advance(MINUTE_MS);
      const browsers = await Promise.all(
        Array.from({ length: 50 }, (_, at) => halfSignedIn(nodes[at % NODES]!)),
      );
      const code = app.codeAt();
      const answers = await Promise.all(browsers.map((browser) => browser.sendCode(code)));
      const codes = answers.map(({ status, json }) => (status === 200 ? "in" : json.code));
      expect(codes.filter((answer) => answer === "in")).toHaveLength(1);
      expect(new Set(codes)).toEqual(new Set(["in", "code-used"]));
      for (const node of nodes) {
        const late = await (await halfSignedIn(node)).sendCode(app.codeAt(-1));
        expect(late.json.code).toBe("code-used");
      }
    }
    expect((await signInRow(id))?.wrong_codes).toBe(0);
    expect(nodes.flatMap((node) => node.errors)).toEqual([]);
  });

  it("compare three guesses together, then one in five minutes, then none", async () => {
    const { nodes, clock, app, signInRow, id } = await setUpNodes();
    const seen = () => nodes.reduce((sum, node) => sum + node.counts.opened, 0);
    const compared: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const browsers = await Promise.all(
        Array.from({ length: 30 }, (_, at) => halfSignedIn(nodes[at % NODES]!)),
      );
      const before = seen();
      const guesses = browsers.map((browser, at) =>
        browser.sendCode(wrongCode(turn * 100 + at, app)),
      );
      const answers = await Promise.all(guesses);
      expect(answers.some(({ status }) => status === 200)).toBe(false);
      compared.push(seen() - before);
      // Not even the right one is looked at now.
      const right = await (await halfSignedIn(nodes[turn % NODES]!)).sendCode(app.codeAt());
      expect(right.status).toBe(429);
      clock.advance(5 * MINUTE_MS);
    }
    expect(compared).toEqual([3, 1, 1, 0]);
    expect((await signInRow(id))?.wrong_codes).toBe(5);
    expect(nodes.flatMap((node) => node.errors)).toEqual([]);
    clock.advance(30 * MINUTE_MS);
    const owner = await halfSignedIn(nodes[1]!);
    expect((await owner.sendCode(app.codeAt())).status).toBe(200);
  });
});

describe("the whole server", () => {
  let portal: RunningPeople;
  beforeAll(async () => {
    portal = await startPeople();
    await portal.addAccount("acme");
  });
  afterAll(() => portal.stop());

  const addWithApp = (email: string): Promise<Person> =>
    portal.addPerson({ email, accounts: { acme: "agent" }, app: true });

  async function halfAt(person: Person, address: string) {
    const browser = portal.browser(address);
    await browser.signIn(person.email, person.password);
    return browser;
  }

  async function bansOf(address: string): Promise<readonly unknown[]> {
    return (await portal.must("GET", `/api/v1/bans?covering=${address}`)).bans;
  }

  it("row 53, 54: wrong codes of every kind and wrong passwords make the eleven", async () => {
    const address = "203.0.113.90";
    const people = [];
    for (let person = 0; person < 3; person += 1)
      people.push(await addWithApp(`ban${person}@example.com`));
    const [own, ...others] = people as [Person, Person, Person];
    for (const person of others) {
      const browser = await halfAt(person, address);
      await browser.sendCode(wrongCode(1, person.app!));
      await browser.sendCode("aaaaa-aaaaa", { method: "backup-code" });
      // No offence: what was right once, or is no code at all.
      await browser.sendCode("12345");
    }
    for (let guess = 1; guess <= 6; guess += 1) {
      await portal.browser(address).signIn(own.email, `guess-${guess % 5}-${guess}`);
      // A success in between clears nothing.
      if (guess === 4) {
        portal.advance(MINUTE_MS);
        const good = await halfAt(own, address);
        expect((await good.sendCode(portal.freshCodeOf(own))).status).toBe(200);
      }
    }
    expect(await bansOf(address)).toEqual([]);
    const last = await halfAt(others[0], address);
    await last.sendCode(wrongCode(2, others[0].app!));
    expect(await bansOf(address)).toHaveLength(1);
    expect((await portal.browser(address).ask("GET", "/postern/sign-in")).status).toBe(403);
  });

  it("row 53: codes that were used before or are malformed are no offences", async () => {
    const address = "203.0.113.91";
    const ada = await addWithApp("once@example.com");
    portal.advance(MINUTE_MS);
    const first = await halfAt(ada, address);
    const code = portal.freshCodeOf(ada);
    expect((await first.sendCode(code)).status).toBe(200);
    for (let again = 0; again < 15; again += 1) {
      const browser = await halfAt(ada, address);
      expect((await browser.sendCode(code)).json.code).toBe("code-used");
      expect((await browser.sendCode(`${again}`)).json.code).toBe("code-malformed");
    }
    expect(await bansOf(address)).toEqual([]);
    const { twoFactor } = await portal.must("GET", `/api/v1/users/${ada.id}`);
    expect(twoFactor).toEqual({ methods: ["app"], lockedUntil: null, pausedUntil: null });
  });

  it("methods share one count, which passwords do not raise and a right code clears", async () => {
    const ada = await addWithApp("shared@example.com");
    const left = async () => (await browser.ask("GET", "/api/v1/sign-in/second-factor")).json;
    portal.advance(MINUTE_MS);
    for (let wrong = 0; wrong < 3; wrong += 1) {
      await portal.browser().signIn(ada.email, `wrong-${wrong}`);
    }
    let browser = await halfAt(ada, "203.0.113.92");
    expect((await left()).attemptsLeft).toBe(5);
    await browser.sendCode(wrongCode(1, ada.app!));
    await browser.sendCode("aaaaa-aaaaa", { method: "backup-code" });
    expect((await left()).attemptsLeft).toBe(3);
    // In another sign-in, at another address, it is the same count.
    browser = await halfAt(ada, "203.0.113.93");
    expect((await left()).attemptsLeft).toBe(3);
    expect((await browser.sendCode(portal.freshCodeOf(ada))).status).toBe(200);
    browser = await halfAt(ada, "203.0.113.92");
    expect((await left()).attemptsLeft).toBe(5);
  });

  it("asked again in the settings, the fifth wrong code ends that session too", async () => {
    const ada = await addWithApp("settings@example.com");
    const stolen = await portal.signedIn(ada);
    const other = await portal.signedIn(ada);
    const prove = (number: number) =>
      stolen.ask("POST", "/api/v1/me/proof", {
        body: { method: "app", code: wrongCode(number, ada.app!) },
      });
    const codes: string[] = [];
    for (let number = 1; number <= 5; number += 1) {
      codes.push((await prove(number)).json.code);
      if (number >= 3) portal.advance(5 * MINUTE_MS);
    }
    const paused = ["codes-paused", "codes-paused"];
    expect(codes).toEqual(["code-wrong", "code-wrong", ...paused, "sign-in-ended"]);
    expect((await stolen.ask("GET", "/api/v1/me")).status).toBe(401);
    expect((await other.ask("GET", "/api/v1/me")).status).toBe(200);
    const { signIns } = (await other.ask("GET", "/api/v1/me/sign-ins")).json;
    const refused = signIns.filter(({ outcome }: { outcome: string }) => outcome === "refused");
    const reasons = refused.map(({ reason }: { reason: string }) => reason);
    expect(reasons).toContain("code-wrong");
  });
});

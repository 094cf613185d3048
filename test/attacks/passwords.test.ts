// Attacks on the door with the password: enumeration by time, floods, shapes of bodies, setup.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";

let portal: RunningPeople;
beforeAll(async () => {
  portal = await startPeople({ hasFullHashes: true });
  await portal.addAccount("acme");
});
afterAll(() => portal.stop());

const WRONG = "not-the-right-one";

/** How well times tell one kind from another: 0.5 not at all, 1 or 0 always. */
function areaUnderCurve(left: readonly number[], right: readonly number[]): number {
  let wins = 0;
  for (const a of left) for (const b of right) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (left.length * right.length);
}

describe("row 67: who has an account", () => {
  it("neither answers nor times of sign-ins tell", async () => {
    const acme = { acme: "agent" } as const;
    const add = (name: string) =>
      portal.addPerson({ email: `${name}@example.com`, accounts: acme });
    await add("known");
    await add("locked");
    const { id } = await add("disabled");
    await portal.must("PATCH", `/api/v1/users/${id}`, { isDisabled: true });
    for (let guess = 1; guess <= 6; guess += 1) {
      await portal.browser().signIn("locked@example.com", `${WRONG} ${guess}`);
    }
    const kinds = ["unknown", "locked", "disabled"];
    const times = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
    const answers = new Set<string>();
    // By turns, so that a slow moment of the machine falls on all of them alike.
    for (let round = 0; round < 60; round += 1) {
      for (const kind of kinds) {
        const browser = portal.browser();
        const startedAt = performance.now();
        const answer = await browser.signIn(`${kind}@example.com`, `${WRONG} ${round}`);
        times.get(kind)?.push(performance.now() - startedAt);
        const { date: _date, ...headers } = answer.headers;
        answers.add(JSON.stringify({ status: answer.status, headers, text: answer.text }));
      }
    }
    expect([...answers]).toHaveLength(1);
    const unknown = times.get("unknown") ?? [];
    for (const kind of kinds) {
      // The bench measures it closely; here a missing hash would be 1.
      const area = areaUnderCurve(times.get(kind) ?? [], unknown);
      expect([kind, area > 0.3 && area < 0.7]).toEqual([kind, true]);
    }
  });
});

describe("row 71: hash flood", () => {
  it("beyond the queue is told when to come back, and the gate goes on deciding", async () => {
    const flood = Array.from({ length: 320 }, (_, at) =>
      portal.browser(`192.0.2.${at % 250}`).signIn(`flood-${at}@example.com`, WRONG),
    );
    const asked = await portal.ask("nginx", { clientAddress: "203.0.113.71" });
    expect(asked.status).toBe(200);
    const answers = await Promise.all(flood);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.json).toMatchObject({ code: "busy", retryAfterSeconds: 2 });
    expect(busy[0]?.headers["retry-after"]).toBe("2");
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThan(50);
    const person = await portal.addPerson({ email: "after@example.com" });
    expect((await portal.browser().signIn(person.email, PASSWORD)).status).toBe(200);
  });
});

describe("row 86: a sign-in that somebody else's page asks for", () => {
  it("is refused, as are bodies that are no JSON of ours", async () => {
    const person = await portal.addPerson({ email: "csrf@example.com" });
    const body = { email: person.email, password: PASSWORD };
    const browser = portal.browser();
    const refused: [Record<string, string>, number][] = [
      [{ origin: "https://evil.example" }, 403],
      [{ "sec-fetch-site": "same-site" }, 403],
      [{ "content-type": "text/plain" }, 415],
      [{ "content-type": "application/x-www-form-urlencoded" }, 415],
    ];
    for (const [headers, status] of refused) {
      const answer = await browser.ask("POST", "/api/v1/sign-in", { body, headers });
      expect(answer.status).toBe(status);
      expect(browser.cookies.size).toBe(0);
    }
  });

  it.each<[string, unknown]>([
    ["nothing in it", {}],
    ["no password", { email: "a@example.com" }],
    ["a list as the address", { email: ["a@example.com"], password: PASSWORD }],
    ["objects", { email: { $gt: "" }, password: { $gt: "" } }],
    ["null as the password", { email: "a@example.com", password: null }],
    ["an empty password", { email: "a@example.com", password: "" }],
    ["too long a password", { email: "a@example.com", password: "x".repeat(2001) }],
    ["rights in it", { email: "a@example.com", password: PASSWORD, isOperator: true }],
    ["a list", []],
    ["a text", "text"],
  ])("a body with %s is refused with 400", async (_name, body) => {
    const answer = await portal.browser().ask("POST", "/api/v1/sign-in", { body });
    expect([answer.status, answer.json?.code]).toEqual([400, "invalid-input"]);
  });
});

describe("row 77: the first run", () => {
  it("has no default user, and no setup for who has no link", async () => {
    const fresh = await startPeople();
    try {
      const { users } = await fresh.must("GET", "/api/v1/users");
      expect(users).toEqual([]);
      for (const email of ["admin@example.com", "operator@example.com", "root@localhost"]) {
        expect((await fresh.browser().signIn(email, "admin")).status).toBe(401);
      }
      const body = {
        token: "A".repeat(43),
        email: "eve@example.com",
        name: "Eve",
        password: WRONG,
      };
      const answer = await fresh.browser().ask("POST", "/api/v1/setup", { body });
      expect(answer.json).toMatchObject({ status: 404, code: "setup-closed" });
      expect((await fresh.must("GET", "/api/v1/users")).users).toEqual([]);
    } finally {
      await fresh.stop();
    }
  });
});

// What an import would do to whoever makes it goes by how long its lines hold.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

const AT = "198.18.7.7";
const AROUND = "198.18.7.0/24";
const LONG_AGO = "2020-01-01T00:00:00Z";

let portal: RunningPeople;
let operator: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  const grace = await portal.addPerson({ email: "grace@example.com", isOperator: true });
  operator = await portal.signedIn(grace, AT);
});
afterAll(() => portal.stop());

async function importLine(line: object) {
  const headers = { "content-type": "application/x-ndjson" };
  return operator.ask("POST", "/api/v1/entries/import", { body: line, headers });
}

it("lets a line pass that has ended and refuses nobody", async () => {
  const answer = await importLine({ range: AROUND, action: "deny", expiresAt: LONG_AGO });
  expect([answer.status, answer.json.added]).toEqual([200, 1]);
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
});

it.each([
  [AROUND, { code: "allow-address", range: AT, account: null }],
  // The list would have that very range twice.
  [AT, { code: "set-otherwise" }],
])("is told for %s what lets it be made", async (range, remedy) => {
  const answer = await importLine({ range, action: "deny" });
  expect(answer.json).toMatchObject({ code: "would-lock-out", remedy });
});

it("is not fooled by an allow line that has ended, or ends while one works", async () => {
  const ends = [LONG_AGO, new Date(portal.nowMs() + 60_000).toISOString()];
  for (const expiresAt of ends) {
    const text = `range,action,note,expiresAt\n${AT},allow,,${expiresAt}\n${AROUND},deny,,\n`;
    const answer = await portal.upload("/api/v1/entries/import", "text/csv", text);
    expect([answer.status, answer.json.code]).toEqual([409, "would-lock-out"]);
    expect(answer.json).toMatchObject({ who: "operators", address: AT });
  }
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
});

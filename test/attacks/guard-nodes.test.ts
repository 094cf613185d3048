// The guard against lock-outs on two nodes: changes of one moment are judged one after the other.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres } from "../contracts/start-postgres.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

const HERE = "81.2.69.10";
const ROUNDS = 20;

let one: RunningPeople;
let other: RunningPeople;
let atOne: TestBrowser;
let atOther: TestBrowser;

beforeAll(async () => {
  const cluster = await startPostgres();
  const env = { DATABASE_URL: await cluster.createDatabase("guard") };
  // One after the other: the first one makes the tables.
  one = await startPeople({ env });
  other = await startPeople({ env });
  const olga = await one.addPerson({ email: "olga@example.com", isOperator: true });
  atOne = await one.signedIn(olga, HERE);
  atOther = await other.signedIn(olga, HERE);
}, 90_000);
afterAll(async () => {
  await one?.stop();
  await other?.stop();
});

async function clearList(): Promise<void> {
  const { entries } = await one.must("GET", "/api/v1/entries");
  for (const { id } of entries) await one.must("DELETE", `/api/v1/entries/${id}`);
}

it("of two changes that lock out only together one is refused, on whichever node", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await clearList();
    const allowed = { range: HERE, action: "allow" };
    const { entry } = await one.must("POST", "/api/v1/entries", allowed);
    const answers = await Promise.all([
      atOne.ask("DELETE", `/api/v1/entries/${entry.id}`),
      atOther.ask("POST", "/api/v1/entries", { body: { range: "81.2.69.0/24", action: "deny" } }),
    ]);
    const refused = answers.filter(({ status }) => status >= 400);
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual([
      [409, "would-lock-out"],
    ]);
    expect((await atOne.ask("GET", "/api/v1/me")).status).toBe(200);
  }
});

// A change that waits to be confirmed, on two nodes of one PostgreSQL: both go by what comes of it.
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres } from "../contracts/start-postgres.ts";
import type { PostgresCluster } from "../contracts/start-postgres.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import {
  answerTo,
  countryRule,
  listWaiting,
  MINUTE_MS,
  newestRevision,
  reasonAt,
} from "./waiting-changes.ts";

const GERMAN = "5.9.0.10";
const FOLLOWED = { timeout: 5000, interval: 50 };

let cluster: PostgresCluster;
let one: RunningPeople;
let other: RunningPeople;
let operator: TestBrowser;
let databaseUrl: string;

beforeAll(async () => {
  cluster = await startPostgres();
  databaseUrl = await cluster.createDatabase("unconfirmed");
  const env = { DATABASE_URL: databaseUrl };
  // One after the other: the first one makes the tables.
  one = await startPeople({ env });
  other = await startPeople({ env });
  const value = { enabled: false, minutes: 30 };
  await one.must("PUT", "/api/v1/identity-policies/log-out", { value });
  const olga = await one.addPerson({ email: "olga@example.com", isOperator: true });
  operator = await one.signedIn(olga, "198.18.0.1");
}, 90_000);
afterAll(async () => {
  await one?.stop();
  await other?.stop();
});

/** Saved on the first node; resolves when the second goes by it, and knows that it waits. */
async function saveForTenMinutes(): Promise<string> {
  const path = "/api/v1/policy/country";
  await one.must("PUT", path, countryRule("JP"));
  await one.must("PUT", `${path}?confirmMinutes=10`, countryRule("DE"));
  await expect.poll(() => reasonAt(other, GERMAN), FOLLOWED).toBe("country-denied");
  const [change] = await listWaiting(other);
  return change!.changeId;
}

it("goes back on the node whose clock says so first, and then on the other", async () => {
  await saveForTenMinutes();
  other.advance(10 * MINUTE_MS);
  expect(await reasonAt(other, GERMAN)).toBeNull();
  await expect.poll(() => reasonAt(one, GERMAN), FOLLOWED).toBeNull();
  expect(await newestRevision(one)).toMatchObject({ subject: "country", way: "went-back" });
  expect([await listWaiting(one), await listWaiting(other)]).toEqual([[], []]);
});

it("stays on both when it is confirmed, whatever the other had made of it by then", async () => {
  one.advance(10 * MINUTE_MS);
  for (let round = 0; round < 5; round += 1) {
    const changeId = await saveForTenMinutes();
    const confirming = answerTo(operator, changeId, "confirm");
    // In the same moment it is over by the other's clock.
    other.advance(10 * MINUTE_MS);
    await reasonAt(other, GERMAN);
    const { status } = await confirming;
    const wanted = status === 200 ? "country-denied" : null;
    await expect.poll(() => reasonAt(other, GERMAN), FOLLOWED).toBe(wanted);
    await expect.poll(() => reasonAt(one, GERMAN), FOLLOWED).toBe(wanted);
    expect([await listWaiting(one), await listWaiting(other)]).toEqual([[], []]);
    // Both clocks say the same again.
    one.advance(10 * MINUTE_MS);
  }
});

async function inStore(statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

it("goes back at the gate where the store fails then, and nobody reads other rules", async () => {
  await saveForTenMinutes();
  await inStore("alter table journal_revision rename to journal_revision_away");
  for (const node of [one, other]) node.advance(10 * MINUTE_MS);
  for (const node of [one, other]) {
    expect(await reasonAt(node, GERMAN)).toBeNull();
    const read = await node.api("GET", "/api/v1/policy/country");
    expect(read.status).toBeGreaterThanOrEqual(500);
    expect(await reasonAt(node, GERMAN)).toBeNull();
  }
  await inStore("alter table journal_revision_away rename to journal_revision");
  for (const node of [one, other]) {
    const { value } = await node.must("GET", "/api/v1/policy/country");
    expect(value.countries).toEqual({ JP: "deny" });
    await expect.poll(() => reasonAt(node, GERMAN), FOLLOWED).toBeNull();
  }
  expect(await newestRevision(one)).toMatchObject({ subject: "country", way: "went-back" });
});

// Sends one e-mailed code to three nodes that share a database, at the same moment.
import { request as sendRequest } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres } from "../contracts/start-postgres.ts";
import type { PostgresCluster } from "../contracts/start-postgres.ts";
import { TEST_MASTER_KEY } from "../identity/test-key-ring.ts";
import { wrongOne } from "../mail/start-email-codes.ts";
import { startEmailPeople } from "../people/start-email-people.ts";
import type { EmailPeople } from "../people/start-email-people.ts";
import { ORIGIN } from "../people/start-people.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import { startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

const ROUNDS = 4;
const SENT_AT_ONCE = 51;
const MINUTE_MS = 60_000;

let cluster: PostgresCluster;
let portal: EmailPeople;
let nodes: readonly RunningGate[] = [];
let ada: Person;
beforeAll(async () => {
  cluster = await startPostgres();
  const shared = {
    DATABASE_URL: await cluster.createDatabase("codes"),
    MASTER_KEY: TEST_MASTER_KEY,
    PUBLIC_URL: ORIGIN,
  };
  portal = await startEmailPeople({ env: shared });
  const clock = { nowMs: portal.nowMs, steadyMs: () => 0 };
  const env = { ...shared, SMTP_URL: portal.mailServer.url };
  nodes = [portal, await startGate({ env, clock }), await startGate({ env, clock })];
  ada = await portal.addEmailPerson({ email: "ada@example.com" });
  portal.advance(10 * MINUTE_MS);
}, 120_000);
afterAll(async () => {
  for (const node of nodes.slice(1)) await node.stop();
  await portal?.stop();
});

/** By one browser, whichever node answers. */
function sendAt(port: number, browser: TestBrowser, code: string): Promise<number> {
  const headers = {
    host: new URL(ORIGIN).host,
    origin: ORIGIN,
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
    "x-forwarded-for": "203.0.113.90",
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
  };
  const path = "/api/v1/sign-in/second-factor";
  return new Promise((resolve, reject) => {
    const where = { host: "127.0.0.1", port, method: "POST", path, headers, agent: false };
    const sent = sendRequest(where, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({ method: "email", code }));
  });
}

function sendEverywhere(browser: TestBrowser, code: string): Promise<readonly number[]> {
  const sent = Array.from({ length: SENT_AT_ONCE }, (_, index) =>
    sendAt(nodes[index % nodes.length]!.port, browser, code),
  );
  return Promise.all(sent);
}

it("row 90: an e-mailed code sent to three nodes at once lets one in", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const browser = await portal.half(ada);
    const code = await portal.codeFor(browser, ada);
    const statuses = await sendEverywhere(browser, code);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    for (const status of statuses) expect([200, 401, 403, 409]).toContain(status);
    portal.advance(10 * MINUTE_MS);
  }
});

it("row 95: of fifty wrong ones on three nodes three are compared, then codes pause", async () => {
  const browser = await portal.half(ada);
  const code = await portal.codeFor(browser, ada);
  const statuses = await sendEverywhere(browser, wrongOne(code));
  // The third that is compared answers with the pause already.
  expect(statuses.filter((status) => status === 403)).toHaveLength(2);
  expect(statuses.filter((status) => status === 429)).toHaveLength(SENT_AT_ONCE - 2);
  const page = await browser.ask("GET", "/api/v1/sign-in/second-factor");
  expect(page.json.attemptsLeft).toBe(2);
  expect(await sendAt(nodes[1]!.port, browser, code), "the right one waits too").toBe(429);
});

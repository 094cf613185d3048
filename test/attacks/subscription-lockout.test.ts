// Lists of others shut no operator out: not when they begin to refuse, and not when they change.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

/** In Britain; nobody's private network, which no list hits. */
const OPERATOR_AT = "81.2.69.7";
const STRANGERS = "203.0.113.0/24\n198.51.100.0/24\n";
const phrase = `lockoutOverride=${encodeURIComponent(LOCKOUT_OVERRIDE)}`;

const folder = mkdtempSync(join(tmpdir(), "postern-lists-"));
const file = join(folder, "list.txt");
let portal: RunningPeople;
let operator: TestBrowser;
let path = "";

beforeAll(async () => {
  writeFileSync(file, STRANGERS);
  portal = await startPeople({ env: { SUBSCRIPTION_DIR: folder } });
  const grace = await portal.addPerson({ email: "grace@example.com", isOperator: true });
  operator = await portal.signedIn(grace, OPERATOR_AT);
  const body = { name: "Others", source: "file:list.txt" };
  const made = await portal.must("POST", "/api/v1/subscriptions", body);
  path = `/api/v1/subscriptions/${made.id}`;
  await portal.must("POST", `${path}/refresh`);
});
afterAll(async () => {
  await portal.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Of a list of its own size, so that it is not kept back for having shrunk. */
async function serve(more: string): Promise<{ readonly state: string; readonly fault: string }> {
  writeFileSync(file, STRANGERS + more);
  return portal.must("POST", `${path}/refresh`);
}

/** What was meant, of each change that the guard would have refused. */
async function overrides(): Promise<readonly string[]> {
  const { events } = await portal.must("GET", "/api/v1/events?kind=subscription-changed");
  return events.flatMap(({ detail }: { detail: { overrode?: string } }) => detail.overrode ?? []);
}

it("is not enforced while it refuses whoever does it, unless they say so, on record", async () => {
  await serve(`${OPERATOR_AT}\n`);
  const refused = await operator.ask("PATCH", path, { body: { mode: "enforce" } });
  expect([refused.status, refused.json.code]).toEqual([409, "would-lock-out"]);
  expect(refused.json).toMatchObject({
    who: "you",
    address: OPERATOR_AT,
    remedy: { code: "allow-address", range: OPERATOR_AT },
  });
  const { subscriptions } = await portal.must("GET", "/api/v1/subscriptions");
  expect(subscriptions[0].mode).toBe("monitor");

  const meant = await operator.ask("PATCH", `${path}?${phrase}`, { body: { mode: "enforce" } });
  expect(meant.status).toBe(200);
  expect(await overrides()).toEqual([expect.stringContaining("refuses whoever made it on ")]);
  // They are out now, and so the host's shell lets them in again.
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(403);
  await portal.must("PATCH", path, { mode: "monitor" });
});

it("keeps back a copy that would refuse every operator, until somebody takes it", async () => {
  expect(await serve("")).toMatchObject({ state: "loaded" });
  await portal.must("PATCH", path, { mode: "enforce" });
  const kept = await serve("81.2.69.0/24\n");
  expect(kept).toMatchObject({
    state: "kept-back",
    fault: expect.stringContaining("refuse every operator"),
  });
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(200);
  // Read once more it is the same copy, and waits for the same reason.
  expect((await serve("81.2.69.0/24\n")).fault).toBe(kept.fault);

  const { keptBack } = (await portal.must("GET", "/api/v1/subscriptions")).subscriptions[0];
  const body = { contentHash: keptBack.contentHash };
  const refused = await portal.api("POST", `${path}/take`, body);
  expect([refused.status, refused.json.who]).toEqual([409, "operators"]);
  expect((await portal.api("POST", `${path}/take?${phrase}`, body)).status).toBe(200);
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(403);
});

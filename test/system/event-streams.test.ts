// Two thousand watching, half of whom never read (attack row 190); live figures; who may watch.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LiveTraffic, OverviewAnswer } from "../../src/api/overview-api.ts";
import type { TrafficInput } from "../../src/server/journal/index.ts";
import { useEngine } from "../contracts/engines.ts";
import { startApi } from "./start-api.ts";
import type { RunningApi } from "./start-api.ts";

const harness = useEngine("sqlite");
const CLIENTS = new URL("stream-clients.mjs", import.meta.url).pathname;
let api: RunningApi;
let token = "";
let admin = "";
beforeAll(async () => {
  api = await startApi(harness);
  token = await api.tokenFor("journal:read");
  for (const code of ["acme", "beta"]) await must("/api/v1/accounts", { code, name: code });
  const memberships = [{ account: "acme", role: "admin" }];
  const user = { email: "ann@example.com", name: "Ann", memberships };
  admin = String((await must("/api/v1/users", user))["id"]);
});

async function must(path: string, body: unknown) {
  const { status, text, json } = await api.ask("POST", path, { as: "host shell", body });
  if (status >= 300) throw new Error(`${path}: ${text}`);
  return json;
}

function streamsOpen(): number {
  return api.journal.counts().streamsOpen;
}

async function streamsAreOver(): Promise<void> {
  await expect.poll(streamsOpen).toBe(0);
}

describe("two thousand clients (attack row 190)", () => {
  const READERS = 1_000;
  const SILENT = 1_000;
  const clients: { kill: () => void }[] = [];
  afterAll(() => {
    for (const client of clients) client.kill();
  });

  it("those who never read are cut off, the others miss nothing", { timeout: 60_000 }, async () => {
    const memoryBefore = process.memoryUsage.rss();
    const head = `HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    const child = spawn(
      process.execPath,
      [
        CLIENTS,
        String(api.port),
        join(api.dataDirectory, "control.sock"),
        String(READERS),
        String(SILENT),
      ],
      {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...process.env,
          READER_REQUEST: `GET /api/v1/events/tail?kind=ban ${head}`,
          SILENT_REQUEST: `GET /api/v1/events/tail ${head}`,
        },
      },
    );
    clients.push(child);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
    });
    const patient = { timeout: 30_000, interval: 50 };
    await expect.poll(() => said, patient).toContain("begun\n");
    expect(streamsOpen()).toBe(READERS + SILENT);

    const before = api.journal.counts().streamsCut;
    const filler = "x".repeat(15_000);
    const marks: string[] = [];
    while (streamsOpen() > READERS && marks.length < 60) {
      const mark = "a".repeat(marks.length + 1);
      marks.push(mark);
      const atMs = api.clock.nowMs();
      for (let index = 0; index < 2; index += 1) {
        await api.journal.recordEventAlone({ kind: "alarm", atMs, detail: { filler } });
      }
      await api.journal.recordEventAlone({ kind: "ban", atMs, detail: { mark } });
      await api.journal.flush();
      await expect.poll(() => said, patient).toContain(`all have ${mark}\n`);
      api.clock.advance(500);
    }
    expect(streamsOpen()).toBe(READERS);
    expect(api.journal.counts().streamsCut - before).toBe(SILENT);
    expect(said.match(/all have/g)).toHaveLength(marks.length);
    // Everything there is to a connection, for each of them.
    const heldBytes = (process.memoryUsage.rss() - memoryBefore) / (READERS + SILENT);
    expect(heldBytes).toBeLessThan(2 * 65_536);
    child.kill();
    await streamsAreOver();
  });
});

/** A stream that is read, and what it said so far. */
async function watch(path: string, as: string) {
  const headers = as.startsWith("user ")
    ? { cookie: `test-user=${as.slice(5)}` }
    : { authorization: `Bearer ${as}` };
  const request = get({ host: "127.0.0.1", port: api.port, path, headers, agent: false });
  request.on("error", () => undefined);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  response.on("error", () => undefined);
  return {
    status: response.statusCode,
    text: () => text,
    isOver: () => response.closed,
    leave: () => request.destroy(),
  };
}

/** What a stream of live figures has told so far. */
function ticksOf(text: string): LiveTraffic[] {
  const ticks = text.matchAll(/^event: traffic\ndata: (.*)\n\n/gm);
  return [...ticks].map(([, data]) => JSON.parse(data ?? "") as LiveTraffic);
}

/** The data of the seconds in which there was something. */
function busySeconds(text: string): LiveTraffic[] {
  return ticksOf(text).filter(({ countries }) => countries.length > 0);
}

function count(change: Partial<TrafficInput>): void {
  api.journal.countTraffic({
    atMs: api.clock.nowMs(),
    client: null,
    surface: "portal",
    account: "acme",
    country: "NL",
    verdict: "pass",
    reason: "no-rule-matched",
    ...change,
  });
}

describe("live figures", () => {
  it("are of everybody for the platform, of their accounts for admins", async () => {
    const path = "/api/v1/overview/live";
    count({ country: "FR" });
    const all = await watch(path, token);
    const own = await watch(path, `user ${admin}`);
    count({});
    count({ account: "beta", country: "DE", verdict: "refuse", reason: "banned" });
    count({ account: null });
    await expect.poll(() => busySeconds(all.text()).length, { timeout: 5_000 }).toBe(1);
    await expect.poll(() => busySeconds(own.text()).length, { timeout: 5_000 }).toBe(1);
    expect(busySeconds(all.text())[0]).toMatchObject({
      seconds: 1,
      passed: 2,
      refused: 1,
      monitored: 0,
      countries: [
        { country: "DE", requests: 1, refused: 1, monitored: 0 },
        { country: "NL", requests: 2, refused: 0, monitored: 0 },
      ],
      reasons: [{ reason: "banned", verdict: "refuse", requests: 1 }],
    });
    expect(busySeconds(own.text())[0]).toMatchObject({
      passed: 1,
      refused: 0,
      countries: [{ country: "NL", requests: 1, refused: 0, monitored: 0 }],
      reasons: [],
    });
    all.leave();
    own.leave();
    await streamsAreOver();
  });
});

describe("the traffic of a period", () => {
  it("goes on with the ticks after it: none is told twice or left out", async () => {
    const stream = await watch("/api/v1/overview/live", token);
    const readWhole = () => api.journal.readOverview({ period: "1h", reach: null });
    const wholes: OverviewAnswer[] = [];
    for (let round = 0; round < 10; round += 1) {
      count({});
      const reading = readWhole();
      count({});
      wholes.push(await reading);
      count({});
    }
    const last = await readWhole();
    await expect.poll(() => ticksOf(stream.text()).at(-1)?.tick).toBeGreaterThanOrEqual(last.tick);
    const ticks = ticksOf(stream.text());
    for (const whole of wholes) {
      const after = ticks.filter(({ tick }) => tick > whole.tick && tick <= last.tick);
      const told = after.reduce((sum, { passed }) => sum + passed, 0);
      expect(whole.totals.requests + told).toBe(last.totals.requests);
    }
    stream.leave();
    await streamsAreOver();
  });
});

describe("who watches", () => {
  it("an admin is told of their accounts' events only (attack row 141)", async () => {
    const all = await watch("/api/v1/events/tail?kind=alarm", token);
    const own = await watch("/api/v1/events/tail?kind=alarm", `user ${admin}`);
    const atMs = api.clock.nowMs();
    const ids: Record<string, string> = {};
    for (const account of ["beta", null, "acme"]) {
      ids[`${account}`] = await api.journal.recordEventAlone({ kind: "alarm", atMs, account });
    }
    await api.journal.flush();
    await expect.poll(own.text).toContain(ids["acme"]);
    expect(own.text()).not.toContain(ids["beta"]);
    expect(own.text()).not.toContain(ids["null"]);
    for (const id of Object.values(ids)) await expect.poll(all.text).toContain(id);
    all.leave();
    own.leave();
    await streamsAreOver();
  });

  it("who loses an account while watching it sees nothing more", async () => {
    const member = await must("/api/v1/users", {
      email: "bob@example.com",
      name: "Bob",
      memberships: [
        { account: "acme", role: "admin" },
        { account: "beta", role: "admin" },
      ],
    });
    const id = String(member["id"]);
    const stream = await watch("/api/v1/events/tail?kind=alarm", `user ${id}`);
    const as = "host shell";
    const path = `/api/v1/users/${id}/memberships/beta`;
    expect((await api.ask("DELETE", path, { as })).status).toBe(204);
    api.clock.advance(1_000);
    const atMs = api.clock.nowMs();
    const event = await api.journal.recordEventAlone({ kind: "alarm", atMs, account: "beta" });
    await api.journal.flush();
    await expect.poll(stream.isOver).toBe(true);
    expect(stream.text()).not.toContain(event);
  });

  it("one person has fifty places, and no more", async () => {
    const path = "/api/v1/overview/live?account=acme";
    const streams = [];
    for (let index = 0; index < 50; index += 1) streams.push(await watch(path, `user ${admin}`));
    const refused = await api.ask("GET", path, { as: `user ${admin}` });
    expect([refused.status, refused.json["code"]]).toEqual([503, "tail-full"]);
    const other = await watch(path, token);
    expect(other.status).toBe(200);
    for (const { leave } of [...streams, other]) leave();
    await streamsAreOver();
  });
});

it("a flood is told as far as anybody reads, with the number of the rest", async () => {
  const stream = await watch("/api/v1/events/tail?kind=offence", token);
  const atMs = api.clock.nowMs();
  await api.database.transaction(async (trx) => {
    for (let index = 0; index < 300; index += 1) {
      await api.journal.recordEvent(trx, { kind: "offence", atMs });
    }
  });
  await api.journal.flush();
  await expect.poll(stream.text).toContain("event: missed");
  const told = stream.text().match(/^event: offence$/gm)?.length ?? 0;
  expect(told).toBeGreaterThan(50);
  expect(stream.text()).toContain(`event: missed\ndata: ${JSON.stringify({ events: 300 - told })}`);
  stream.leave();
  await streamsAreOver();
});

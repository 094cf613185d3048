// Security events over HTTP: list, decision, export, live tail.
import { connect } from "node:net";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { useEngine } from "../contracts/engines.ts";
import { startApi } from "./start-api.ts";
import type { RunningApi } from "./start-api.ts";

const harness = useEngine("sqlite");
let api: RunningApi;
let as = "";
beforeAll(async () => {
  api = await startApi(harness);
  as = await api.tokenFor("journal:read");
});

function refuse(host: number, detail: Readonly<Record<string, unknown>> = {}): string {
  return api.journal.recordDecision({
    atMs: api.clock.nowMs(),
    client: { family: 4, w0: 0, w1: 0, w2: 0, w3: (0xcb007100 + host) >>> 0 },
    surface: "audio",
    account: "acme",
    country: "NL",
    verdict: "refuse",
    status: 429,
    reason: "over-rate-limit",
    owner: "platform",
    ruleId: 0,
    describe: () => ({
      address: `203.0.113.${host}`,
      steps: [
        { step: "over-rate-limit", layer: "platform", result: "matched", detail: { count: 51 } },
      ],
      detail,
    }),
  });
}

describe("a decision", () => {
  it("is found at once by the id its visitor was shown", async () => {
    const id = refuse(1, { header: "X-Forwarded-For" });
    const answer = await api.ask("GET", `/api/v1/decisions/${id}`, { as });
    const at = new Date(api.clock.nowMs()).toISOString();
    expect(answer.json).toEqual({
      id,
      kind: "decision",
      firstAt: at,
      lastAt: at,
      count: 1,
      owner: "platform",
      address: "203.0.113.1",
      surface: "audio",
      account: "acme",
      country: "NL",
      verdict: "refuse",
      status: 429,
      reason: "over-rate-limit",
      actor: null,
      userId: null,
      detail: { header: "X-Forwarded-For" },
      steps: [
        { step: "over-rate-limit", layer: "platform", result: "matched", detail: { count: 51 } },
      ],
    });
  });

  it.each([
    ["b".repeat(20), 404, "decision-not-found"],
    ["b", 400, "invalid-input"],
    ["B".repeat(20), 400, "invalid-input"],
    ["1' or '1'='1", 400, "invalid-input"],
  ])("%s is answered %d %s", async (id, status, code) => {
    const path = `/api/v1/decisions/${encodeURIComponent(id)}`;
    const answer = await api.ask("GET", path, { as });
    expect([answer.status, answer.json["code"]]).toEqual([status, code]);
  });
});

describe("the list", () => {
  it("shows what just happened, and goes on from where it stopped", async () => {
    const ids = [refuse(21), refuse(22), refuse(23)];
    const path = "/api/v1/events?kind=decision&address=203.0.113.20/30&limit=2";
    const first = await api.ask("GET", path, { as });
    const next = String(first.json["next"]);
    const second = await api.ask("GET", `${path}&after=${next}`, { as });
    const events = [first, second].flatMap(({ json }) => json["events"] as { id: string }[]);
    expect(events.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(second.json["next"]).toBeNull();
  });

  it.each([
    ["limit=0", "invalid-input"],
    ["limit=1001", "invalid-input"],
    ["kind=nothing", "invalid-input"],
    ["reason=because", "invalid-input"],
    ["sort=id", "invalid-input"],
    ["since=yesterday", "invalid-input"],
    ["address=203.0.113.07", "address-malformed"],
    ["address=203.0.113.7/24", "address-malformed"],
    ["after=x", "cursor-malformed"],
    [`after=${Buffer.from("1.a' or 1=1 --").toString("base64url")}`, "cursor-malformed"],
  ])("refuses %s as %s", async (query, code) => {
    const answer = await api.ask("GET", `/api/v1/events?${query}`, { as });
    expect([answer.status, answer.json["code"]]).toEqual([400, code]);
  });
});

describe("an event that names the owner of the rule alone", () => {
  const atMs = 1_800_000_000_000;
  async function told(query: string) {
    const answer = await api.ask("GET", `/api/v1/events?kind=ban&${query}`, { as });
    return answer.json["events"];
  }

  it("is told with the account's code, also in a file; of nobody's without", async () => {
    const by = { as: "host shell", body: { code: "acme", name: "Acme" } };
    const { id: owner } = (await api.ask("POST", "/api/v1/accounts", by)).json;
    expect(owner).toEqual(expect.any(String));
    const ban = { kind: "ban", atMs, reason: "rate-limit" } as const;
    await api.journal.recordEventAlone({ ...ban, owner: String(owner) });
    expect(await told("account=acme")).toMatchObject([{ owner, account: "acme" }]);
    const file = await api.ask("GET", "/api/v1/events/export?format=ndjson&kind=ban", { as });
    expect(JSON.parse(file.text)).toMatchObject({ owner, account: "acme" });
    await api.journal.recordEventAlone({ ...ban, owner: "g".repeat(20) });
    const accounts = ((await told("limit=5")) as { account: string | null }[]).map(
      (one) => one.account,
    );
    expect(new Set(accounts)).toEqual(new Set(["acme", null]));
  });
});

describe("the export", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x"])(
    "quotes a cell that begins as %j does (attack row 152)",
    async (name) => {
      const actor = `${name} did it`;
      await api.journal.recordEventAlone({ kind: "alarm", atMs: api.clock.nowMs(), actor });
      const answer = await api.ask("GET", "/api/v1/events/export?format=csv&kind=alarm", { as });
      expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
      expect(answer.headers["content-disposition"]).toContain("attachment");
      expect(answer.text.split("\n", 1)[0]).toMatch(/^id,kind,firstAt,lastAt,count,owner,address/);
      const cells = parse(answer.text).flat();
      expect(cells).toContain(`'${actor}`);
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    },
  );

  it("has every event that fits, also over several pages", async () => {
    await api.database.transaction(async (trx) => {
      for (let index = 0; index < 2_500; index += 1) {
        await api.journal.recordEvent(trx, { kind: "offence", atMs: api.clock.nowMs() + index });
      }
    });
    const path = "/api/v1/events/export?format=ndjson&kind=offence";
    const answer = await api.ask("GET", path, { as });
    expect(answer.headers["content-type"]).toBe("application/x-ndjson");
    const lines = answer.text.trimEnd().split("\n");
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect(new Set(ids).size).toBe(2_500);
  });

  it("wants a format", async () => {
    expect((await api.ask("GET", "/api/v1/events/export", { as })).status).toBe(400);
  });
});

describe("the tail", () => {
  /** A plain socket, so that what is not read stays with the server. */
  function follow(query: string, token: string) {
    const socket = connect(api.port, "127.0.0.1");
    let text = "";
    let isClosed = false;
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      isClosed = true;
    });
    const lines = [`GET /api/v1/events/tail${query} HTTP/1.1`, "Host: localhost"];
    socket.write(`${lines.join("\r\n")}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    return { socket, text: () => text, isClosed: () => isClosed };
  }

  it("tells new events that fit, once each", async () => {
    await api.journal.flush();
    const client = follow("?reason=over-rate-limit", as);
    await expect.poll(client.text).toContain("events follow");
    expect(client.text()).toContain("text/event-stream");
    const id = refuse(41);
    await api.journal.recordEventAlone({ kind: "alarm", atMs: api.clock.nowMs() });
    await api.journal.flush();
    await api.journal.flush();
    await expect.poll(client.text).toContain(id);
    expect(client.text().match(/^event: /gm)).toEqual(["event: "]);
    client.socket.destroy();
    await expect.poll(() => api.journal.counts().streamsOpen).toBe(0);
  });

  it("ends for a token that is revoked while it watches", async () => {
    const outcome = await api.accounts.createToken({
      name: "short",
      scopes: ["journal:read"],
      expiresAtMs: null,
      createdBy: "test",
    });
    if (!outcome.ok) throw new Error(outcome.why);
    const client = follow("", outcome.token);
    await expect.poll(client.text).toContain("events follow");
    await api.accounts.revokeToken(outcome.created.id, "test");
    api.clock.advance(1_000);
    const id = refuse(42);
    await api.journal.flush();
    await expect.poll(() => api.journal.counts().streamsOpen).toBe(0);
    expect(client.text()).not.toContain(id);
    client.socket.destroy();
  });

  it("ends when the process stops", async () => {
    const client = follow("", as);
    await expect.poll(client.text).toContain("events follow");
    api.journal.endTails();
    await expect.poll(() => client.text().endsWith("0\r\n\r\n")).toBe(true);
    client.socket.destroy();
  });
});

// The API of webhooks: for operators, versioned, refusing what is not accepted, audited.
import { beforeAll, describe, expect, it } from "vitest";
import { SCOPES } from "../../src/api/scopes.ts";
import { WEBHOOK_BOUNDS } from "../../src/api/webhook-api.ts";
import { useEngine } from "../contracts/engines.ts";
import { startReceiver } from "../sending/start-receiver.ts";
import type { Receiver } from "../sending/start-receiver.ts";
import { startApi } from "./start-api.ts";
import type { RunningApi } from "./start-api.ts";

const harness = useEngine("sqlite");
const PATH = "/api/v1/webhooks";

describe("webhooks", () => {
  let api: RunningApi;
  let receiver: Receiver;
  beforeAll(async () => {
    api = await startApi(harness);
    receiver = await startReceiver();
  });

  const shell = (method: string, path: string, body?: unknown) =>
    api.ask(method, path, { as: "host shell", ...(body === undefined ? {} : { body }) });

  async function add(change: Readonly<Record<string, unknown>> = {}) {
    const body = { name: "SIEM", url: receiver.url, groups: ["bans"], ...change };
    const { status, json } = await shell("POST", PATH, body);
    return { status, json, at: `${PATH}/${String(json["id"])}` };
  }

  it("tell their secret once, and live as long as they are wanted", async () => {
    const { status, json, at } = await add();
    expect([status, json["state"], json["createdBy"]]).toEqual([201, "sending", "host shell"]);
    expect(json["secret"]).toMatch(/^whsec_/);
    const { secret: _secret, ...told } = json;
    expect((await shell("GET", at)).json).toEqual(told);
    expect((await shell("GET", PATH)).json).toEqual({ webhooks: [told], syslog: null });
    const tested = await shell("POST", `${at}/test`);
    expect(tested.json).toMatchObject({ isGood: true, status: 204, fault: null });
    receiver.answers(() => 500);
    expect((await shell("POST", `${at}/test`)).json).toMatchObject({
      isGood: false,
      status: 500,
      fault: "the receiver answered with status 500",
    });
    const changed = await shell("PATCH", at, { groups: ["alarms", "bans"], version: 1 });
    expect(changed.json).toMatchObject({ groups: ["alarms", "bans"], version: 2 });
    const late = await shell("PATCH", at, { isOn: false, version: 1 });
    expect([late.status, late.json["code"]]).toEqual([412, "webhook-moved-on"]);
    expect((await shell("DELETE", at)).json).toEqual({ dropped: 0 });
    expect((await shell("GET", at)).json).toMatchObject({ code: "webhook-not-found" });
    const { rows } = await api.journal.audit.list({}, { before: null, limit: 9 });
    const acts = rows.map(({ kind, detail_json: text }) => [kind, JSON.parse(text).name]);
    expect(acts).toEqual([
      ["webhook-deleted", "SIEM"],
      ["webhook-changed", "SIEM"],
      ["webhook-created", "SIEM"],
    ]);
    expect(JSON.stringify(rows)).not.toContain("/events");
  });

  it.each([
    [{ url: "http://siem.example.com/in" }, "/url", "https address"],
    [
      { url: "https://10.0.0.1/in" },
      "/url",
      "https address on the Internet, which 10.0.0.1 is not",
    ],
    [{ url: "https://localhost/in" }, "/url", "which localhost is not"],
    [{ url: "https://a:b@siem.example.com/in" }, "/url", "without user and password"],
    [{ groups: [] }, "/groups", ""],
    [{ groups: ["bans", "bans"] }, "/groups", ""],
    [{ groups: ["everything"] }, "/groups", ""],
    [{ name: "\n" }, "/name", ""],
  ])("are refused with %o", async (change, path, words) => {
    const { status, json } = await add(change);
    expect(status).toBe(400);
    const errors = json["errors"] as readonly { path: string; message: string }[];
    expect(errors[0]?.path.startsWith(path)).toBe(true);
    expect(errors[0]?.message).toContain(words);
  });

  it("are refused to change to an address that is not public, and stay as they are", async () => {
    const { at } = await add();
    for (const url of ["https://10.0.0.5/in", "https://localhost/in", "https://[::1]/in"]) {
      const { status, json } = await shell("PATCH", at, { url });
      expect([status, json["code"]]).toEqual([400, "webhook-refused"]);
      expect(json["detail"]).toContain(`which ${new URL(url).hostname} is not`);
    }
    expect((await shell("GET", at)).json).toMatchObject({ url: receiver.url, version: 1 });
    await shell("DELETE", at);
  });

  it("are read and tested by tokens, and changed by people only", async () => {
    const { at } = await add();
    const token = await api.tokenFor(...SCOPES);
    const reader = await api.tokenFor("journal:read");
    const by = async (as: string | null, method: string, path: string, body?: unknown) => {
      const answer = await api.ask(method, path, { as, ...(body === undefined ? {} : { body }) });
      return answer.status;
    };
    expect(await by(token, "GET", PATH)).toBe(200);
    // The path of a receiver is often as good as a password.
    const { origin } = new URL(receiver.url);
    const listed = (await api.ask("GET", PATH, { as: token })).json["webhooks"];
    expect(listed).toEqual([expect.objectContaining({ name: "SIEM", url: origin })]);
    expect((await api.ask("GET", at, { as: token })).json).toMatchObject({ url: origin });
    expect((await shell("GET", at)).json).toMatchObject({ url: receiver.url });
    expect(await by(token, "POST", `${at}/test`)).toBe(200);
    expect(await by(token, "PATCH", at, { name: "Mine" })).toBe(403);
    expect(await by(token, "DELETE", at)).toBe(403);
    expect(await by(token, "POST", `${at}/secret`)).toBe(403);
    const body = { name: "Mine", url: receiver.url, groups: ["bans"] };
    expect(await by(token, "POST", PATH, body)).toBe(403);
    expect(await by(reader, "GET", PATH)).toBe(403);
    expect(await by(null, "GET", PATH)).toBe(401);
    expect((await shell("GET", at)).json).toMatchObject({ name: "SIEM", version: 1 });
    await shell("DELETE", at);
  });

  it("are bounded", async () => {
    for (let count = 0; count < WEBHOOK_BOUNDS.webhooks; count += 1) {
      expect((await add()).status).toBe(201);
    }
    const { status, json } = await add();
    expect([status, json["code"]]).toEqual([409, "webhooks-full"]);
  });
});

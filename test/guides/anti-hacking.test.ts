// The guide on anti-hacking: failed authentications, web chat requests, and how long a ban lasts.
import { describe, expect, it } from "vitest";
import { useGuideGate } from "./start-guide-gate.ts";

describe("failed authentication protection", () => {
  const gate = useGuideGate();
  const fail = async (address: string, count: number) => {
    const answer = await gate.must("POST", "/api/v1/reports", { address, count, source: "pbx" });
    return answer.banned as readonly string[];
  };

  it("puts an address on the blacklist when it exceeds the accepted failures", async () => {
    const client = "203.0.113.10";
    expect(await fail(client, 10)).toEqual([]);
    expect((await gate.visit(client)).realStatus).toBe(200);
    expect(await fail(client, 1)).toEqual([client]);
    expect(await gate.statuses(client)).toEqual([403, 403, 403, 403]);
  });

  it("accepts as many failures as are configured, within the time configured", async () => {
    const rule = { offencesMax: 3, windowSeconds: 120 };
    await gate.setPolicy("failed-authentication", rule);
    const client = "203.0.113.11";
    expect(await fail(client, 3)).toEqual([]);
    gate.running().advance(120_000);
    expect(await fail(client, 3)).toEqual([]);
    gate.running().advance(119_999);
    expect(await fail(client, 1)).toEqual([client]);
  });

  it("counts each address for itself", async () => {
    await fail("203.0.113.12", 10);
    expect(await fail("203.0.113.13", 10)).toEqual([]);
  });

  it("on monitor says whom it would have banned, and bans nobody", async () => {
    await gate.setPolicy("failed-authentication", { mode: "monitor" });
    const client = "203.0.113.15";
    expect(await fail(client, 12)).toEqual([]);
    expect((await gate.visit(client)).realStatus).toBe(200);
    const seen = await gate.must("GET", `/api/v1/events?kind=offence&address=${client}`);
    expect(seen.events).toMatchObject([
      { verdict: "monitor", reason: "failed-authentication", address: client },
    ]);
  });

  it("can be turned off", async () => {
    await gate.setPolicy("failed-authentication", { mode: "off" });
    expect(await fail("203.0.113.14", 100)).toEqual([]);
  });
});

describe("web chat requests protection", () => {
  const gate = useGuideGate();

  it("blacklists the address that makes more requests than are allowed", async () => {
    const client = "203.0.113.20";
    const statuses = await gate.flood(client, 102, "webchat");
    expect(statuses.slice(0, 100).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(100)).toEqual([429, 403]);
    expect(await gate.statuses(client)).toEqual([403, 403, 403, 403]);
  });

  it("allows as many as are configured, and counts web chat only", async () => {
    await gate.setPolicy("webchat-requests", { requestsMax: 5, windowSeconds: 10 });
    const client = "203.0.113.21";
    expect(new Set(await gate.flood(client, 50, "portal"))).toEqual(new Set([200]));
    expect(await gate.flood(client, 5, "webchat")).toEqual([200, 200, 200, 200, 200]);
    gate.running().advance(10_000);
    expect(await gate.flood(client, 6, "webchat")).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe("the blacklist time interval", () => {
  const gate = useGuideGate();
  const ban = (address: string) =>
    gate.must("POST", "/api/v1/reports", { address, count: 11, source: "pbx" });

  it("is how long an abusive address remains, in seconds; then it ends by itself", async () => {
    await gate.setPolicy("ban", { durationSeconds: 600 });
    const client = "203.0.113.30";
    await ban(client);
    gate.running().advance(599_999);
    expect((await gate.visit(client)).realStatus).toBe(403);
    gate.running().advance(1);
    expect((await gate.visit(client)).realStatus).toBe(200);
  });

  it("is not made longer by what the address does meanwhile", async () => {
    const client = "203.0.113.31";
    await ban(client);
    gate.running().advance(900_000);
    await ban(client);
    await gate.flood(client, 700);
    gate.running().advance(899_999);
    expect((await gate.visit(client)).realStatus).toBe(403);
    gate.running().advance(1);
    expect((await gate.visit(client)).realStatus).toBe(200);
  });

  it("can be cut short by an administrator", async () => {
    const client = "203.0.113.32";
    await ban(client);
    await gate.must("POST", "/api/v1/bans/release", { address: client });
    expect((await gate.visit(client)).realStatus).toBe(200);
  });

  it("is one minute to one year; anything else is refused", async () => {
    for (const durationSeconds of [60, 31_536_000]) {
      expect((await gate.setPolicy("ban", { durationSeconds })).status).toBe(200);
    }
    for (const durationSeconds of [59, 31_536_001, 0, -60, 90.5, "600", null]) {
      const refused = await gate.setPolicy("ban", { durationSeconds });
      expect(refused).toMatchObject({ status: 400, json: { code: "policy-refused" } });
      expect(refused.json.errors[0].path).toBe("/value/durationSeconds");
    }
  });
});

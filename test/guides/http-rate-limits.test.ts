// The guide on HTTP rate limits: max count, max seconds, ban expiry, and the platform's hard limit.
import { describe, expect, it } from "vitest";
import { useGuideGate } from "./start-guide-gate.ts";

const gate = useGuideGate();

/** The audio limit of the account, changed in part. */
async function limitAudio(change: object) {
  const standing = await gate.must("GET", "/api/v1/policy/rate-limits?account=acme");
  const { audio } = standing.value;
  return gate.setPolicy("rate-limits", { audio: { ...audio, ...change } }, "acme");
}

describe("HTTP rate limits", () => {
  it("allow 50 plays in 60 seconds at first, and ban the 51st for an hour", async () => {
    const client = "203.0.113.70";
    const statuses = await gate.flood(client, 52, "audio");
    expect(statuses.slice(0, 50).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(50)).toEqual([429, 403]);
    gate.running().advance(3_599_999);
    expect((await gate.visit(client, "audio")).realStatus).toBe(403);
    gate.running().advance(1);
    expect((await gate.visit(client, "audio")).realStatus).toBe(200);
  });

  it("answer 429 with the seconds to wait", async () => {
    const client = "203.0.113.71";
    await gate.flood(client, 50, "audio");
    const answer = await gate.visit(client, "audio", "/next.wav");
    expect(answer.realStatus).toBe(429);
    expect(answer.headers["retry-after"]).toBe("3600");
    expect(await gate.running().decisionOf(answer)).toMatchObject({ reason: "over-rate-limit" });
  });

  it("ban the address from that surface of that account alone", async () => {
    const client = "203.0.113.72";
    await gate.flood(client, 51, "audio");
    expect(await gate.statuses(client)).toEqual([200, 200, 200, 403]);
    expect((await gate.visit("203.0.113.73", "audio")).realStatus).toBe(200);
  });

  it("follow the three settings of the account", async () => {
    const settings = { requestMaxCount: 3, requestMaxSeconds: 10, requestBanExpirySeconds: 120 };
    expect((await limitAudio(settings)).status).toBe(200);
    const client = "203.0.113.74";
    expect(await gate.flood(client, 3, "audio")).toEqual([200, 200, 200]);
    gate.running().advance(10_000);
    expect(await gate.flood(client, 4, "audio")).toEqual([200, 200, 200, 429]);
    gate.running().advance(119_999);
    expect((await gate.visit(client, "audio")).realStatus).toBe(403);
    gate.running().advance(1);
    expect((await gate.visit(client, "audio")).realStatus).toBe(200);
  });

  it("count a recording once, however often its player asks for more of it", async () => {
    await limitAudio({ requestMaxCount: 2 });
    const client = "203.0.113.75";
    for (let index = 0; index < 10; index += 1) {
      expect((await gate.visit(client, "audio", "/one.wav")).realStatus).toBe(200);
    }
    expect((await gate.visit(client, "audio", "/two.wav")).realStatus).toBe(200);
    expect((await gate.visit(client, "audio", "/three.wav")).realStatus).toBe(429);
  });
});

describe("the hard limit", () => {
  it("bans the address that makes more than 600 requests in 60 seconds", async () => {
    const client = "203.0.113.80";
    const statuses = await gate.flood(client, 601);
    expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true);
    expect(statuses[600]).toBe(429);
    expect(await gate.statuses(client)).toEqual([403, 403, 403, 403]);
  });

  it("looks at any 60 seconds, not at minutes of the clock", async () => {
    const client = "203.0.113.81";
    await gate.flood(client, 300);
    gate.running().advance(59_999);
    const statuses = await gate.flood(client, 301);
    expect(statuses.at(-2)).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });

  it("leaves 600 a minute alone, minute after minute", async () => {
    const client = "203.0.113.82";
    for (let minute = 0; minute < 3; minute += 1) {
      expect(new Set(await gate.flood(client, 600))).toEqual(new Set([200]));
      gate.running().advance(60_000);
    }
  });

  it.each([
    [601, 60],
    [11, 1],
    [300, 29],
  ])("refuses a limit of %i in %i s as looser, and says why", async (count, seconds) => {
    const refused = await limitAudio({ requestMaxCount: count, requestMaxSeconds: seconds });
    expect(refused).toMatchObject({ status: 400, json: { code: "policy-refused" } });
    const [{ path, message }] = refused.json.errors;
    expect(path).toBe("/value/audio/requestMaxCount");
    expect(message).toContain("hard limit is 600 requests in 60 seconds");
    expect(message).toContain(`at most ${seconds * 10} requests`);
  });

  it.each([
    [600, 60],
    [10, 1],
    [6000, 600],
  ])("accepts a limit of %i in %i s", async (count, seconds) => {
    const answer = await limitAudio({ requestMaxCount: count, requestMaxSeconds: seconds });
    expect(answer.status).toBe(200);
  });

  it("cannot be switched off", async () => {
    const refused = await gate.setPolicy("hard-limit", { mode: "off" });
    expect(refused.status).toBe(400);
  });
});

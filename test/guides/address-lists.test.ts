// The guide on address lists: add one, add a range, edit, delete, and which of them goes first.
import { describe, expect, it } from "vitest";
import { useGuideGate } from "./start-guide-gate.ts";

const REFUSED = [403, 403, 403, 403];
const PASSED = [200, 200, 200, 200];
const FAILURES = { count: 11, source: "pbx" };

describe("address lists", () => {
  const gate = useGuideGate();

  it("deny one address everywhere: pages, API, web chat and recordings", async () => {
    const client = "203.0.113.1";
    await gate.add({ range: client, action: "deny" });
    expect(await gate.statuses(client)).toEqual(REFUSED);
    expect(await gate.statuses("203.0.113.2")).toEqual(PASSED);
    const answer = await gate.visit(client, "api");
    const decided = await gate.running().decisionOf(answer);
    expect(decided).toMatchObject({ reason: "on-deny-list", surface: "api" });
  });

  it.each([
    ["192.0.2.0-192.0.2.9", "192.0.2.9", "192.0.2.10"],
    ["198.51.100.0/25", "198.51.100.127", "198.51.100.128"],
    ["2001:db8:1::/48", "2001:db8:1:ffff::1", "2001:db8:2::1"],
  ])("deny the range %s and allow a range within it", async (range, inside, outside) => {
    const entry = await gate.add({ range, action: "deny" });
    expect(entry).toMatchObject({ range, origin: "manual", action: "deny" });
    expect(await gate.statuses(inside)).toEqual(REFUSED);
    expect(await gate.statuses(outside)).toEqual(PASSED);
    await gate.add({ range: inside, action: "allow" });
    expect(await gate.statuses(inside)).toEqual(PASSED);
  });

  it("say how to write an address that cannot be read", async () => {
    const refused = await gate.api("POST", "/api/v1/entries", {
      range: "203.0.113.77/24",
      action: "deny",
    });
    const suggest = "203.0.113.0/24 or 203.0.113.77";
    expect(refused).toMatchObject({ status: 400, json: { suggest } });
  });

  it("can be changed: action, note and end", async () => {
    const client = "203.0.113.3";
    const { id } = await gate.add({ range: client, action: "deny", note: "crawler" });
    const change = { action: "allow", note: "partner" };
    expect(await gate.must("PATCH", `/api/v1/entries/${id}`, change)).toMatchObject(change);
    expect(await gate.statuses(client)).toEqual(PASSED);
    const expiresAt = new Date(gate.running().nowMs() + 60_000).toISOString();
    await gate.must("PATCH", `/api/v1/entries/${id}`, { action: "deny", expiresAt });
    expect(await gate.statuses(client)).toEqual(REFUSED);
    gate.running().advance(60_000);
    expect(await gate.statuses(client)).toEqual(PASSED);
  });

  it("can be deleted, one or many at once, all of them or none", async () => {
    const clients = ["203.0.113.4", "203.0.113.5", "203.0.113.6"];
    const ids: number[] = [];
    for (const range of clients) ids.push((await gate.add({ range, action: "deny" })).id);
    await gate.must("DELETE", `/api/v1/entries/${ids[0]}`);
    expect(await gate.statuses(clients[0]!)).toEqual(PASSED);
    const half = await gate.api("POST", "/api/v1/entries/delete", { ids });
    expect(half.status).toBe(404);
    expect(await gate.statuses(clients[2]!)).toEqual(REFUSED);
    const rest = { ids: ids.slice(1) };
    expect(await gate.must("POST", "/api/v1/entries/delete", rest)).toEqual({ removed: 2 });
    expect(await gate.statuses(clients[2]!)).toEqual(PASSED);
  });

  it("can be searched for what covers an address before one of them is touched", async () => {
    const wide = await gate.add({ range: "198.18.0.0/16", action: "deny" });
    const own = await gate.add({ range: "198.18.5.5", action: "allow" });
    const found = await gate.must("GET", "/api/v1/entries?covering=198.18.5.5");
    expect(found.entries.map(({ id }: { id: number }) => id)).toEqual(
      expect.arrayContaining([wide.id, own.id]),
    );
    expect(found.entries).toHaveLength(2);
  });

  it("let an allowed address past denial, bans, countries and limits", async () => {
    const client = "5.9.7.7";
    await gate.must("POST", "/api/v1/reports", { address: client, ...FAILURES });
    await gate.add({ range: "5.9.7.0/24", action: "deny" });
    await gate.setPolicy("country", { mode: "enforce", countries: { DE: "deny" } });
    expect(await gate.statuses(client)).toEqual(REFUSED);
    await gate.add({ range: client, action: "allow" });
    expect(await gate.statuses(client)).toEqual(PASSED);
    expect(new Set(await gate.flood(client, 150, "webchat"))).toEqual(new Set([200]));
    expect(new Set(await gate.flood(client, 150, "audio"))).toEqual(new Set([200]));
    await gate.must("POST", "/api/v1/reports", { address: client, ...FAILURES });
    expect(await gate.statuses(client)).toEqual(PASSED);
  });

  it("leave who is on neither list to the policy of the country", async () => {
    const client = "5.9.8.8";
    expect(await gate.statuses(client)).toEqual(PASSED);
    await gate.setPolicy("country", { mode: "enforce", countries: { DE: "deny" } });
    expect(await gate.statuses(client)).toEqual(REFUSED);
    const steps = (await gate.running().decisionOf(await gate.visit(client))).steps;
    expect(steps.map(({ step, result }: Record<string, string>) => `${step} ${result}`)).toEqual([
      "on-allow-list not-matched",
      "on-deny-list not-matched",
      "on-subscribed-list not-applicable",
      "banned not-matched",
      "over-hard-limit not-matched",
      "country-denied matched",
    ]);
  });
});

describe("entries that the system made", () => {
  const gate = useGuideGate();

  async function banned(client: string) {
    await gate.must("POST", "/api/v1/reports", { address: client, ...FAILURES });
    const { bans } = await gate.must("GET", `/api/v1/bans?covering=${client}`);
    expect(bans).toHaveLength(1);
    return bans[0];
  }

  it("are listed with their cause and end", async () => {
    const ban = await banned("203.0.113.61");
    expect(ban).toMatchObject({
      range: "203.0.113.61",
      holds: "everywhere",
      cause: "failed-authentication",
      endsAt: new Date(gate.running().nowMs() + 1_800_000).toISOString(),
    });
    const { bans } = await gate.must("GET", "/api/v1/bans");
    expect(bans.map(({ id }: { id: number }) => id)).toContain(ban.id);
  });

  it("can be edited", async () => {
    const client = "203.0.113.62";
    const { id } = await banned(client);
    const endsAt = new Date(gate.running().nowMs() + 90_000).toISOString();
    const edited = await gate.must("PATCH", `/api/v1/bans/${id}`, { endsAt, note: "a student" });
    expect(edited).toMatchObject({ endsAt, note: "a student" });
    gate.running().advance(89_999);
    expect(await gate.statuses(client)).toEqual(REFUSED);
    gate.running().advance(1);
    expect(await gate.statuses(client)).toEqual(PASSED);
  });

  it("can be released by hand, which also clears what was counted", async () => {
    const client = "203.0.113.63";
    const { id } = await banned(client);
    expect(await gate.must("POST", `/api/v1/bans/${id}/release`)).toMatchObject({ id });
    expect(await gate.statuses(client)).toEqual(PASSED);
    const again = await gate.api("POST", `/api/v1/bans/${id}/release`);
    expect(again.status).toBe(404);
    const almost = { address: client, count: 10, source: "pbx" };
    expect((await gate.must("POST", "/api/v1/reports", almost)).banned).toEqual([]);
  });

  it("can be made permanent, and are then an entry like any other", async () => {
    const client = "203.0.113.64";
    const { id } = await banned(client);
    const { entry } = await gate.must("POST", `/api/v1/bans/${id}/make-permanent`);
    expect(entry).toMatchObject({
      range: client,
      action: "deny",
      origin: "manual",
      expiresAt: null,
    });
    gate.running().advance(365 * 86_400_000);
    expect(await gate.statuses(client)).toEqual(REFUSED);
    await gate.must("DELETE", `/api/v1/entries/${entry.id}`);
    expect(await gate.statuses(client)).toEqual(PASSED);
  });

  it("never overwrite what was entered by hand", async () => {
    const client = "203.0.113.65";
    await banned(client);
    const entry = await gate.add({ range: client, action: "deny", note: "by hand" });
    await gate.must("POST", "/api/v1/bans/release", { address: client });
    expect(await gate.statuses(client)).toEqual(REFUSED);
    const found = await gate.must("GET", `/api/v1/entries?covering=${client}`);
    expect(found.entries).toEqual([entry]);
  });
});

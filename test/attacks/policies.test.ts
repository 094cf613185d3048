// Attack rows 7, 57, 59 and 61: countries that are none, lists past allow entries, odd settings.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countryFile, startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

const logLines: string[] = [];
const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate({ dataDir, onLogLine: (line) => logLines.push(line) });
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("attack row 7: country edge", () => {
  const OPEN = { countries: { DE: "allow" }, mode: "enforce", defaultAction: "deny" } as const;

  function setCountry(unknown: string, others: string): Promise<unknown> {
    const value = { ...OPEN, unknown, private: others };
    return gate.must("PUT", "/api/v1/policy/country", { value });
  }

  async function placeOf(clientAddress: string): Promise<readonly [number, string]> {
    const explained = await gate.must("GET", `/api/v1/explain?address=${clientAddress}`);
    const answer = await gate.ask("nginx", { clientAddress });
    expect(answer.realStatus).toBe(explained.status);
    if (answer.realStatus === 200) return [200, explained.country];
    const decision = await gate.decisionOf(answer);
    expect(decision).toMatchObject({ reason: "country-denied", country: explained.country });
    expect(decision.detail.countryDatabaseDate).toBe("2027-01-01");
    return [403, decision.country];
  }

  it.each([
    ["10.1.2.3", "private"],
    ["192.168.0.1", "private"],
    ["100.64.0.1", "private"],
    ["fd00::1", "private"],
    ["fe80::1", "private"],
    ["2002:0509:0001::1", "unknown"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "unknown"],
    ["64:ff9b:1::1", "unknown"],
    ["64:ff9b::0a00:0001", "unknown"],
    ["240.0.0.1", "unknown"],
    ["203.0.113.7", "unknown"],
    ["192.88.99.1", "unknown"],
    ["4000::1", "unknown"],
    ["9.9.9.9", "unknown"],
  ])("%s is %s, by its own choice and no other", async (address, place) => {
    const isPrivate = place === "private";
    await setCountry("deny", "allow");
    expect(await placeOf(address)).toEqual([isPrivate ? 200 : 403, place]);
    await setCountry("allow", "deny");
    expect(await placeOf(address)).toEqual([isPrivate ? 403 : 200, place]);
  });

  it.each([
    ["5.9.1.1", 200, "DE"],
    ["64:ff9b::509:101", 200, "DE"],
    ["133.11.0.1", 403, "JP"],
    ["64:ff9b::850b:1", 403, "JP"],
    ["2a01:4f8::1", 200, "DE"],
  ] as const)("%s: %i as %s", async (address, status, country) => {
    await setCountry("allow", "allow");
    expect(await placeOf(address)).toEqual([status, country]);
  });

  it("a cut-off file is refused and said; a good one is swapped in while serving", async () => {
    await setCountry("allow", "allow");
    const path = join(dataDir, "geo", "country.mmdb");
    const statusOf = async (): Promise<number> =>
      (await gate.ask("nginx", { clientAddress: "5.9.1.1" })).realStatus;
    const geo = () => gate.must("GET", "/api/v1/geo");
    const soon = { timeout: 15_000, interval: 100 };

    writeFileSync(path, countryFile({ "5.9.0.0/16": "JP" }).subarray(0, 200));
    await expect.poll(async () => (await geo()).lastRefusal, soon).toMatch(/country\.mmdb/);
    expect((await gate.must("GET", "/readyz")).checks.countries).toMatch(/was refused/);
    expect(await statusOf()).toBe(200);

    writeFileSync(path, countryFile({ "5.9.0.0/16": "JP" }));
    await expect.poll(statusOf, soon).toBe(403);
    const moved = await gate.ask("nginx", { clientAddress: "5.9.1.1" });
    expect(await gate.decisionOf(moved)).toMatchObject({ country: "JP", reason: "country-denied" });
    expect(await geo()).toMatchObject({ origin: "dropped-in", isStale: false, lastRefusal: null });
  });

  it("a database of over 60 days is a health failure that is seen", async () => {
    gate.advance(61 * 86_400_000);
    expect((await gate.must("GET", "/api/v1/geo")).isStale).toBe(true);
    expect((await gate.must("GET", "/readyz")).checks.countries).toMatch(/^stale/);
  });
});

describe("attack row 57: import past allow", () => {
  it("warns, counts, and allow still wins", async () => {
    await gate.must("PUT", "/api/v1/policy/country", {
      value: {
        mode: "off",
        defaultAction: "allow",
        countries: {},
        unknown: "allow",
        private: "allow",
      },
    });
    for (const range of ["203.0.113.7", "198.51.100.0/25", "2001:db8::7"]) {
      await gate.must("POST", "/api/v1/entries", { range, action: "allow" });
    }
    const list = "203.0.113.0/24\n198.51.100.5\n192.0.2.0/24\n2001:db8::/32\n198.51.100.128/25\n";
    const path = "/api/v1/entries/import?action=deny";
    const { status, json } = await gate.upload(path, "text/plain", list);
    expect([status, json.added, json.unchanged]).toEqual([200, 5, 0]);
    expect(json.warnings).toEqual([
      "3 deny lines take in addresses of allow entries; allow wins there.",
    ]);
    for (const [clientAddress, expected] of [
      ["203.0.113.7", 200],
      ["198.51.100.5", 200],
      ["2001:db8::7", 200],
      ["203.0.113.8", 403],
      ["192.0.2.1", 403],
      ["198.51.100.200", 403],
      ["2001:db8::8", 403],
    ] as const) {
      expect([clientAddress, (await gate.ask("caddy", { clientAddress })).realStatus]).toEqual([
        clientAddress,
        expected,
      ]);
    }
    const single = { range: "198.51.100.0/24", action: "deny" };
    const saved = await gate.must("POST", "/api/v1/entries", single);
    expect(saved.warnings.join(" ")).toContain("allow wins");
    const clean = await gate.upload(path, "text/plain", "100.100.100.0/24\n");
    expect(clean.json.warnings).toEqual([]);
  });
});

describe("attack row 59: log injection ban", () => {
  it.each([
    "x from 10.0.0.1 port 22\r\nFailed password for root from 10.0.0.2 port 22 ssh2",
    "10.0.0.3",
    "x\u2028from 10.0.0.4\u0000",
    '","address":"10.0.0.5',
  ])("a user called %j bans the address of its connection alone", async (user) => {
    const address = "81.2.69.160";
    const report = { address, user, count: 11, source: "pbx\r\nfrom 10.0.0.6" };
    expect(await gate.must("POST", "/api/v1/reports", report)).toMatchObject({ banned: [address] });
    const { bans } = await gate.must("GET", "/api/v1/bans");
    expect(bans.map(({ range }: { range: string }) => range)).toEqual([address]);
    await gate.must("POST", "/api/v1/bans/release", { address });
    // The same words as a token, which is logged or recorded nowhere as such.
    const headers = { authorization: `Bearer ${encodeURIComponent(user)}`, "user-agent": "a\tb" };
    await gate.ask("own", { clientAddress: "81.2.69.161", uri: "/api/v1/entries", headers });
    expect((await gate.must("GET", "/api/v1/bans")).bans).toEqual([]);
    for (const line of logLines) {
      expect(line.trimEnd().split(/[\r\n\u2028]/)).toHaveLength(1);
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });

  it("the log has lines, and a path cannot break one", async () => {
    const uri = "/%0d%0afrom%2010.0.0.9";
    await gate.ask("nginx", { clientAddress: "81.2.69.162", uri, method: "FOO" });
    await gate.api("GET", "/api/v1/explain?address=a%0d%0ab");
    gate.server.http.server.emit("clientError", new Error("x\r\ny"), { destroy: () => undefined });
    const events = (await gate.must("GET", "/api/v1/events?limit=1000")).events;
    expect(events.map(({ address }: { address: string }) => address)).not.toContain("10.0.0.9");
    // What could not be read is kept as it was sent: in one line, and nothing of it decoded.
    const paths = events.map(({ detail }: { detail: object }) => Object.entries(detail));
    expect(paths.flat()).toContainEqual(["unreadablePath", uri]);
    expect(JSON.stringify(events)).not.toMatch(/\\[rn]|from 10/);
  });
});

describe("attack row 61: limit config abuse", () => {
  const GOOD = { requestMaxCount: 50, requestMaxSeconds: 60, requestBanExpirySeconds: 3600 };

  async function setAudio(audio: unknown): Promise<readonly [number, string]> {
    const rest = { mode: "off", ...GOOD };
    const value = { audio, portal: rest, api: rest };
    const answer = await gate.api("PUT", "/api/v1/policy/rate-limits", { value });
    return [answer.status, answer.text];
  }

  it.each([
    { requestMaxCount: 0 },
    { requestMaxCount: -1 },
    { requestMaxCount: 1e9 },
    { requestMaxCount: "60" },
    { requestMaxCount: 2 ** 53 },
    { requestMaxCount: Number.NaN },
    { requestMaxCount: 1.5 },
    { requestMaxCount: [50] },
    { requestMaxCount: 601 },
    { requestMaxCount: 11, requestMaxSeconds: 1 },
    { requestMaxSeconds: 0 },
    { requestMaxSeconds: -60 },
    { requestMaxSeconds: 1e9 },
    { requestBanExpirySeconds: 0 },
    { requestBanExpirySeconds: -1 },
    { requestBanExpirySeconds: 2 ** 53 },
    { requestBanExpirySeconds: 31_536_001 },
    { mode: "on" },
    { mode: true },
    { surprise: 1 },
  ])("%j is refused and changes nothing", async (odd) => {
    const before = await gate.must("GET", "/api/v1/policy/rate-limits");
    const [status, text] = await setAudio({ mode: "enforce", ...GOOD, ...odd });
    expect([status, text]).toEqual([400, text]);
    expect(JSON.parse(text).errors).not.toEqual([]);
    expect(await gate.must("GET", "/api/v1/policy/rate-limits")).toEqual(before);
  });

  it("601 in 60 s is refused with the hard limit's words, 600 is accepted", async () => {
    const [status, text] = await setAudio({ mode: "enforce", ...GOOD, requestMaxCount: 601 });
    expect(status).toBe(400);
    expect(text).toMatch(/hard limit is 600 requests in 60 seconds/);
    expect((await setAudio({ mode: "enforce", ...GOOD, requestMaxCount: 600 }))[0]).toBe(200);
    expect((await setAudio({ mode: "enforce", ...GOOD }))[0]).toBe(200);
  });

  it.each([
    ["ban", { durationSeconds: 0 }],
    ["ban", { durationSeconds: 59 }],
    ["ban", { durationSeconds: 31_536_001 }],
    ["ban", { ipv6PrefixLength: 47 }],
    ["failed-authentication", { offencesMax: 0 }],
    ["failed-authentication", { windowSeconds: 0 }],
    ["webchat-requests", { requestsMax: -1 }],
    ["hard-limit", { exemptAllowEntries: 1 }],
    ["hard-limit", { mode: "off" }],
  ])("%s with %j is refused", async (section, odd) => {
    const { value } = await gate.must("GET", `/api/v1/policy/${section}`);
    const path = `/api/v1/policy/${section}`;
    const answer = await gate.api("PUT", path, { value: { ...value, ...odd } });
    expect(answer.status).toBe(400);
    expect((await gate.must("GET", path)).value).toEqual(value);
  });

  it.each(["NaN", "1e999", "-0x1", "050", "9007199254740993"])(
    "the number %s is refused as JSON",
    async (number) => {
      const body = `{"value":{"exemptAllowEntries":false},"version":${number}}`;
      const answer = await gate.upload("/api/v1/policy/disable", "application/json", body);
      expect(answer.status).toBe(400);
    },
  );
});

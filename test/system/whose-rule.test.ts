// Whose rule spoke, whose ban it is and what was asked for: counted, listed and told as it was.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PORTAL_HOST, startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";

const DENIED_BY_BOTH = "203.0.113.1";
const DENIED_BY_PLATFORM = "203.0.113.2";
const DENIED_BY_ACME = "203.0.113.3";
const LISTENER = "133.11.0.5";

let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate();
  for (const code of ["acme", "beta"]) {
    await gate.must("POST", "/api/v1/accounts", { code, name: code });
  }
  await gate.must("PUT", "/api/v1/policy/routes", {
    value: {
      routes: [
        { host: "*", pathPrefix: "/", surface: "audio", account: "acme" },
        { host: "nobody.example.com", pathPrefix: "/", surface: "api", account: null },
      ],
    },
  });
  for (const range of [DENIED_BY_BOTH, DENIED_BY_PLATFORM]) {
    await gate.must("POST", "/api/v1/entries", { range, action: "deny" });
  }
  for (const range of [DENIED_BY_BOTH, DENIED_BY_ACME]) {
    await gate.must("POST", "/api/v1/entries", { range, action: "deny", account: "acme" });
  }
});
afterAll(() => gate?.stop());

async function setLimit(at: string, surface: string): Promise<void> {
  const path = `/api/v1/policy/rate-limits${at}`;
  const { value } = await gate.must("GET", path);
  const limit = { ...value[surface], mode: "enforce", requestMaxCount: 1, requestMaxSeconds: 60 };
  await gate.must("PUT", path, { value: { ...value, [surface]: limit } });
}

async function ask(clientAddress: string, uri = "/", host = PORTAL_HOST) {
  const answer = await gate.ask("caddy", { clientAddress, uri, host });
  return answer.realStatus;
}

describe("what is counted of a rule", () => {
  it("says how much of it accounts' own rules refused", async () => {
    for (const address of [DENIED_BY_BOTH, DENIED_BY_PLATFORM, DENIED_BY_ACME, DENIED_BY_ACME]) {
      expect(await ask(address)).toBe(403);
    }
    const { reasons } = await gate.must("GET", "/api/v1/overview?account=acme");
    const row = { reason: "on-deny-list", verdict: "refuse", requests: 4, byAccounts: 2 };
    expect(reasons).toContainEqual(row);
  });

  it("says of an account on monitor that its own rule only recorded", async () => {
    const path = "/api/v1/policy/country?account=beta";
    const { value } = await gate.must("GET", path);
    const countries = { DE: "deny" };
    await gate.must("PUT", path, { value: { ...value, mode: "monitor", countries } });
    const routes = await gate.must("GET", "/api/v1/policy/routes");
    const beta = { host: "beta.example.com", pathPrefix: "/", surface: "portal", account: "beta" };
    const all = { routes: [...routes.value.routes, beta] };
    await gate.must("PUT", "/api/v1/policy/routes", { value: all });
    expect(await ask("5.9.0.1", "/", "beta.example.com")).toBe(200);
    const { reasons } = await gate.must("GET", "/api/v1/overview?account=beta");
    expect(reasons).toEqual([
      { reason: "country-denied", verdict: "monitor", requests: 1, byAccounts: 1 },
    ]);
  });
});

describe("a ban by an account's limit", () => {
  beforeAll(async () => {
    await setLimit("?account=acme", "audio");
    await setLimit("", "api");
    for (const uri of ["/1", "/2", "/3"]) await ask(LISTENER, uri);
    for (const uri of ["/1", "/2"]) await ask("81.2.69.5", uri, "nobody.example.com");
  });

  it("is counted as the account's, beside those of the platform", async () => {
    const { bansMade, reasons } = await gate.must("GET", "/api/v1/overview");
    expect(bansMade).toEqual([{ cause: "rate-limit", bans: 2, byAccounts: 1 }]);
    const over = { reason: "over-rate-limit", verdict: "refuse", requests: 2, byAccounts: 1 };
    expect(reasons).toContainEqual(over);
  });

  it("is told with account and country, and so is its release", async () => {
    const { bans } = await gate.must("GET", "/api/v1/bans?account=acme");
    const path = `/api/v1/events?group=bans&address=${LISTENER}`;
    const [event] = (await gate.must("GET", path)).events;
    expect(event).toMatchObject({ kind: "ban", account: "acme", country: "JP" });
    expect(bans).toHaveLength(1);
  });

  it("is among what is asked of its address, whichever account is looked at", async () => {
    for (const at of ["", "&account=acme", "&account=beta"]) {
      const path = `/api/v1/counters?address=${LISTENER}${at}`;
      const { bans } = await gate.must("GET", path);
      expect(bans).toMatchObject([{ account: "acme", holds: "audio", cause: "rate-limit" }]);
    }
    const other = await gate.must("GET", "/api/v1/counters?address=192.0.2.1");
    expect(other.bans).toEqual([]);
  });
});

describe("a request that could not be read", () => {
  const known = { method: "GET", host: PORTAL_HOST };
  it.each([
    ["a raw space", "/recordings/a b?token=secret", "/recordings/a b"],
    ["half an escape", "/a%#secret", "/a%"],
    ["a broken escape", "/recordings/%zz", "/recordings/%zz"],
    ["an endless path", `/%zz${"x".repeat(400)}`, `/%zz${"x".repeat(296)}…`],
    ["no path", "a/b", "a/b"],
    ["a whole address, whose password is not kept", "http://ada:secret@host/x y", "/x y"],
  ])("by %s keeps method and host, and the path as it was sent", async (_what, uri, shown) => {
    gate.advance(60_000);
    const visit = { clientAddress: "198.51.100.1", uri };
    const { detail, reason } = await gate.decisionOf(await gate.ask("caddy", visit));
    expect(reason).toBe("request-malformed");
    expect(detail).toMatchObject({ ...known, path: null, unreadablePath: shown });
  });

  it("keeps the path that could be read where something else is wrong", async () => {
    const clientAddress = "198.51.100.2";
    const cases = [
      [{ method: "FOO" }, { method: null, host: PORTAL_HOST }],
      [{ host: "a b" }, { method: "GET", host: null }],
      [{ doorQuery: "role=root" }, known],
    ] as const;
    for (const [visit, expected] of cases) {
      gate.advance(60_000);
      const answer = await gate.ask("nginx", { clientAddress, uri: "/x?y", ...visit });
      const { detail } = await gate.decisionOf(answer);
      expect(detail).toMatchObject({ ...expected, path: "/x" });
      expect(detail).not.toHaveProperty("unreadablePath");
    }
  });

  it("keeps nothing of an address with a password in it", async () => {
    const headers = { "X-Original-URL": "https://me:secret@portal.example.com/x?y" };
    const visit = { clientAddress: "198.51.100.3", headers };
    const { detail } = await gate.decisionOf(await gate.ask("nginx", visit));
    expect(detail).toMatchObject({ method: "GET", host: null, path: "/x" });
    expect(JSON.stringify(detail)).not.toContain("secret");
  });

  it("has the id of the first of its kind within a minute, as every repeated refusal", async () => {
    const clientAddress = "198.51.100.4";
    const ids = [];
    for (const uri of ["/a%", "/recordings/%zz"]) {
      ids.push((await gate.ask("caddy", { clientAddress, uri })).decisionId);
    }
    expect(new Set(ids).size).toBe(1);
    gate.advance(60_000);
    expect(ids).not.toContain((await gate.ask("caddy", { clientAddress, uri: "/a%" })).decisionId);
  });
});

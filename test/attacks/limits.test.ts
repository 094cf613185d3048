// Attack rows 40 to 62, first half: what is counted, by whom, and where the count ends.

import { connect } from "node:net";
import type { Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askMany, repeat } from "./ask-many.ts";
import { startGate } from "./start-gate.ts";
import type { ApiAnswer, RunningGate } from "./start-gate.ts";

const HOUR_MS = 3_600_000;
const AUDIO_HOST = "audio.example.com";
const CHAT_HOST = "chat.example.com";
const API_HOST = "api.example.com";

let gate: RunningGate;
/** The server as its visitors reach it without a proxy, on both families at once. */
let bare: RunningGate;

beforeAll(async () => {
  [gate, bare] = await Promise.all([
    startGate(),
    startGate({ env: { LISTEN: "[::]:0", TRUSTED_PROXIES: "" } }),
  ]);
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  const routes = [
    { host: AUDIO_HOST, pathPrefix: "/", surface: "audio", account: "acme" },
    { host: CHAT_HOST, pathPrefix: "/", surface: "webchat", account: null },
    { host: API_HOST, pathPrefix: "/", surface: "api", account: null },
  ];
  await gate.must("PUT", "/api/v1/policy/routes", { value: { routes } });
});
afterAll(() => Promise.all([gate?.stop(), bare?.stop()]));

// Every window has passed; bans of up to an hour too.
beforeEach(() => gate.advance(2 * HOUR_MS));

async function bansOf(address: string): Promise<ApiAnswer["json"]> {
  return (await gate.must("GET", `/api/v1/bans?covering=${encodeURIComponent(address)}`)).bans;
}

/** Offences of a kind: wrong API tokens, each another one. */
async function guess(address: string, times: number, first = 0): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let index = first; index < first + times; index += 1) {
    const authorization = `Bearer pst_${String(index).padStart(43, "0")}`;
    const visit = { clientAddress: address, uri: "/api/v1/entries", headers: { authorization } };
    statuses.push((await gate.ask("own", visit)).status);
  }
  return statuses;
}

function report(address: string, count: number): Promise<ApiAnswer["json"]> {
  return gate.must("POST", "/api/v1/reports", { address, count, source: "pbx" });
}

async function statusAt(address: string, host = "portal.example.com"): Promise<number> {
  return (await gate.ask("nginx", { clientAddress: address, host })).realStatus;
}

describe("attack row 40: freshness", () => {
  it("an entry or release holds from the next request on", async () => {
    const address = "203.0.113.40";
    expect(await statusAt(address)).toBe(200);
    const { entry } = await gate.must("POST", "/api/v1/entries", {
      range: address,
      action: "deny",
    });
    const answer = await gate.ask("caddy", { clientAddress: address });
    expect(await gate.decisionOf(answer)).toMatchObject({ reason: "on-deny-list", status: 403 });
    await gate.must("DELETE", `/api/v1/entries/${entry.id}`);
    expect(await statusAt(address)).toBe(200);
    await report(address, 11);
    expect(await statusAt(address)).toBe(403);
    await gate.must("POST", "/api/v1/bans/release", { address });
    expect(await statusAt(address)).toBe(200);
  });
});

describe("attack row 40: freshness of accounts", () => {
  it("a new account has its own rules at once", async () => {
    await gate.must("POST", "/api/v1/accounts", { code: "beta", name: "Beta" });
    const order = { range: "203.0.113.41", action: "deny", account: "beta" };
    await gate.must("POST", "/api/v1/entries", order);
    const explained = await gate.must("GET", "/api/v1/explain?address=203.0.113.41&account=beta");
    expect(explained).toMatchObject({ verdict: "refuse", reason: "on-deny-list" });
    expect(await statusAt("203.0.113.41")).toBe(200);
  });
});

describe("attack row 42: off by one", () => {
  it("the 51st request within 60 s is refused and bans for 3600 s to the second", async () => {
    const address = "203.0.113.42";
    const asked = { port: gate.port, host: AUDIO_HOST, uri: (n: number) => `/recording-${n}` };
    const fifty = await askMany({ ...asked, clientAddresses: repeat(address, 50) });
    expect(new Set(fifty)).toEqual(new Set([200]));
    gate.advance(59_999);
    const visit = { clientAddress: address, host: AUDIO_HOST, uri: "/one-more" };
    const over = await gate.ask("haproxy", visit);
    expect([over.status, over.headers["retry-after"]]).toEqual([429, "3600"]);
    const decision = await gate.decisionOf(over);
    expect(decision).toMatchObject({
      reason: "over-rate-limit",
      surface: "audio",
      account: "acme",
    });
    const [ban] = await bansOf(address);
    expect(ban).toMatchObject({ cause: "rate-limit", holds: "audio", account: "acme" });
    expect(ban.decision).toBe(over.decisionId);
    expect(Date.parse(ban.endsAt) - Date.parse(ban.createdAt)).toBe(HOUR_MS);
    expect(await statusAt(address)).toBe(200);
    gate.advance(HOUR_MS - 1);
    const banned = await gate.ask("haproxy", visit);
    expect((await gate.decisionOf(banned)).reason).toBe("banned");
    expect(banned.status).toBe(403);
    gate.advance(1);
    expect((await gate.ask("haproxy", visit)).status).toBe(200);
  });

  it("50 requests in each 60 s never add up", async () => {
    const address = "203.0.113.43";
    for (let round = 0; round < 3; round += 1) {
      const statuses = await askMany({
        port: gate.port,
        host: AUDIO_HOST,
        clientAddresses: repeat(address, 50),
        uri: (n) => `/recording-${round}-${n}`,
      });
      expect(new Set(statuses)).toEqual(new Set([200]));
      gate.advance(60_000);
    }
  });

  it("10 failed authentications are allowed, the 11th bans", async () => {
    const address = "203.0.113.44";
    expect(await guess(address, 10)).toEqual(repeat("401", 10).map(Number));
    expect(await statusAt(address)).toBe(200);
    expect(await bansOf(address)).toEqual([]);
    await guess(address, 1, 10);
    expect(await bansOf(address)).toMatchObject([
      { cause: "failed-authentication", holds: "everywhere", range: address },
    ]);
    expect(await statusAt(address)).toBe(403);
  });
});

describe("attack row 47: IPv6 rotation", () => {
  it("10,000 addresses of one /64 are one visitor; its neighbours are not", async () => {
    const addressOf = (network: number, host: number): string =>
      `2001:db8:0:${network.toString(16)}:${host.toString(16)}::1`;
    const clientAddresses = Array.from({ length: 10_000 }, (_, n) => addressOf(0x47, n));
    const statuses = await askMany({ port: gate.port, clientAddresses });
    expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true);
    expect(statuses[600]).toBe(429);
    expect(statuses.slice(601).every((status) => status === 403)).toBe(true);
    const bans = await bansOf(addressOf(0x47, 1));
    expect(bans).toMatchObject([{ range: "2001:db8:0:47::/64", cause: "hard-limit" }]);
    expect(await statusAt(addressOf(0x47, 0xffff))).toBe(403);
    expect(await statusAt(addressOf(0x46, 0xffff))).toBe(200);
    expect(await statusAt(addressOf(0x48, 0))).toBe(200);
  });

  it("lists stay exact", async () => {
    await gate.must("POST", "/api/v1/entries", { range: "2001:db8:1:1::5", action: "deny" });
    expect(await statusAt("2001:db8:1:1::5")).toBe(403);
    expect(await statusAt("2001:db8:1:1::4")).toBe(200);
    expect(await statusAt("2001:db8:1:1::6")).toBe(200);
  });
});

describe("attack row 48: mapped bucket", () => {
  it("IPv4 visitors of a dual-stack listener are counted one by one", async () => {
    const exhausted = await askDirectly("127.0.0.2", 650);
    expect(exhausted.filter((status) => status === 200)).toHaveLength(600);
    expect(exhausted.filter((status) => status === 429)).toHaveLength(50);
    expect(await askDirectly("127.0.0.3", 1)).toEqual([200]);
    expect(await askDirectly("::1", 1)).toEqual([200]);
  });

  it("the mapped spelling is the same visitor", async () => {
    const clientAddresses = [...repeat("203.0.113.48", 300), ...repeat("::ffff:cb00:7130", 301)];
    const statuses = await askMany({ port: gate.port, clientAddresses });
    expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect(await bansOf("203.0.113.48")).toMatchObject([{ range: "203.0.113.48" }]);
    expect(await statusAt("203.0.113.49")).toBe(200);
    expect(await statusAt("::1")).toBe(200);
  });

  /** Real connections from that address; the statuses in order. */
  function askDirectly(localAddress: string, times: number): Promise<readonly number[]> {
    const host = localAddress.includes(":") ? "::1" : "127.0.0.1";
    return new Promise((resolve, reject) => {
      const socket = connect({ host, localAddress, port: bare.port });
      let text = "";
      const done = (): void => {
        const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((one) => Number(one[1]));
        if (statuses.length < times) return;
        socket.destroy();
        resolve(statuses);
      };
      socket.setTimeout(10_000, () => socket.destroy(new Error("silence")));
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        text += chunk.toString("latin1");
        done();
      });
      const one =
        "GET /gate/caddy HTTP/1.1\r\nHost: gate\r\nX-Forwarded-Method: GET\r\n" +
        "X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /\r\n\r\n";
      socket.write(one.repeat(times));
    });
  }
});

describe("attack row 53: success resets", () => {
  it("a good token between wrong ones leaves the address's count alone", async () => {
    const address = "203.0.113.53";
    const created = await gate.must("POST", "/api/v1/tokens", {
      name: "own",
      scopes: ["policy:read"],
    });
    const headers = { authorization: `Bearer ${created.token}` };
    const good = { clientAddress: address, uri: "/api/v1/entries", headers };
    for (let index = 0; index < 10; index += 1) {
      expect((await gate.ask("own", good)).status).toBe(200);
      expect(await guess(address, 1, index)).toEqual([401]);
    }
    expect((await gate.ask("own", good)).status).toBe(200);
    await guess(address, 1, 10);
    expect(await bansOf(address)).toMatchObject([{ cause: "failed-authentication" }]);
    expect((await gate.ask("own", good)).status).toBe(403);
  });
});

describe("attack row 54: which failures count", () => {
  it("API tokens and reports feed one counter", async () => {
    const address = "203.0.113.54";
    await report(address, 3);
    await guess(address, 3);
    await report(address, 4);
    expect(await bansOf(address)).toEqual([]);
    await guess(address, 1, 3);
    expect(await bansOf(address)).toMatchObject([{ cause: "failed-authentication" }]);
  });

  it("the same wrong token again, and none at all, are no further offence", async () => {
    const address = "203.0.113.55";
    for (let index = 0; index < 12; index += 1) await guess(address, 1, 0);
    for (const authorization of ["Basic YTpi", ""]) {
      for (let index = 0; index < 12; index += 1) {
        const headers = { authorization };
        const visit = { clientAddress: address, uri: "/api/v1/entries", headers };
        expect((await gate.ask("own", visit)).status).toBe(401);
      }
    }
    expect(await bansOf(address)).toEqual([]);
    expect(await report(address, 9)).toMatchObject({ counted: 9, banned: [] });
    expect(await report(address, 1)).toMatchObject({ counted: 1, banned: [address] });
  });
});

describe("attack row 55: automatic and manual", () => {
  it("a manual entry survives the ban's end and release", async () => {
    const address = "203.0.113.56";
    await report(address, 11);
    const order = { range: address, action: "deny", note: "by hand" };
    const { entry } = await gate.must("POST", "/api/v1/entries", order);
    const reasonNow = async (): Promise<string> =>
      (await gate.decisionOf(await gate.ask("nginx", { clientAddress: address }))).reason;
    expect(await reasonNow()).toBe("on-deny-list");
    gate.advance(1_800_000);
    expect(await bansOf(address)).toEqual([]);
    expect(await reasonNow()).toBe("on-deny-list");
    const { entries } = await gate.must("GET", `/api/v1/entries?covering=${address}`);
    expect(entries).toEqual([entry]);
    await gate.must("DELETE", `/api/v1/entries/${entry.id}`);
    expect(await statusAt(address)).toBe(200);
  });

  it("release counts from zero again: one more failure does not ban, eleven do", async () => {
    const address = "203.0.113.57";
    await report(address, 11);
    const [ban] = await bansOf(address);
    await gate.must("POST", `/api/v1/bans/${ban.id}/release`);
    expect((await gate.api("POST", `/api/v1/bans/${ban.id}/release`)).status).toBe(404);
    expect(await report(address, 10)).toMatchObject({ counted: 10, banned: [] });
    expect(await statusAt(address)).toBe(200);
    expect(await report(address, 1)).toMatchObject({ banned: [address] });
  });

  it("an automatic end counts from zero again, too", async () => {
    const address = "203.0.113.58";
    await gate.must("PUT", "/api/v1/policy/failed-authentication", {
      value: { mode: "enforce", offencesMax: 10, windowSeconds: 86_400 },
    });
    await report(address, 11);
    gate.advance(1_800_000);
    expect(await report(address, 10)).toMatchObject({ counted: 10, banned: [] });
    await gate.must("PUT", "/api/v1/policy/failed-authentication", {
      value: { mode: "enforce", offencesMax: 10, windowSeconds: 600 },
    });
  });
});

describe("attack row 56: allow-listed offender", () => {
  it("is slowed over the hard limit until under it again, and never banned", async () => {
    const address = "198.51.100.56";
    await gate.must("POST", "/api/v1/entries", { range: address, action: "allow" });
    const statuses = await askMany({
      port: gate.port,
      host: AUDIO_HOST,
      clientAddresses: repeat(address, 601),
      uri: (n) => `/recording-${n}`,
    });
    // Neither the account's 50 plays nor its bans hold for it.
    expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true);
    expect(statuses[600]).toBe(429);
    expect(await guess(address, 20)).not.toContain(403);
    expect(await report(address, 20)).toMatchObject({ counted: 0, notCounted: 20, banned: [] });
    expect(await bansOf(address)).toEqual([]);
    const slowed = await gate.ask("caddy", { clientAddress: address });
    expect((await gate.decisionOf(slowed)).reason).toBe("over-hard-limit");
    gate.advance(60_000);
    expect(await statusAt(address)).toBe(200);
  });
});

describe("attack row 62: chat flood", () => {
  it.each([
    ["invalid bodies", "203.0.113.62", "POST", "Content-Length: 9\r\n\r\nnot json!"],
    ["OPTIONS", "203.0.113.63", "OPTIONS", "\r\n"],
    ["bodies that never come", "203.0.113.64", "POST", "Content-Length: 1000000\r\n\r\n{"],
  ])("%s count before they are read", async (_name, address, method, rest) => {
    const open = (): Socket => {
      const socket = connect({ host: "127.0.0.1", port: gate.port });
      socket.on("error", () => socket.destroy());
      socket.write(
        `${method} /chat HTTP/1.1\r\nHost: ${CHAT_HOST}\r\nX-Forwarded-For: ${address}\r\n` +
          `Content-Type: application/json\r\n${rest}`,
      );
      return socket;
    };
    const passedBefore = await countPassed();
    const sockets = Array.from({ length: 100 }, open);
    await expect.poll(countPassed, { timeout: 20_000, interval: 20 }).toBe(passedBefore + 100);
    for (const socket of sockets) socket.destroy();
    expect(await bansOf(address)).toEqual([]);
    // Refused at once, although its body is still on the way.
    expect(await firstWords(open())).toMatch(/^HTTP\/1\.1 429 /);
    expect(await bansOf(address)).toMatchObject([{ cause: "webchat-requests" }]);
    expect(await firstWords(open())).toMatch(/^HTTP\/1\.1 403 /);
    expect(await statusAt(address)).toBe(403);
  });

  /** How many requests the gate has let pass since its start. */
  async function countPassed(): Promise<number> {
    const { text } = await gate.api("GET", "/metrics");
    const told = /^postern_decisions_total\{verdict="pass",reason="no-rule-matched"\} (\d+)/m;
    return Number(told.exec(text)?.[1] ?? 0);
  }

  function firstWords(socket: Socket): Promise<string> {
    return new Promise((resolve) => {
      socket.setTimeout(20_000, () => socket.destroy());
      socket.once("data", (chunk) => {
        socket.destroy();
        resolve(chunk.toString("latin1"));
      });
      socket.once("close", () => resolve("closed without an answer"));
    });
  }
});

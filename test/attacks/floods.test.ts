// Attack rows 52 and 60: floods of keys, and of requests from who is banned already.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideRequest } from "../../src/core/gate/decide-request.ts";
import { askMany, repeat } from "./ask-many.ts";
import { startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate();
});
afterAll(() => gate?.stop());

describe("attack row 52: key-cardinality flood", () => {
  it("thousands of visitors push no hot offender out", async () => {
    const hot = "203.0.113.52";
    const first = await askMany({ port: gate.port, clientAddresses: repeat(hot, 590) });
    expect(first.every((status) => status === 200)).toBe(true);
    const cold = Array.from({ length: 5000 }, (_, n) => `100.${n >> 8}.${n & 255}.1`);
    const asked = await askMany({ port: gate.port, clientAddresses: cold });
    expect(asked.every((status) => status === 200)).toBe(true);

    const last = await askMany({ port: gate.port, clientAddresses: repeat(hot, 12) });
    expect(last.slice(0, 10).every((status) => status === 200)).toBe(true);
    expect(last.slice(10)).toEqual([429, 403]);
  });

  it("400,000 more in 50 s: bounded memory, no offence forgotten", async () => {
    const hot = "203.0.113.53";
    const report = { address: hot, count: 10 };
    expect(await gate.must("POST", "/api/v1/reports", report)).toMatchObject({ banned: [] });
    // Without HTTP, which would take minutes: the very function and state that the doors use.
    const { state } = gate.server.network;
    const residentBefore = process.memoryUsage.rss();
    const places = [{ surface: 0, account: null }];
    for (let n = 0; n < 400_000; n += 1) {
      const w3 = Math.imul(n + 1, 0x9e37_79b1) >>> 0;
      const address = { family: 4, w0: 0, w1: 0, w2: 0, w3 } as const;
      // Five million in ten minutes are eight in a millisecond.
      const context = { nowMs: gate.nowMs() + (n >>> 3), counting: "raise" } as const;
      decideRequest(state, { address, places, play: null, countsAgainstRate: true }, context);
    }
    expect(process.memoryUsage.rss() - residentBefore).toBeLessThan(200 * 1024 * 1024);
    const { text } = await gate.api("GET", "/metrics");
    const keys = Number(/^postern_counted_keys (\d+)/m.exec(text)?.[1]);
    expect(keys).toBeGreaterThan(100_000);
    expect(keys).toBeLessThanOrEqual(2 ** 21);
    gate.advance(50_000);
    const once = { address: hot };
    expect(await gate.must("POST", "/api/v1/reports", once)).toMatchObject({ banned: [hot] });
  });
});

describe("attack row 60: ban is cheap", () => {
  const BANNED = "203.0.113.60";

  beforeAll(async () => {
    await gate.must("POST", "/api/v1/reports", { address: BANNED, count: 11 });
  });

  it("decided while the store is busy, as often as asked, under one decision", async () => {
    const busy = holdStore();
    const answers = await askMany({ port: gate.port, clientAddresses: repeat(BANNED, 5000) });
    expect(new Set(answers)).toEqual(new Set([403]));
    const answer = await gate.ask("caddy", { clientAddress: BANNED });
    expect(busy.isHeld()).toBe(true);
    await busy.free();
    const decision = await gate.decisionOf(answer);
    expect(decision).toMatchObject({ reason: "banned", count: 5001 });
  });

  it("decided before a body is read", async () => {
    const startedMs = performance.now();
    const received = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: gate.port });
      let text = "";
      socket.setTimeout(10_000, () => socket.destroy());
      socket.on("data", (chunk) => (text += chunk.toString("latin1")));
      socket.on("error", reject);
      socket.on("close", () => resolve(text));
      socket.write(
        `POST /api/v1/entries HTTP/1.1\r\nHost: gate\r\nX-Forwarded-For: ${BANNED}\r\n` +
          "Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{",
      );
    });
    expect(received).toMatch(/^HTTP\/1\.1 403 /);
    expect(received.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });

  /** A writing transaction that lasts until it is freed: nobody else gets to the store. */
  function holdStore(): { readonly isHeld: () => boolean; readonly free: () => Promise<void> } {
    let isHeld = true;
    let free = (): void => undefined;
    const until = new Promise<void>((resolve) => (free = resolve));
    const { database } = gate.server.network;
    const held = database
      .transaction(() => until)
      .finally(() => {
        isHeld = false;
      });
    return {
      isHeld: () => isHeld,
      free: () => {
        free();
        return held;
      },
    };
  }
});

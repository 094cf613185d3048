// Proxy checks: a gate that hangs or is gone closes the door, soon, and opens it again after.

import assert from "node:assert/strict";
import { assertPasses, assertRefused } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { CLIENT } from "./scenario-policy.ts";

const CLOSED = [503];
/** The shipped timeouts are 1 s to connect and 2 s to answer; nginx may meet both. */
const CLOSED_MS_MAX = 3500;

/** These take the gate away, so they come last and in this order. */
export const FAILURE_CHECKS: readonly ProxyCheck[] = [
  {
    name: "a gate that hangs refuses within 3.5 s, and passes again once it answers (row 33)",
    run: async (world) => {
      const wanted = { clientAddress: CLIENT.allowed, path: "/" };
      // Stopped, not ended: the kernel still accepts connections, and nobody ever answers.
      world.postern.process.signal("SIGSTOP");
      const tookMs: number[] = [];
      try {
        for (let index = 0; index < 3; index += 1) {
          const answer = await assertRefused(world, wanted, CLOSED);
          assert.ok(answer.tookMs < CLOSED_MS_MAX, `took ${answer.tookMs} ms`);
          assert.ok(Number(answer.headers["retry-after"]) > 0, "Retry-After is missing");
          tookMs.push(answer.tookMs);
        }
      } finally {
        world.postern.process.signal("SIGCONT");
      }
      await assertPasses(world, wanted);
      return `503 after ${tookMs.join(", ")} ms, then 200`;
    },
  },
  {
    name: "a gate that is gone refuses at once",
    run: async (world) => {
      await world.postern.process.stop();
      const tookMs: number[] = [];
      for (const clientAddress of [CLIENT.allowed, CLIENT.onAllowList, CLIENT.denied]) {
        const answer = await assertRefused(world, { clientAddress, path: "/" }, CLOSED);
        assert.ok(answer.tookMs < CLOSED_MS_MAX, `took ${answer.tookMs} ms`);
        tookMs.push(answer.tookMs);
      }
      return `503 after ${tookMs.join(", ")} ms`;
    },
  },
];

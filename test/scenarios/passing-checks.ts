// Proxy checks: what may pass passes whole, and the portal is told the truth about it.

import assert from "node:assert/strict";
import { assertPasses, assertRefused, valuesOf } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { CLIENT, countPassed } from "./scenario-policy.ts";
import { visit } from "./visit.ts";

export const IDENTITY_HEADERS = [
  "x-postern-user",
  "x-postern-email",
  "x-postern-account",
  "x-postern-role",
] as const;

const WEBSOCKET = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
} as const;

export const PASSING_CHECKS: readonly ProxyCheck[] = [
  {
    name: "an allowed visitor passes and the portal sees its address and an empty identity",
    run: async (world) => {
      for (const clientAddress of [CLIENT.allowed, CLIENT.allowedIpv6, CLIENT.onAllowList]) {
        const { reached } = await assertPasses(world, { clientAddress, path: "/page?q=%2f" });
        assert.equal(reached.url, "/page?q=%2f");
        assert.deepEqual(valuesOf(reached, "host"), ["portal.example.com"]);
        const forwarded = valuesOf(reached, "x-forwarded-for").join(", ").split(", ");
        assert.ok(forwarded.includes(clientAddress), `X-Forwarded-For ${forwarded.join(", ")}`);
        for (const name of IDENTITY_HEADERS) assert.equal(valuesOf(reached, name).join(""), "");
      }
      return "3 passed";
    },
  },
  {
    name: "the file as shipped, without a load balancer: allowed passes, denied is refused",
    run: async (world) => {
      const proxy = world.direct;
      const allowed = { proxy, clientAddress: CLIENT.localAllowed, path: "/" };
      const { reached } = await assertPasses(world, allowed);
      assert.deepEqual(valuesOf(reached, "x-forwarded-for"), [CLIENT.localAllowed]);
      await assertRefused(world, { ...allowed, clientAddress: CLIENT.localDenied }, [403]);
      return "200, 403";
    },
  },
  {
    name: "the portal's own answers pass unchanged, errors too",
    run: async (world) => {
      const statuses = [201, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503];
      for (const status of statuses) {
        const path = `/status/${status}`;
        const { answer } = await assertPasses(world, { clientAddress: CLIENT.allowed, path });
        assert.equal(answer.status, status);
        if (status !== 204) assert.ok(answer.body.includes(`"url":"${path}"`), answer.body);
        if (status === 401)
          assert.equal(answer.headers["www-authenticate"], 'Basic realm="portal"');
        if (status === 429) assert.equal(answer.headers["retry-after"], "7");
      }
      return statuses.join(" ");
    },
  },
  {
    name: "a request body reaches the portal, not the gate",
    run: async (world) => {
      const body = "x".repeat(100_000);
      for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
        const wanted = { clientAddress: CLIENT.allowed, path: "/upload", method: "POST", headers };
        const { answer, reached } = await assertPasses(world, { ...wanted, body });
        assert.equal(reached.method, "POST");
        assert.ok(answer.body.includes('"bodyBytes":100000'), answer.body);
        await assertRefused(world, { ...wanted, body, clientAddress: CLIENT.denied }, [403]);
      }
      return "2×200 with 100000 bytes, 2×403";
    },
  },
  {
    name: "a WebSocket opens for an allowed visitor only (attack row 28)",
    run: async (world) => {
      const wanted = { path: "/socket", headers: WEBSOCKET };
      const { answer } = await assertPasses(world, { ...wanted, clientAddress: CLIENT.allowed });
      assert.equal(answer.status, 101);
      await assertRefused(world, { ...wanted, clientAddress: CLIENT.denied }, [403]);
      return "101, 403";
    },
  },
  {
    name: "requests that reach the portal are exactly those the gate let pass",
    run: async (world) => {
      const [passedBefore, reachedBefore] = [
        await countPassed(world.postern),
        world.backend.reached.length,
      ];
      const addresses = Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0 ? CLIENT.counted : CLIENT.denied,
      );
      const answers = await Promise.all(
        addresses.map((clientAddress, index) =>
          visit({ proxy: world.fronted, clientAddress, path: `/counted/${index}` }),
        ),
      );
      assert.ok(answers.every(({ status }, index) => status === (index % 2 === 0 ? 200 : 403)));
      const passed = (await countPassed(world.postern)) - passedBefore;
      const reached = world.backend.reached.length - reachedBefore;
      assert.deepEqual([passed, reached], [20, 20]);
      return "20 let pass, 20 reached, 20 refused";
    },
  },
];

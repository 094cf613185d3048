// Proxy checks: nothing a visitor writes about itself changes a decision or reaches the portal.

import assert from "node:assert/strict";
import { assertPasses, assertRefused, valuesOf } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { IDENTITY_HEADERS } from "./passing-checks.ts";
import { AUDIO_PREFIX, CLIENT } from "./scenario-policy.ts";

const ADDRESS_NAMES = [
  "X-Forwarded-For",
  "X-Real-IP",
  "Forwarded",
  "CF-Connecting-IP",
  "True-Client-IP",
  "X-Client-IP",
  "X-Cluster-Client-IP",
  "X_Forwarded_For",
  "x_real_ip",
] as const;

const FALSE_TARGET = {
  "X-Original-URL": "http://portal.example.com/open",
  "X-Original-Method": "HEAD",
  "X-Rewrite-URL": "/open",
  "X-Forwarded-Uri": "/open",
  "X-Forwarded-Host": "elsewhere.test",
  "X-Forwarded-Method": "HEAD",
  "X-Forwarded-Prefix": "/open",
  X_Original_URL: "http://portal.example.com/open",
  X_Forwarded_Uri: "/open",
} as const;

const FALSE_IDENTITY = {
  "X-Postern-User": "operator",
  "X-Postern-Email": "operator@portal.test",
  "X-Postern-Account": "acme",
  "X-Postern-Role": "operator",
  "X-Postern-Status": "200",
  "X-Postern-Decision": "aaaaaaaaaaaaaaaaaaaa",
  "X-Postern-Location": "https://elsewhere.test/",
  "X-Postern-Retry-After": "1",
  "x-PoStErN-rOlE": "operator",
  X_Postern_User: "operator",
  "X_Postern-Role": "operator",
} as const;

export const FORGERY_CHECKS: readonly ProxyCheck[] = [
  {
    name: "no header that names another address helps a denied visitor (attack rows 9, 13, 14)",
    run: async (world) => {
      let asked = 0;
      for (const [proxy, clientAddress, pretended] of [
        [world.fronted, CLIENT.denied, CLIENT.onAllowList],
        [world.direct, CLIENT.localDenied, CLIENT.localAllowed],
        [world.direct, CLIENT.localDenied, "127.0.0.1"],
      ] as const) {
        for (const headers of forgedAddresses(pretended)) {
          await assertRefused(world, { proxy, clientAddress, path: "/", headers }, [403]);
          asked += 1;
        }
      }
      return `${asked}×403`;
    },
  },
  {
    name: "no header that names a denied address harms an allowed visitor or reaches the portal",
    run: async (world) => {
      const clientAddress = CLIENT.localAllowed;
      for (const headers of forgedAddresses(CLIENT.localDenied)) {
        const wanted = { proxy: world.direct, clientAddress, path: "/", headers };
        const { reached } = await assertPasses(world, wanted);
        assert.deepEqual(valuesOf(reached, "x-forwarded-for"), [clientAddress]);
        const told = JSON.stringify(reached.headers);
        assert.ok(!told.includes(CLIENT.localDenied), told);
      }
      return `${forgedAddresses("").length}×200, none reached the portal`;
    },
  },
  {
    name: "identity headers that a visitor sends never reach the portal",
    run: async (world) => {
      for (const proxy of [world.fronted, world.direct]) {
        const clientAddress = proxy === world.direct ? CLIENT.localAllowed : CLIENT.allowed;
        const wanted = { proxy, clientAddress, path: "/", headers: FALSE_IDENTITY };
        const { reached } = await assertPasses(world, wanted);
        for (const name of IDENTITY_HEADERS) assert.equal(valuesOf(reached, name).join(""), "");
        const told = JSON.stringify(reached.headers);
        assert.doesNotMatch(told, /operator|acme|elsewhere|aaaaaaaa/);
        assert.doesNotMatch(told, /x_postern/i);
        const denied = proxy === world.direct ? CLIENT.localDenied : CLIENT.denied;
        const answer = await assertRefused(world, { ...wanted, clientAddress: denied }, [403]);
        assert.doesNotMatch(answer.body, /aaaaaaaaaaaaaaaaaaaa/);
        assert.equal(answer.headers.location, undefined);
      }
      return "2×200, 2×403";
    },
  },
  {
    name: "headers that name another URL, host or method change nothing",
    run: async (world) => {
      const clientAddress = CLIENT.pathWalker;
      const path = `${AUDIO_PREFIX}/forged`;
      for (let index = 0; index < 50; index += 1) {
        const { reached } = await assertPasses(world, {
          clientAddress,
          path: `${path}-${index}`,
          headers: FALSE_TARGET,
        });
        assert.equal(reached.url, `${path}-${index}`);
        assert.doesNotMatch(JSON.stringify(reached.headers), /\/open|elsewhere/);
      }
      // Counted as what they were: GET requests for audio.
      const wanted = { clientAddress, path, headers: FALSE_TARGET };
      await assertRefused(world, wanted, [429]);
      const both = { ...FALSE_TARGET, ...FALSE_IDENTITY };
      await assertRefused(world, { ...wanted, headers: both }, [403, 429]);
      return "50×200 for audio, then 429";
    },
  },
];

function forgedAddresses(pretended: string): readonly Readonly<Record<string, string>>[] {
  return ADDRESS_NAMES.flatMap((name) =>
    (name === "Forwarded"
      ? [`for=${pretended}`]
      : [pretended, `${pretended}, 127.0.0.1`, `127.0.0.1, ${pretended}`]
    ).map((value) => ({ [name]: value })),
  );
}

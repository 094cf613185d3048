// Proxy checks: what is refused is refused truly: status, page, Retry-After, and for how long.

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { playRecordings } from "./play-recordings.ts";
import { assertPasses, assertRefused, countStatuses } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { AUDIO_LIMIT, AUDIO_PREFIX, BRIEF_LIMIT, BRIEF_PREFIX, CLIENT } from "./scenario-policy.ts";
import type { Answer } from "./visit.ts";

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const PROGRAM = { accept: "application/json" };
const DECISION_ID = /\b[a-z2-7]{20}\b/;
/** After the 51st request (429) the ban it made answers; both refuse. */
const BANNED = [403, 429];

export const REFUSING_CHECKS: readonly ProxyCheck[] = [
  {
    name: "a denied visitor gets 403: a page with the decision id, or problem details",
    run: async (world) => {
      for (const clientAddress of [CLIENT.denied, CLIENT.deniedIpv6]) {
        const wanted = { clientAddress, path: "/" };
        assertPage(await assertRefused(world, { ...wanted, headers: BROWSER }, [403]));
        assertProblem(await assertRefused(world, { ...wanted, headers: PROGRAM }, [403]), 403);
      }
      return "403 text/html, 403 application/problem+json";
    },
  },
  {
    name: "a denied country gets 403",
    run: async (world) => {
      const wanted = { clientAddress: CLIENT.inDeniedCountry, path: "/", headers: BROWSER };
      assertPage(await assertRefused(world, wanted, [403]));
      return "403";
    },
  },
  {
    name: "the 51st audio request gets a true 429 with Retry-After 3600, and audio stays shut",
    run: async (world) => {
      const clientAddress = CLIENT.listener;
      await playRecordings(world, clientAddress, AUDIO_LIMIT.requestMaxCount);
      const over = { clientAddress, path: `${AUDIO_PREFIX}/one-more`, headers: BROWSER };
      const first = await assertRefused(world, over, [429]);
      assert.equal(first.headers["retry-after"], String(AUDIO_LIMIT.requestBanExpirySeconds));
      assertPage(first);
      const next = await assertRefused(world, { ...over, headers: PROGRAM }, BANNED);
      assertProblem(next, next.status);
      await assertPasses(world, { clientAddress, path: "/page" });
      return `50×200, 429 Retry-After ${first.headers["retry-after"]}, then ${next.status}`;
    },
  },
  {
    name: "HEAD is no play: it does not use up the audio limit",
    run: async (world) => {
      const clientAddress = CLIENT.headListener;
      for (let index = 0; index < 5; index += 1) {
        await assertPasses(world, {
          clientAddress,
          path: `${AUDIO_PREFIX}/head-${index}`,
          method: "HEAD",
        });
      }
      await playRecordings(world, clientAddress, AUDIO_LIMIT.requestMaxCount);
      const over = { clientAddress, path: `${AUDIO_PREFIX}/one-more` };
      await assertRefused(world, over, [429]);
      return "5 HEAD, 50×200, 429";
    },
  },
  {
    name: "a short ban ends on time: not before, not after, whatever is asked meanwhile",
    run: async (world) => {
      const wanted = { clientAddress: CLIENT.briefly, path: `${BRIEF_PREFIX}/call` };
      for (let index = 0; index < BRIEF_LIMIT.requestMaxCount; index += 1) {
        await assertPasses(world, wanted);
      }
      const beforeMs = Date.now();
      await assertRefused(world, wanted, [429]);
      const afterMs = Date.now();
      const banMs = BRIEF_LIMIT.requestBanExpirySeconds * 1000;
      const asked: number[] = [];
      while (Date.now() < beforeMs + banMs - 250) {
        asked.push((await assertRefused(world, wanted, BANNED)).status);
        await wait(200);
      }
      await wait(afterMs + banMs + 20 - Date.now());
      await assertPasses(world, wanted);
      return `429, ${countStatuses(asked)} in ${banMs - 250} ms, 200 after ${banMs} ms`;
    },
  },
  {
    name: "every method meets the network rules (attack row 27)",
    run: async (world) => {
      const preflight = { origin: "https://portal.test", "access-control-request-method": "PUT" };
      const override = { "x-http-method-override": "OPTIONS" };
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        const wanted = { clientAddress: CLIENT.denied, path: "/", method };
        const answer = await assertRefused(world, wanted, [403]);
        if (method === "HEAD") assert.equal(answer.body, "");
        await assertRefused(world, { ...wanted, headers: override }, [403]);
      }
      const options = { clientAddress: CLIENT.denied, path: "/", method: "OPTIONS" };
      await assertRefused(world, { ...options, headers: preflight }, [403]);
      for (const method of ["PROPFIND", "TRACE"]) {
        await assertRefused(world, { ...options, method }, [400, 403, 405, 501]);
      }
      return "15×403, PROPFIND and TRACE refused";
    },
  },
  {
    name: "health-check names open no door (attack row 29)",
    run: async (world) => {
      for (const agent of ["kube-probe/1.0", "GoogleHC/1.0", "ELB-HealthChecker/2.0"]) {
        for (const path of ["/ping", "/healthz", "/gate/nginx/answer", "/_postern/gate"]) {
          const headers = { "user-agent": agent };
          const wanted = { clientAddress: CLIENT.denied, path, headers };
          await assertRefused(world, wanted, path === "/_postern/gate" ? [403, 404] : [403]);
        }
      }
      return "12 refused";
    },
  },
  {
    name: "nobody gets another visitor's verdict, also with a cache on the gate (attack row 35)",
    run: async (world) => {
      const proxy = world.caching;
      const allowed = { proxy, clientAddress: CLIENT.allowed, path: "/shared" };
      const denied = { ...allowed, clientAddress: CLIENT.denied };
      for (let round = 0; round < 3; round += 1) {
        await assertPasses(world, allowed);
        const answer = await assertRefused(world, denied, [403]);
        assert.match(answer.headers["cache-control"] ?? "", /no-store/);
        await assertPasses(world, { ...allowed, clientAddress: CLIENT.otherAllowed });
      }
      return "200 403 200, three times";
    },
  },
];

function assertPage(answer: Answer): void {
  assert.match(answer.headers["content-type"] ?? "", /^text\/html/);
  assert.match(answer.body, DECISION_ID);
}

function assertProblem(answer: Answer, status: number): void {
  assert.match(answer.headers["content-type"] ?? "", /^application\/problem\+json/);
  const problem = JSON.parse(answer.body) as { readonly status?: unknown };
  assert.equal(problem.status, status);
  assert.match(answer.body, DECISION_ID);
}

// Proxy checks: no spelling of a path or request line leads around a rule.

import assert from "node:assert/strict";
import { playRecordings } from "./play-recordings.ts";
import { assertPasses, assertRefused, countStatuses } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { sendRaw, statusesOf } from "./raw-request.ts";
import { AUDIO_LIMIT, AUDIO_PREFIX, CLIENT } from "./scenario-policy.ts";

/** Ways to write /audio/x that some program behind the gate reads as such (attack rows 22, 24). */
const SPELLINGS = [
  "/audio/x",
  "/audio/x?y=/page",
  "/audio/x?/page",
  "/page/../audio/x",
  "/page/%2e%2e/audio/x",
  "/page/.%2E/audio/x",
  "/page/..%2faudio/x",
  "/page%2f..%2faudio%2fx",
  "/page/..;/audio/x",
  "/page;v=1/../audio/x",
  "/page/..\\audio/x",
  "/page\\..\\audio\\x",
  "/page/..%5caudio/x",
  "//audio/x",
  "///audio//x",
  "/./audio/x",
  "/audio/./x",
  "/audio/../audio/x",
  "/%61udio/x",
  "/%61%75%64%69%6f/x",
  "/audio%2fx",
  "/%2faudio/x",
  "/page/%252e%252e/audio/x",
  "/audio/x/../../audio/x",
] as const;

/** Sent byte for byte; none may be answered with success or reach the portal (attack row 26). */
const BAD_REQUEST_LINES = [
  ["a method that is none", "GETz / HTTP/1.1"],
  ["OPTIONS *", "OPTIONS * HTTP/1.1"],
  ["a relative target", "GET page HTTP/1.1"],
  ["NUL in the target", "GET /pa\0ge HTTP/1.1"],
  ["an encoded NUL", "GET /pa%00ge HTTP/1.1"],
  ["a tab in the target", "GET /pa\tge HTTP/1.1"],
  ["20 KB of target", `GET /${"a".repeat(20_480)} HTTP/1.1`],
  ["CONNECT", "CONNECT portal.example.com:443 HTTP/1.1"],
] as const;

export const PATH_CHECKS: readonly ProxyCheck[] = [
  {
    name: "one shut out of audio gets there by no spelling of the path (attack rows 22, 24)",
    run: async (world) => {
      const clientAddress = CLIENT.speller;
      await playRecordings(world, clientAddress, AUDIO_LIMIT.requestMaxCount);
      await assertRefused(world, { clientAddress, path: `${AUDIO_PREFIX}/one-more` }, [429]);
      const statuses: number[] = [];
      for (const path of SPELLINGS) {
        const { status } = await assertRefused(world, { clientAddress, path }, [400, 403, 429]);
        statuses.push(status);
      }
      await assertPasses(world, { clientAddress, path: `/page?x=${AUDIO_PREFIX}/x` });
      await assertPasses(world, { clientAddress, path: "/audiobook" });
      return countStatuses(statuses);
    },
  },
  {
    name: "a request line that cannot be read passes nobody (attack row 26)",
    run: async (world) => {
      const seen: string[] = [];
      for (const [name, line] of BAD_REQUEST_LINES) {
        const before = world.backend.reached.length;
        const received = await sendRaw({
          proxy: world.fronted,
          clientAddress: CLIENT.allowed,
          write: ({ host, forwarded }) => `${line}\r\n${host}${forwarded}\r\n`,
        });
        const statuses = statusesOf(received);
        assert.equal(world.backend.reached.length, before, `${name} reached the portal`);
        // Go's server, and so Caddy, answers "OPTIONS *" by itself, empty, and asks nobody.
        const isOwnAnswer = name === "OPTIONS *" && received.endsWith("\r\n\r\n");
        const isRefused = statuses.every((status) => status >= 400);
        assert.ok(isRefused || isOwnAnswer, `${name}: ${received.slice(0, 200)}`);
        seen.push(statuses[0] === undefined ? "closed" : String(statuses[0]));
      }
      return seen.join(" ");
    },
  },
  {
    name: "two host names in one request are refused, or are one for gate and portal (row 17)",
    run: async (world) => {
      const seen: string[] = [];
      for (const [line, headers] of [
        ["GET http://elsewhere.test/ HTTP/1.1", ""],
        ["GET / HTTP/1.1", "Host: elsewhere.test\r\n"],
      ] as const) {
        const before = world.backend.reached.length;
        const received = await sendRaw({
          proxy: world.fronted,
          clientAddress: CLIENT.allowed,
          write: ({ host, forwarded }) => `${line}\r\n${headers}${host}${forwarded}\r\n`,
        });
        // Caddy serves no site of the other name and says so with an empty 200 of its own.
        assert.equal(world.backend.reached.length, before, received.slice(0, 200));
        seen.push(String(statusesOf(received)[0] ?? "closed"));
      }
      return seen.join(" ");
    },
  },
];

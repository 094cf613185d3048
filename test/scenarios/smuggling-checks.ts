// Proxy checks: no request hides inside another (attack row 38).

import assert from "node:assert/strict";
import { assertPasses } from "./proxy-check.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { sendRaw, statusesOf } from "./raw-request.ts";
import { CLIENT, countPassed } from "./scenario-policy.ts";

const HIDDEN = "GET /hidden HTTP/1.1\r\nHost: portal.example.com\r\nX-Hidden: 1\r\n\r\n";
const CHUNKED_HIDDEN = `0\r\n\r\n${HIDDEN}`;
const asChunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

/** Name, request lines after the usual ones, and what follows the empty line. */
const SMUGGLED: readonly (readonly [string, string, string])[] = [
  [
    "CL and TE, the body ends early by TE",
    `Content-Length: ${CHUNKED_HIDDEN.length}\r\nTransfer-Encoding: chunked\r\n`,
    CHUNKED_HIDDEN,
  ],
  [
    "TE and CL, the body ends early by CL",
    "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
    asChunk(HIDDEN),
  ],
  ["two CL", `Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n`, HIDDEN],
  ["CL as a list", `Content-Length: 0, ${HIDDEN.length}\r\n`, HIDDEN],
  ["CL with a sign", `Content-Length: +${HIDDEN.length}\r\n`, HIDDEN],
  ["CL in hex", "Content-Length: 0x0\r\n", HIDDEN],
  ["TE xchunked", "Transfer-Encoding: xchunked\r\n", CHUNKED_HIDDEN],
  ["TE chunked, identity", "Transfer-Encoding: chunked, identity\r\n", CHUNKED_HIDDEN],
  [
    "two TE lines",
    `Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\nContent-Length: 4\r\n`,
    asChunk(HIDDEN),
  ],
  [
    "TE with a vertical tab",
    `Transfer-Encoding: \x0bchunked\r\nContent-Length: 4\r\n`,
    asChunk(HIDDEN),
  ],
  [
    "space before the colon",
    `Transfer-Encoding : chunked\r\nContent-Length: ${CHUNKED_HIDDEN.length}\r\n`,
    CHUNKED_HIDDEN,
  ],
  [
    "obs-fold",
    `Transfer-Encoding:\r\n chunked\r\nContent-Length: ${CHUNKED_HIDDEN.length}\r\n`,
    CHUNKED_HIDDEN,
  ],
  [
    "bare LF",
    `X-A: 1\nTransfer-Encoding: chunked\nContent-Length: ${CHUNKED_HIDDEN.length}\r\n`,
    CHUNKED_HIDDEN,
  ],
  [
    "bare CR",
    `X-A: 1\rTransfer-Encoding: chunked\r\nContent-Length: ${CHUNKED_HIDDEN.length}\r\n`,
    CHUNKED_HIDDEN,
  ],
  ["NUL in a value", `X-A: a\0b\r\nContent-Length: ${HIDDEN.length}\r\n`, HIDDEN],
  ["NUL in a name", `X\0A: b\r\nContent-Length: ${HIDDEN.length}\r\n`, HIDDEN],
  ["an underscored CL", `Content_Length: ${HIDDEN.length}\r\n`, HIDDEN],
  [
    "a chunk size beyond 64 bits",
    "Transfer-Encoding: chunked\r\n",
    `10000000000000002\r\nab\r\n${CHUNKED_HIDDEN}`,
  ],
  [
    "a bare LF after a chunk extension",
    "Transfer-Encoding: chunked\r\n",
    `2;x\nab\r\n${CHUNKED_HIDDEN}`,
  ],
  [
    "CL named in Connection",
    `Connection: Content-Length\r\nContent-Length: ${HIDDEN.length}\r\n`,
    HIDDEN,
  ],
  ["300 header lines", Array.from({ length: 300 }, (_, i) => `X-H${i}: 1\r\n`).join(""), ""],
  ["a header of 20 KB", `X-Long: ${"a".repeat(20_480)}\r\n`, ""],
];

const UPGRADES: readonly (readonly [string, string])[] = [
  ["Upgrade, HTTP2-Settings", "Upgrade: h2c\r\n"],
  ["Upgrade", "Upgrade: h2c, websocket\r\n"],
  ["Upgrade", "Upgrade: h2c\r\nUpgrade: websocket\r\n"],
  ["Upgrade", "Upgrade: websocket\r\nUpgrade: h2c\r\n"],
  ["Upgrade", "Upgrade: TLS/1.0\r\n"],
];

export const SMUGGLING_CHECKS: readonly ProxyCheck[] = [
  {
    name: "no request hides inside another: the gate decided each that reached (attack row 38)",
    run: async (world) => {
      const seen: string[] = [];
      for (const [name, lines, rest] of SMUGGLED) {
        const reachedBefore = world.backend.reached.length;
        const passedBefore = await countPassed(world.postern);
        const received = await sendRaw({
          proxy: world.fronted,
          clientAddress: CLIENT.smuggler,
          write: ({ host, forwarded }) =>
            `POST /outer HTTP/1.1\r\n${host}${forwarded}${lines}\r\n${rest}`,
        });
        const reached = world.backend.reached.length - reachedBefore;
        const passed = (await countPassed(world.postern)) - passedBefore;
        const statuses = statusesOf(received).join("+");
        assert.ok(
          reached <= passed,
          `${name}: ${reached} reached, ${passed} let pass; ${statuses}`,
        );
        // The proxy's connections to gate and portal are still in step.
        const marker = `/after-${seen.length}`;
        const clean = await assertPasses(world, { clientAddress: CLIENT.smuggler, path: marker });
        assert.ok(clean.answer.body.includes(`"url":"${marker}"`), `${name}: ${clean.answer.body}`);
        seen.push(statuses || "closed");
      }
      return seen.join(" ");
    },
  },
  {
    name: "no upgrade but a WebSocket opens a way past the gate (h2c)",
    run: async (world) => {
      const seen: number[] = [];
      for (const [connection, upgrade] of UPGRADES) {
        const before = world.backend.reached.length;
        const received = await sendRaw({
          proxy: world.fronted,
          clientAddress: CLIENT.smuggler,
          write: ({ host, forwarded }) =>
            `GET /upgrade HTTP/1.1\r\n${host}${forwarded}Connection: ${connection}\r\n` +
            `${upgrade}HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n`,
        });
        const told = world.backend.reached.slice(before).flatMap(({ headers }) => headers);
        const upgrades = told.filter(([name]) => name === "upgrade" || name === "http2-settings");
        assert.ok(
          upgrades.every(([, value]) => value === "websocket"),
          JSON.stringify(upgrades),
        );
        seen.push(statusesOf(received)[0] ?? 0);
      }
      assert.ok(
        seen.every((status) => status >= 101),
        "an upgrade got no answer",
      );
      return seen.join(" ");
    },
  },
  {
    name: "a refused HEAD has no body, and the connection stays in step",
    run: async (world) => {
      const reachedBefore = world.backend.reached.length;
      const received = await sendRaw({
        proxy: world.fronted,
        clientAddress: CLIENT.denied,
        write: ({ host, forwarded }) =>
          ["HEAD", "GET"]
            .map((method) => `${method} / HTTP/1.1\r\n${host}${forwarded}\r\n`)
            .join(""),
      });
      assert.deepEqual(statusesOf(received), [403, 403]);
      // RFC 9112 section 6.3: the first answer ends with its empty line.
      assert.equal(received.split("\r\n\r\n")[1]?.startsWith("HTTP/1.1 403 "), true);
      assert.equal(world.backend.reached.length, reachedBefore);
      return "403, 403";
    },
  },
  {
    name: "each of many pipelined requests is decided by itself",
    run: async (world) => {
      const reachedBefore = world.backend.reached.length;
      const passedBefore = await countPassed(world.postern);
      const received = await sendRaw({
        proxy: world.fronted,
        clientAddress: CLIENT.smuggler,
        quietMs: 800,
        write: ({ host, forwarded }) =>
          Array.from(
            { length: 10 },
            (_, index) => `GET /pipelined-${index} HTTP/1.1\r\n${host}${forwarded}\r\n`,
          ).join(""),
      });
      const reached = world.backend.reached.length - reachedBefore;
      const passed = (await countPassed(world.postern)) - passedBefore;
      assert.deepEqual([statusesOf(received).length, reached, passed], [10, 10, 10]);
      return "10 answered, 10 reached, 10 let pass";
    },
  },
];

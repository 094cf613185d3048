// Reads nginx's access lines as told, and as visitors would like them to be read.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNginxReader } from "./nginx-line.ts";

const TIME = "[22/Nov/2026:04:22:20 +0000]";
const TAIL = '179 "-" "curl/7.88.1"';
const OWN_WORDS = [
  "10.0.0.1 - x",
  TIME,
  ' "',
  '" 401 179 "',
  ", client: 10.0.0.1, server: ",
  "]",
  "[",
  " ",
  "\r\n",
  "\\",
  "x",
] as const;
const read = createNginxReader();

/** As nginx writes what a visitor sent (ngx_http_log_module, escape=default). */
function escape(text: string): string {
  return text.replaceAll(/["\\\r\n]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).padStart(2, "0");
    return `\\x${code.toUpperCase()}`;
  });
}

describe("nginx's access lines", () => {
  it("counts the statuses it is told to", () => {
    const reader = createNginxReader({ statuses: new Set([401, 403]), signInPath: null });
    const line = `203.0.113.9 - a ${TIME} "GET /x HTTP/1.1" 403 ${TAIL}`;
    expect(reader(line)).toMatchObject({ kind: "failed", address: "203.0.113.9" });
  });

  it.each([
    ["POST /login HTTP/1.1", true],
    ["POST /login?next=/ HTTP/1.1", true],
    ["GET /login HTTP/1.1", false],
    ["POST /login-help HTTP/1.1", false],
    ["POST /other HTTP/1.1", false],
  ])("counts a form's failure without a user name only where it is sent: %s", (request, counts) => {
    const reader = createNginxReader({ statuses: new Set([401]), signInPath: "/login" });
    const answer = reader(`203.0.113.9 - - ${TIME} "${request}" 401 ${TAIL}`);
    expect(answer?.kind === "failed").toBe(counts);
  });
});

describe("attack row 59: what a visitor sends bans nobody else", () => {
  it("holds for every name, path and agent as nginx writes them", () => {
    const word = fc.constantFrom(...OWN_WORDS);
    const escaped = fc.array(word, { maxLength: 8 }).map((parts) => escape(parts.join("")));
    fc.assert(
      fc.property(escaped, escaped, escaped, (user, path, agent) => {
        const who = `203.0.113.9 - u${user} ${TIME} "GET ${path} HTTP/1.1"`;
        const failed = `${who} 401 179 "-" "${agent}"`;
        expect(read(failed)).toMatchObject({ kind: "failed", address: "203.0.113.9" });
        const served = `${who} 200 179 "-" "${agent}"`;
        expect(read(served)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

// Reads access lines as nginx and Apache write them, and as visitors would like them to be read.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../address.ts";
import { createAccessReader } from "./access-line.ts";

const TIME = "[22/Nov/2026:04:22:20 +0000]";
const AT = Date.UTC(2026, 10, 22, 4, 22, 20);
const TAIL = '200 179 "-" "curl/7.88.1"';
const read = createAccessReader({ offsetMinutes: null });

function told(line: string, offsetMinutes: number | null = null) {
  const answer = createAccessReader({ offsetMinutes })(line);
  if (!answer.ok) return answer.fault;
  return [formatAddress(answer.address), answer.atMs - AT, answer.uri];
}

describe("an access line", () => {
  const get = '"GET /a?b=c HTTP/1.1"';

  it.each([
    ["combined", `203.0.113.9 - - ${TIME} ${get} ${TAIL}`, "203.0.113.9", "/a?b=c"],
    ["common", `203.0.113.9 - - ${TIME} ${get} 200 -`, "203.0.113.9", "/a?b=c"],
    ["longer", `203.0.113.9 - - ${TIME} ${get} ${TAIL} 0.003 "x"`, "203.0.113.9", "/a?b=c"],
    ["IPv6", `2001:DB8:0::9 - - ${TIME} ${get} ${TAIL}`, "2001:db8::9", "/a?b=c"],
    ["mapped", `::ffff:203.0.113.9 - - ${TIME} ${get} ${TAIL}`, "203.0.113.9", "/a?b=c"],
    ["user", `203.0.113.9 - a [x] b ${TIME} ${get} ${TAIL}`, "203.0.113.9", "/a?b=c"],
    ["ident", `203.0.113.9 id ada ${TIME} ${get} ${TAIL}`, "203.0.113.9", "/a?b=c"],
    ["HTTP/0.9", `203.0.113.9 - - ${TIME} "GET /" ${TAIL}`, "203.0.113.9", "/"],
    ["HTTP/2", `203.0.113.9 - - ${TIME} "GET / HTTP/2.0" ${TAIL}`, "203.0.113.9", "/"],
    ["quote of nginx", `203.0.113.9 - - ${TIME} "GET /\\x22 HTTP/1.1" ${TAIL}`, "", "/\\x22"],
    ["quote of Apache", `203.0.113.9 - - ${TIME} "GET /\\" HTTP/1.1" ${TAIL}`, "", '/\\"'],
    ["TLS", `203.0.113.9 - - ${TIME} "\\x16\\x03\\x01" 400 150 "-" "-"`, "", null],
    ["nothing", `203.0.113.9 - - ${TIME} "" 400 0 "-" "-"`, "", null],
    ["a dash", `203.0.113.9 - - ${TIME} "-" 408 0 "-" "-"`, "", null],
  ])("of kind %s is read", (_kind, line, address, uri) => {
    expect(told(line)).toEqual([address || "203.0.113.9", 0, uri]);
  });

  it.each([
    ["22/Nov/2026:04:22:20 +0100", null, -3_600],
    ["22/Nov/2026:04:22:20 -0330", null, 12_600],
    ["22/Nov/2026:04:22:20", 60, -3_600],
    ["22/Nov/2026:04:22:20 +0000", 60, 0],
    ["22/Nov/2026:04:22:60 +0000", null, 39],
    ["29/Feb/2028:04:22:20 +0000", null, 464 * 86_400],
  ])("at %s, with offset %s, is as late as it says", (time, offset, seconds) => {
    const line = `203.0.113.9 - - [${time}] ${get} ${TAIL}`;
    expect(told(line, offset)).toEqual(["203.0.113.9", seconds * 1000, "/a?b=c"]);
  });

  it.each([
    ["", "combined format; write it like 203.0.113.7 - - ["],
    ["x", "combined format"],
    [`portal.example 203.0.113.9 - - ${TIME} ${get} ${TAIL}`, "begin with an IPv4"],
    [`203.0.113.009 - - ${TIME} ${get} ${TAIL}`, "begin with an IPv4"],
    [`unix: - - ${TIME} ${get} ${TAIL}`, "begin with an IPv4"],
    [`203.0.113.9 - - ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [31/Apr/2026:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [29/Feb/2026:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [29/Feb/2100:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [31/Dec/1969:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [00/Jan/2026:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [01/anF/2026:04:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [01/Jan/2026:24:22:20 +0000] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [2026-11-22T04:22:20Z] ${get} ${TAIL}`, "a date there is"],
    [`203.0.113.9 - - [22/Nov/2026:04:22:20] ${get} ${TAIL}`, "names no zone"],
    [`203.0.113.9 - - ${TIME} ${get}`, "combined format"],
    [`203.0.113.9 - - ${TIME} "GET / HTTP/1.1`, "combined format"],
    [`203.0.113.9 - - ${TIME} ${get} two hundred`, "combined format"],
  ])("like %j is no good: %s", (line, words) => {
    expect(told(line)).toContain(words);
  });

  it("holds no other address or time than the server's, whatever the visitor sent", () => {
    const word = fc.constantFrom(
      "10.0.0.1 - - ",
      "[01/Jan/2020:00:00:00 +0000]",
      ' "',
      '" 200 1 "',
      "\\",
      "]",
      "[",
      " ",
      "x",
    );
    const words = fc.array(word, { maxLength: 8 }).map((parts) => escape(parts.join("")));
    fc.assert(
      fc.property(words, words, words, (user, uri, agent) => {
        const line = `203.0.113.9 - ${user} ${TIME} "GET /${uri}" 200 1 "-" "${agent}"`;
        const answer = read(line);
        expect(answer).toMatchObject({ ok: true, address: { w3: 0xcb007109 }, atMs: AT });
      }),
      { numRuns: 500 },
    );
  });
});

/** As nginx writes what a visitor sent (ngx_http_log_module, escape=default). */
function escape(text: string): string {
  return text.replaceAll("\\", "\\x5C").replaceAll('"', "\\x22");
}

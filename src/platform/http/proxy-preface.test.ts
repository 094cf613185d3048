// Tables of PROXY protocol prefaces, whole, cut and wrong.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readProxyPreface } from "./proxy-preface.ts";

const SIGNATURE = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10];
const V4 = [203, 0, 113, 7, 10, 0, 0, 1, 0x30, 0x39, 0, 80];
const V6 = [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 7, ...Array<number>(16).fill(1)];

function v2(command: number, family: number, payload: readonly number[]): Buffer {
  const length = [payload.length >> 8, payload.length & 255];
  return Buffer.from([...SIGNATURE, command, family, ...length, ...payload]);
}

const STATED_V4 = { kind: "stated", address: "203.0.113.7" };

const WHOLE: [string, Buffer, unknown][] = [
  ["v1 TCP4", Buffer.from("PROXY TCP4 203.0.113.7 10.0.0.1 12345 80\r\n"), STATED_V4],
  [
    "v1 TCP6",
    Buffer.from("PROXY TCP6 2001:db8::7 ::1 12345 80\r\n"),
    { kind: "stated", address: "2001:db8::7" },
  ],
  ["v1 UNKNOWN", Buffer.from("PROXY UNKNOWN\r\n"), { kind: "unreadable" }],
  ["v1 UNKNOWN with rest", Buffer.from("PROXY UNKNOWN ff ff 1 1\r\n"), { kind: "unreadable" }],
  ["v2 TCP4", v2(0x21, 0x11, V4), STATED_V4],
  ["v2 TCP4 with TLV", v2(0x21, 0x11, [...V4, 4, 0, 1, 0]), STATED_V4],
  [
    "v2 TCP6",
    v2(0x21, 0x21, [...V6, 0, 1, 0, 2]),
    { kind: "stated", address: "2001:db8:0:0:0:0:0:7" },
  ],
  ["v2 LOCAL", v2(0x20, 0, []), { kind: "connection" }],
  ["v2 unix", v2(0x21, 0x31, Array<number>(216).fill(0)), { kind: "unreadable" }],
];

describe("readProxyPreface", () => {
  it.each(WHOLE)("reads %s and leaves what follows", (_name, bytes, client) => {
    const followed = Buffer.concat([bytes, Buffer.from("GET / HTTP/1.1\r\n\r\n")]);
    expect(readProxyPreface(followed)).toEqual({
      kind: "complete",
      client,
      byteLength: bytes.length,
    });
  });

  it.each(WHOLE)("waits for the rest of %s, wherever it is cut", (_name, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(readProxyPreface(bytes.subarray(0, length))).toEqual({ kind: "incomplete" });
    }
  });

  it.each<[string, Buffer]>([
    ["a plain request", Buffer.from("GET / HTTP/1.1\r\n")],
    ["the wrong case", Buffer.from("proxy TCP4 203.0.113.7 10.0.0.1 1 80\r\n")],
    ["two spaces", Buffer.from("PROXY  TCP4 203.0.113.7 10.0.0.1 1 80\r\n")],
    ["bare LF", Buffer.from(`PROXY TCP4 203.0.113.7 10.0.0.1 1 80\n${"x".repeat(120)}`)],
    ["IPv6 in TCP4", Buffer.from("PROXY TCP4 ::1 10.0.0.1 1 80\r\n")],
    ["octal", Buffer.from("PROXY TCP4 0203.0.113.7 10.0.0.1 1 80\r\n")],
    ["a zone", Buffer.from("PROXY TCP6 fe80::1%eth0 ::1 1 80\r\n")],
    ["a port over 65535", Buffer.from("PROXY TCP4 203.0.113.7 10.0.0.1 65536 80\r\n")],
    ["a port with zeros", Buffer.from("PROXY TCP4 203.0.113.7 10.0.0.1 01 80\r\n")],
    ["no ports", Buffer.from("PROXY TCP4 203.0.113.7 10.0.0.1\r\n")],
    ["an endless line", Buffer.from(`PROXY TCP4 ${"1".repeat(200)}`)],
    ["version 3", v2(0x31, 0x11, V4)],
    ["an unknown command", v2(0x22, 0x11, V4)],
    ["too few bytes for IPv4", v2(0x21, 0x11, V4.slice(1))],
    ["too few bytes for IPv6", v2(0x21, 0x21, V6)],
    ["a huge payload", v2(0x21, 0x11, Array<number>(5_000).fill(0))],
  ])("refuses %s", (_name, bytes) => {
    expect(readProxyPreface(bytes)).toMatchObject({ kind: "malformed" });
  });

  it("never waits for more than the longest preface", () => {
    const bytes = fc.uint8Array({ minLength: 16 + 4_096, maxLength: 16 + 4_100 });
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(SIGNATURE, [...Buffer.from("PROXY ")], []),
        (tail, head) => {
          expect(readProxyPreface(Buffer.from([...head, ...tail])).kind).not.toBe("incomplete");
        },
      ),
    );
  });
});

// Messages of RFC 5424, byte by byte, and where they may go.
import { describe, expect, it } from "vitest";
import { formatSyslogMessage } from "./format-syslog-message.ts";
import type { SyslogMessage } from "./format-syslog-message.ts";
import { readSyslogUrl } from "./syslog-place.ts";

const ORIGIN = { hostName: "gate.example.com", processId: 42 };

const BAN: SyslogMessage = {
  atMs: Date.UTC(2027, 2, 4, 9, 30, 0, 7),
  severity: 4,
  messageId: "ban",
  elements: [{ id: "event@32473", params: [["id", "abc"]] }],
  text: "ban from 203.0.113.9",
};

describe("a syslog message", () => {
  it("has a header, its data and its words", () => {
    expect(formatSyslogMessage(BAN, ORIGIN, 2_048)).toBe(
      "<84>1 2027-03-04T09:30:00.007Z gate.example.com postern 42 ban " +
        '[event@32473 id="abc"] ban from 203.0.113.9',
    );
  });

  it.each([
    ["quotes, backslashes and brackets", 'a"b\\c]d', 'a\\"b\\\\c\\]d'],
    ["line breaks, which would begin a line of their own", "a\r\n<14>1 forged", "a  <14>1 forged"],
    ["other alphabets as they are", "Grüße 東京", "Grüße 東京"],
  ])("has %s in values", (_words, value, written) => {
    const message = { ...BAN, elements: [{ id: "e@1", params: [["name", value] as const] }] };
    expect(formatSyslogMessage(message, ORIGIN, 2_048)).toContain(`[e@1 name="${written}"]`);
  });

  it.each([
    ["no elements", [], " ban - ban"],
    ["elements without data", [{ id: "e@1", params: [] }], " ban - ban"],
    [
      "names that are none",
      [{ id: "e@1", params: [['a =]"b', "1"] as const] }],
      '[e@1 a____b="1"]',
    ],
  ])("takes %s", (_words, elements, written) => {
    expect(formatSyslogMessage({ ...BAN, elements }, ORIGIN, 2_048)).toContain(written);
  });

  it("leaves out the last elements rather than be too long", () => {
    const detail = { id: "detail@32473", params: [["agent", "x".repeat(2_000)] as const] };
    const message = { ...BAN, elements: [...BAN.elements, detail] };
    const [short, long] = [2_048, 8_192].map((max) => formatSyslogMessage(message, ORIGIN, max));
    expect(short).toBe(formatSyslogMessage(BAN, ORIGIN, 2_048));
    expect(long).toContain("detail@32473");
  });

  it("says so where the host has no name", () => {
    expect(formatSyslogMessage(BAN, { ...ORIGIN, hostName: "" }, 2_048)).toContain("Z - postern ");
  });
});

describe("SYSLOG_URL", () => {
  it.each([
    ["udp://logs.example.com", { protocol: "udp", host: "logs.example.com", port: 514 }],
    ["TCP://10.0.0.5", { protocol: "tcp", host: "10.0.0.5", port: 601 }],
    ["tls://[2001:db8::1]:10514/", { protocol: "tls", host: "2001:db8::1", port: 10_514 }],
  ])("%s is a place", (text, place) => {
    expect(readSyslogUrl(text)).toMatchObject(place);
  });

  it("is shown with its port", () => {
    expect(readSyslogUrl("tls://[2001:db8::1]")?.url).toBe("tls://[2001:db8::1]:6514");
  });

  it.each([
    "logs.example.com:514",
    "https://logs.example.com",
    "udp://logs.example.com:0",
    "udp://logs.example.com:70000",
    "tcp://user:secret@logs.example.com",
    "tcp://logs.example.com/path",
    "tcp://[logs]:1",
  ])("%s is none", (text) => {
    expect(readSyslogUrl(text)).toBeNull();
  });
});

// Checks which ranges are read from lists in the formats that are published, and what is refused.
import { describe, expect, it } from "vitest";
import { formatRange } from "../../../core/network/address-range.ts";
import { hasShrunkTooMuch, hasTooManyBadLines } from "../../../core/network/subscription.ts";
import type { SubscriptionFormat } from "../../../core/network/subscription.ts";
import { CopyFault } from "./copy-fault.ts";
import { readCopy } from "./read-copy.ts";

async function read(text: string, format: SubscriptionFormat = "auto") {
  const ranges: string[] = [];
  const badLines: { readonly line: number; readonly message: string }[] = [];
  for await (const batch of readCopy(Buffer.from(text), format)) {
    ranges.push(...batch.ranges.map(formatRange));
    badLines.push(...batch.badLines);
  }
  return { ranges, badLines };
}

const PLAIN = `\ufeff# a list
198.51.100.7
  203.0.113.0/24   # a network\r
2001:db8::/32 // another

192.0.2.1-192.0.2.9`;

const NETSET = `# firehol_level1
# Category        : attacks
0.0.0.0/8
224.0.0.0/3
1.10.16.0/20
`;

const DROP = `; Spamhaus DROP List 2026/11/20 - (c) 2026 The Spamhaus Project
; Expires: Fri, 20 Nov 2026 09:03:35 GMT
1.10.16.0/20 ; SBL256894
1.32.128.0/18 ; SBL286275
`;

const DROP_JSON = `{"cidr":"1.10.16.0/20","sblid":"SBL256894","rir":"apnic"}
{"cidr":"2a06:e480::/29","sblid":"SBL301771","rir":"ripencc"}
{"type":"metadata","timestamp":1732000000,"size":2,"records":2}
`;

const DECISION = { duration: "3h59m", origin: "CAPI", scenario: "ssh-bf", type: "ban" };
const DECISIONS = [
  { ...DECISION, scope: "Ip", value: "192.0.2.7" },
  { ...DECISION, scope: "range", value: "198.51.100.0/24" },
  { ...DECISION, scope: "Country", value: "CN" },
  { ...DECISION, scope: "Ip", value: "192.0.2.8", type: "captcha" },
  { ...DECISION, scope: "Ip", value: "192.0.2.9", simulated: true },
];
const DECIDED = ["192.0.2.7", "198.51.100.0/24"];

const CSCLI_CSV = `id,source,ip,reason,action,country,as,events_count,expiration,simulated,alert_id
802,cscli,Ip:192.0.2.7,"manual 'ban', twice",ban,,,1,3h50m,false,802
803,crowdsec,Range:198.51.100.0/24,ssh-bf,ban,FR,AS64500,6,3h59m,false,803
804,crowdsec,Ip:192.0.2.8,ssh-bf,captcha,FR,AS64500,6,3h59m,false,804
805,crowdsec,Country:CN,ssh-bf,ban,CN,AS64500,6,3h59m,false,805
806,crowdsec,Ip:192.0.2.9,ssh-bf,ban,CN,AS64500,6,3h59m,true,806
`;

const TABLE = `# "first_seen_utc","dst_ip","dst_port"
"2026-11-20 04:34:00","192.0.2.7","443"
"2026-11-20 04:35:00","2001:db8::5","8080"
`;

describe("a copy", () => {
  it.each<[string, string, SubscriptionFormat, readonly string[]]>([
    [
      "plain text",
      PLAIN,
      "plain",
      ["198.51.100.7", "203.0.113.0/24", "2001:db8::/32", "192.0.2.1-192.0.2.9"],
    ],
    ["a netset of FireHOL", NETSET, "netset", ["0.0.0.0/8", "224.0.0.0/3", "1.10.16.0/20"]],
    ["Spamhaus DROP", DROP, "spamhaus-drop", ["1.10.16.0/20", "1.32.128.0/18"]],
    ["Spamhaus DROP as JSON", DROP_JSON, "spamhaus-drop", ["1.10.16.0/20", "2a06:e480::/29"]],
    ["decisions of CrowdSec's API", JSON.stringify(DECISIONS), "crowdsec", DECIDED],
    [
      "alerts of cscli",
      JSON.stringify(
        [
          { id: 1, decisions: DECISIONS },
          { id: 2, decisions: [] },
        ],
        null,
        1,
      ),
      "crowdsec",
      DECIDED,
    ],
    [
      "a stream of decisions",
      JSON.stringify({ deleted: null, new: DECISIONS }),
      "crowdsec",
      DECIDED,
    ],
    ["no decisions in a stream", JSON.stringify({ deleted: null, new: null }), "crowdsec", []],
    ["decisions of cscli as CSV", CSCLI_CSV, "crowdsec", DECIDED],
    [
      "CSV with a header",
      'Country,IP Address,Note\nNL,192.0.2.7,"a, b"\nDE,192.0.2.8,\n',
      "csv",
      ["192.0.2.7", "192.0.2.8"],
    ],
    ["CSV without one", TABLE, "csv", ["192.0.2.7", "2001:db8::5"]],
    ["fields between tabs", "start\tcidr\n1\t192.0.2.0/24\n", "csv", ["192.0.2.0/24"]],
    ["nothing", "", "plain", []],
    ["comments alone", "# none today\n", "auto", []],
  ])("of %s is read, and told by itself", async (_, text, format, ranges) => {
    expect(await read(text, format)).toEqual({ ranges, badLines: [] });
    expect(await read(text, "auto")).toEqual({ ranges, badLines: [] });
  });

  it("of cscli is null where there are no alerts", async () => {
    expect(await read("null\n", "crowdsec")).toEqual({ ranges: [], badLines: [] });
  });

  it("names its bad lines by number and fault, and never repeats them", async () => {
    const text = "192.0.2.1\n192.0.2.1/24\nhello\n0.0.0.0/1\n8000::/1\n1.0.0.0/7\n010.0.0.1\n";
    const { ranges, badLines } = await read(text, "plain");
    expect(ranges).toEqual(["192.0.2.1", "8000::/1"]);
    expect(badLines.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7]);
    expect(badLines[2]!.message).toBe("wider than /8, which no subscribed list may deny");
    expect(JSON.stringify(badLines)).not.toContain("hello");
  });

  it("of a page in place of a list is nothing but bad lines", async () => {
    const page = "<!doctype html>\n<html>\n<body>Not found</body>\n</html>\n";
    for (const format of ["auto", "plain", "csv", "spamhaus-drop"] as const) {
      const { ranges, badLines } = await read(page, format);
      expect([format, ranges, badLines.length]).toEqual([format, [], 4]);
      expect(hasTooManyBadLines({ good: 0, bad: badLines.length })).toBe(true);
    }
  });

  it.each([
    ["[1", "it begins like JSON and is none"],
    ['{"a": 1}', "the JSON has no decisions in it"],
    [`[${" ".repeat(8_400_000)}]`, "a list of JSON may have 8 MiB; take CSV or plain text"],
  ])("of no usable JSON is refused", async (text, message) => {
    await expect(read(text, "crowdsec")).rejects.toThrow(new CopyFault(message));
  });

  it("is read in batches, whatever its length", async () => {
    const lines = Array.from({ length: 4500 }, (_, n) => `10.${n >> 8}.${n & 255}.1`);
    expect((await read(lines.join("\r\n"))).ranges).toEqual(lines);
    expect((await read(`ip\n${lines.join("\n")}`, "csv")).ranges).toEqual(lines);
  });
});

describe("judging a copy", () => {
  it.each([
    [0, 0, false],
    [0, 1, true],
    [1, 10, false],
    [1, 11, true],
    [1000, 52, false],
    [1000, 53, true],
  ])("of %i good and %i bad lines", (good, bad, isRefused) => {
    expect(hasTooManyBadLines({ good, bad })).toBe(isRefused);
  });

  it.each([
    [0, 0, false],
    [10, 5, false],
    [10, 4, true],
    [1, 0, true],
  ])("that had %i ranges and has %i", (before, now, isKeptBack) => {
    expect(hasShrunkTooMuch(before, now)).toBe(isKeptBack);
  });
});

// Who the visitor is, with and without trusted proxies in between.
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "./address.ts";
import { parseRule } from "./address-rule.ts";
import type { ClientHeaderKind } from "./client-address.ts";
import { resolveClientAddress } from "./client-address.ts";
import { createTrustedSet, isTrustedPeer } from "./trusted-set.ts";

const trusted = createTrustedSet(
  ["10.0.0.0/8", "2001:db8:a::/48"].map((text) => {
    const reading = parseRule(text);
    if (!reading.ok) throw new Error(text);
    return reading.range;
  }),
);

function resolve(header: string | null, headerKind: ClientHeaderKind, peer = "10.0.0.1"): string {
  const answer = resolveClientAddress({
    peer: parseAddress(peer)!,
    header,
    headerKind,
    isTrusted: (address) => isTrustedPeer(trusted, address),
  });
  if (!answer.ok) return `! ${answer.detail}`;
  return `${formatAddress(answer.address)} ${answer.source} ${answer.hops}`;
}

const IPV4_WORDS = "ipv4: four decimal parts 0-255, no leading zeros";

describe("X-Forwarded-For", () => {
  it.each([
    ["the nearest hop", "203.0.113.7", "203.0.113.7 header 1"],
    ["a spoofed leftmost hop (attack row 9)", "192.0.2.1, 203.0.113.7", "203.0.113.7 header 1"],
    ["past trusted hops", "192.0.2.1,203.0.113.7 ,10.9.9.9", "203.0.113.7 header 2"],
    ["mapped trusted hops", "203.0.113.7, ::ffff:10.0.0.9", "203.0.113.7 header 2"],
    ["only trusted hops", "10.0.0.3, 10.0.0.2", "10.0.0.3 header 2"],
    ["IPv6 with a port", "[2001:db8::7]:4711", "2001:db8::7 header 1"],
    ["garbage left of the visitor", "a, 203.0.113.7", "203.0.113.7 header 1"],
    ["garbage (attack row 11)", "a", `! hop 1 from the right: ${IPV4_WORDS}`],
    ["empty hops (attack row 11)", ", ,", `! hop 1 from the right: ${IPV4_WORDS}`],
    ["an empty header", "", `! hop 1 from the right: ${IPV4_WORDS}`],
    ["a block (attack row 11)", "1.2.3.4/24", `! hop 1 from the right: ${IPV4_WORDS}`],
    ["garbage behind trusted hops", "x, 10.0.0.2", `! hop 2 from the right: ${IPV4_WORDS}`],
    [
      "an empty hop behind trusted hops",
      "1.2.3.4,,10.0.0.2",
      `! hop 2 from the right: ${IPV4_WORDS}`,
    ],
  ])("%s", (_case, header, expected) => {
    expect(resolve(header, "x-forwarded-for")).toBe(expected);
  });

  it("is not read from an untrusted peer, nor missed when absent", () => {
    expect(resolve("192.0.2.1", "x-forwarded-for", "203.0.113.7")).toBe("203.0.113.7 socket 0");
    expect(resolve("garbage", "x-forwarded-for", "11.0.0.1")).toBe("11.0.0.1 socket 0");
    expect(resolve(null, "x-forwarded-for")).toBe("10.0.0.1 socket 0");
  });

  it("takes 32 hops and refuses the 33rd", () => {
    const hops = (n: number): string => Array.from({ length: n }, () => "10.0.0.2").join(",");
    expect(resolve(hops(32), "x-forwarded-for")).toBe("10.0.0.2 header 32");
    expect(resolve(hops(33), "x-forwarded-for")).toBe("! more than 32 hops");
    expect(resolve(`${hops(33)},203.0.113.7`, "x-forwarded-for")).toBe("! more than 32 hops");
  });
});

describe("Forwarded (RFC 7239)", () => {
  const NO_FOR = "no for= parameter";
  it.each([
    ["a token", "for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60 header 1"],
    ["any case of the name", "Proto=https; FOR=192.0.2.60", "192.0.2.60 header 1"],
    ["past trusted hops", 'for=192.0.2.1, For="[2001:db8:a::1]:80"', "192.0.2.1 header 2"],
    [
      "a comma and a semicolon in quotes",
      'for=192.0.2.1;host="a,b;for=1.1.1.1"',
      "192.0.2.1 header 1",
    ],
    ["an escaped quote", 'for=192.0.2.1;host="a\\",for=1.1.1.1"', "192.0.2.1 header 1"],
    ["no for", "for=192.0.2.1, proto=http", `! hop 1 from the right: ${NO_FOR}`],
    ["two for", "for=192.0.2.1;for=192.0.2.2", `! hop 1 from the right: ${NO_FOR}`],
    ["an empty element", "for=192.0.2.1,", `! hop 1 from the right: ${NO_FOR}`],
    ["an empty header", "", `! hop 1 from the right: ${NO_FOR}`],
    ["a bare address", "192.0.2.1", `! hop 1 from the right: ${NO_FOR}`],
    ["unknown", "for=unknown", `! hop 1 from the right: ${IPV4_WORDS}`],
    ["hidden behind trusted", "for=_x, for=10.0.0.2", `! hop 2 from the right: ${IPV4_WORDS}`],
    ["bare IPv6", "for=2001:db8::1", "! hop 1 from the right: IPv6 or port must be quoted"],
    ["space around =", "for =192.0.2.1", `! hop 1 from the right: ${NO_FOR}`],
    ["a quote left open by a stranger", 'for="x, for=192.0.2.1', "! malformed Forwarded header"],
    [
      "a quote closed by the proxy",
      'for=1.1.1.1;x=", for="[2001:db8::1]"',
      "! malformed Forwarded header",
    ],
    ["a quote inside a token", 'for=a"b, for=192.0.2.1', "! malformed Forwarded header"],
    ["a quote that opens no value", 'for=192.0.2.1;x=a"b"', "! malformed Forwarded header"],
    ["too many parameters", `${"a=b;".repeat(20)}for=192.0.2.1`, "! malformed Forwarded header"],
    ["too many hops", "for=10.0.0.2,".repeat(33), "! more than 32 hops"],
  ])("%s", (_case, header, expected) => expect(resolve(header, "forwarded")).toBe(expected));
});

describe("a flood of hops (attack row 12)", () => {
  it.each([
    ["x-forwarded-for", "1.1,".repeat(3840)],
    ["x-forwarded-for", "10.0.0.1,".repeat(5000)],
    ["x-forwarded-for", " ".repeat(15_360)],
    ["forwarded", "for=1.1,".repeat(1920)],
    ["forwarded", ";".repeat(15_360)],
    ["forwarded", 'a="b";'.repeat(2560)],
    ["forwarded", `for="${"\\a".repeat(7600)}"`],
  ] as const)("%s is refused in under 1 ms (%#)", (headerKind, header) => {
    for (let i = 0; i < 20; i++) resolve(header, headerKind);
    let quickestMs = Infinity;
    for (let i = 0; i < 20; i++) {
      const startMs = performance.now();
      expect(resolve(header, headerKind)).toMatch(/^!/);
      quickestMs = Math.min(quickestMs, performance.now() - startMs);
    }
    expect(quickestMs).toBeLessThan(1);
  });
});

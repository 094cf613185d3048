// One hop of a forwarding header, one socket peer: what is read and what is refused.
import { describe, expect, it } from "vitest";
import { formatAddress } from "./address.ts";
import type { HopContext } from "./hop-address.ts";
import { parseHop } from "./hop-address.ts";

function read(text: unknown, context: HopContext): string {
  const hop = parseHop(text, context);
  return hop.ok ? formatAddress(hop.address) : `! ${hop.code}`;
}

describe("X-Forwarded-For element", () => {
  it.each([
    ["203.0.113.7:4711", "203.0.113.7"],
    [" 203.0.113.7\t", "203.0.113.7"],
    ["2001:DB8::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:65535", "2001:db8::1"],
    ["2001:db8::1:443", "2001:db8::1:443"],
    ["[2001:db8::1]:65536", "! not-an-address"],
    ["[2001:db8::1]:", "! not-an-address"],
    ["[2001:db8::1", "! not-an-address"],
    ["[2001:db8::1]x", "! not-an-address"],
    ["[203.0.113.7]", "! not-an-address"],
    ["[fe80::1%eth0]:80", "! zone-not-allowed"],
    ["203.0.113.7:65536", "! ipv4-malformed"],
    ["203.0.113.7:", "! ipv4-malformed"],
    ["203.0.113.7:-1", "! not-an-address"],
    ["1.2.3.4/24", "! ipv4-malformed"],
    ["1.2.3.4-1.2.3.9", "! ipv4-malformed"],
    ["unknown", "! ipv4-malformed"],
    ['"1.2.3.4"', "! ipv4-malformed"],
    ["1.2.3.4\0", "! non-ascii"],
    ["１.2.3.4", "! non-ascii"],
    ["1".repeat(129), "! too-long"],
    [undefined, "! not-a-string"],
  ])("%j: %s", (text, expected) => expect(read(text, "xff")).toBe(expected));
});

describe("Forwarded for= value (RFC 7239 4, 6)", () => {
  it.each([
    ['"192.0.2.60"', "192.0.2.60"],
    ['"192.0.2.60:47011"', "192.0.2.60"],
    ['"192.0.2.60:_secret"', "192.0.2.60"],
    ['"[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
    ['"[2001:db8:cafe::17]:_p-1"', "2001:db8:cafe::17"],
    ['"192.0.2.\\60"', "192.0.2.60"],
    ["192.0.2.60:80", "! forwarded-unquoted"],
    ["2001:db8::1", "! forwarded-unquoted"],
    ['"2001:db8::1]"', "! not-an-address"],
    ['"[192.0.2.60]"', "! not-an-address"],
    ['"192.0.2.60', "! not-an-address"],
    ['"192.0.2.60"x', "! not-an-address"],
    ['"', "! not-an-address"],
    ['""', "! ipv4-malformed"],
    ["", "! ipv4-malformed"],
    ['"unknown"', "! ipv4-malformed"],
    ['"192.0.2.60:x"', "! not-an-address"],
    ['"[fe80::1%1]"', "! zone-not-allowed"],
    ['"1.2.3.4\u0001"', "! non-ascii"],
  ])("%j: %s", (text, expected) => expect(read(text, "forwarded")).toBe(expected));
});

describe("socket peer", () => {
  it.each([
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["203.0.113.7", "203.0.113.7"],
    ["fe80::1%eth0", "fe80::1"],
    ["fe80::1%3", "fe80::1"],
    ["febf::1%br-lan.2", "febf::1"],
    ["2001:db8::1%eth0", "! zone-not-allowed"],
    ["fec0::1%eth0", "! zone-not-allowed"],
    ["fe80::1%", "! zone-not-allowed"],
    ["fe80::1%a b", "! zone-not-allowed"],
    ["203.0.113.7:80", "! ipv4-malformed"],
    ["[::1]", "! not-an-address"],
    ["", "! ipv4-malformed"],
    [undefined, "! not-a-string"],
  ])("%j: %s", (text, expected) => expect(read(text, "socket")).toBe(expected));
});

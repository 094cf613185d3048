// Checks which addresses are private, which are unknown whatever a database says, and the rest.
import { describe, expect, it } from "vitest";
import { formatAddress, nextAddress, parseAddress, previousAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { buildCountryTable } from "./build-country-table.ts";
import { emptyCountryTable } from "./country-table.ts";
import { locationOfIndex } from "./iso-3166.ts";
import { isPrivateAddress, locate, locateRange } from "./private-addresses.ts";
import { SPECIAL_BLOCKS, specialBlockOf } from "./special-addresses.ts";

/** A database that claims every address of both families for Germany, but 8.0.0.0/8 for the US. */
const { table } = buildCountryTable({
  ipv4Starts: Uint32Array.of(0, 8 * 2 ** 24, 9 * 2 ** 24),
  ipv4Countries: Uint16Array.of(1, 2, 1),
  ipv6Starts: new Uint32Array(4),
  ipv6Countries: Uint16Array.of(1),
  codes: ["", "DE", "US"],
});

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function locationOf(text: string): string {
  return locationOfIndex(locate(table, address(text)));
}

// attack row 7
describe("where an address is", () => {
  it.each([
    ["10.0.0.0", "private"],
    ["10.255.255.255", "private"],
    ["11.0.0.0", "DE"],
    ["172.15.255.255", "DE"],
    ["172.16.0.0", "private"],
    ["172.31.255.255", "private"],
    ["172.32.0.0", "DE"],
    ["192.168.0.1", "private"],
    ["192.169.0.0", "DE"],
    ["127.0.0.1", "private"],
    ["127.255.255.255", "private"],
    ["169.254.169.254", "private"],
    ["100.63.255.255", "DE"],
    ["100.64.0.0", "private"],
    ["100.127.255.255", "private"],
    ["100.128.0.0", "DE"],
    ["::ffff:10.0.0.1", "private"],
    ["::ffff:8.8.8.8", "US"],
    ["::1", "private"],
    ["fc00::1", "private"],
    ["fdff:ffff::1", "private"],
    ["fe80::1", "private"],
    ["febf::1", "private"],
    ["fec0::1", "unknown"],
    ["0.0.0.0", "unknown"],
    ["::", "unknown"],
    ["192.0.0.1", "unknown"],
    ["192.0.2.1", "unknown"],
    ["198.51.100.1", "unknown"],
    ["203.0.113.1", "unknown"],
    ["203.0.114.0", "DE"],
    ["198.18.0.1", "unknown"],
    ["198.20.0.0", "DE"],
    ["192.88.99.1", "unknown"],
    ["224.0.0.1", "unknown"],
    ["255.255.255.255", "unknown"],
    ["2001:db8::1", "unknown"],
    ["3fff:fff::1", "unknown"],
    ["3fff:1000::", "DE"],
    ["ff02::1", "unknown"],
    ["1fff:ffff::1", "unknown"],
    ["2000::", "DE"],
    ["4000::", "unknown"],
    ["8.8.8.8", "US"],
    ["2a00::1", "DE"],
  ])("%s: %s", (text, expected) => {
    expect(locationOf(text)).toBe(expected);
    expect(isPrivateAddress(address(text))).toBe(expected === "private");
  });

  it.each([
    // 6to4 and Teredo: whoever relays could choose the country.
    ["2002:808:808::1", "unknown"],
    ["2002:a00:1::1", "unknown"],
    ["2001::808:808:0:f7f7:f7f7", "unknown"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "unknown"],
    ["2001:200::1", "DE"],
    // NAT64: the translator is ours, the IPv4 address behind it counts.
    ["64:ff9b::808:808", "US"],
    ["64:ff9b::9.9.9.9", "DE"],
    ["64:ff9b::10.0.0.1", "unknown"],
    ["64:ff9b::127.0.0.1", "unknown"],
    ["64:ff9b::203.0.113.1", "unknown"],
    ["64:ff9b:0:0:0:1:808:808", "unknown"],
    ["64:ff9b:1::808:808", "unknown"],
    // IPv4-compatible addresses were withdrawn (RFC 4291 section 2.5.5.1).
    ["::808:808", "unknown"],
  ])("%s, which holds another address: %s", (text, expected) => {
    expect(locationOf(text)).toBe(expected);
  });

  it("is unknown without a database, but private stays private", () => {
    const empty = emptyCountryTable();
    expect(locationOfIndex(locate(empty, address("8.8.8.8")))).toBe("unknown");
    expect(locationOfIndex(locate(empty, address("2a00::1")))).toBe("unknown");
    expect(locationOfIndex(locate(empty, address("10.0.0.1")))).toBe("private");
  });
});

describe("the network that is shown", () => {
  it.each([
    ["8.8.8.8", "US", "8.0.0.0", "8.255.255.255", null],
    ["10.1.2.3", "private", "10.0.0.0", "10.255.255.255", "private network"],
    ["64:ff9b::808:808", "US", "64:ff9b::800:0", "64:ff9b::8ff:ffff", "IPv4 behind a translator"],
    ["64:ff9b::a00:1", "unknown", "64:ff9b::", "64:ff9b::ffff:ffff", "IPv4 behind a translator"],
    ["2002:808:808::1", "unknown", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4"],
  ])("of %s is %s, %s to %s", (text, location, start, end, name) => {
    const range = locateRange(table, address(text));
    expect(locationOfIndex(range.country)).toBe(location);
    expect([formatAddress(range.start), formatAddress(range.end)]).toEqual([start, end]);
    expect(range.special?.name ?? null).toBe(name);
  });

  it("always agrees with the location, at and beside every edge", () => {
    const edges = SPECIAL_BLOCKS.flatMap(({ start, end }) =>
      [previousAddress(start), start, end, nextAddress(end)].flatMap((edge) => edge ?? []),
    );
    expect(edges.length).toBeGreaterThan(100);
    expect(edges.map((edge) => locateRange(table, edge).country)).toEqual(
      edges.map((edge) => locate(table, edge)),
    );
  });
});

describe("each special block", () => {
  it.each(SPECIAL_BLOCKS.map((block) => [formatAddress(block.start), block] as const))(
    "%s is found at its last address, and begins at its prefix",
    (_, block) => {
      expect(specialBlockOf(block.end)?.location).toBe(block.location);
      expect(specialBlockOf(block.end)).toBe(block);
    },
  );
});

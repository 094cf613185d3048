// Networks are named as the core names them.
import { describe, expect, it } from "vitest";
import { addressKey } from "../../core/network/address-range.ts";
import { parseAddress } from "../../core/network/address.ts";
import { readAddressFilter } from "../../api/address-filter.ts";
import {
  ipv6UnitsOf,
  networkNumberOf,
  networkOf,
  storeKeyOf,
  storeKeyOfUnits,
} from "./client-network.ts";

describe("networkOf", () => {
  it.each([
    ["203.0.113.7", "203.0.0.0/16"],
    ["255.255.255.255", "255.255.0.0/16"],
    ["0.0.0.1", "0.0.0.0/16"],
    ["2001:db8:1::5", "2001:db8::/32"],
    ["2001:0:1::5", "2001::/32"],
    ["0:db8:1::5", "0:db8::/32"],
  ])("%s is in %s", (text, network) => {
    const address = parseAddress(text);
    if (address === null) throw new Error(`not an address: ${text}`);
    const found = networkOf(address);
    expect(found.text).toBe(network);
    const filter = readAddressFilter(network);
    expect(filter.ok && filter.filter.startKey).toBe(found.startKey);
    expect(storeKeyOf(address)).toBe(addressKey(address));
    if (address.family === 6)
      expect(storeKeyOfUnits(ipv6UnitsOf(address))).toBe(addressKey(address));
    const first = parseAddress(network.replace(/\/.*/, ""));
    expect(first && networkNumberOf(first)).toBe(networkNumberOf(address));
  });

  it("names the lowest network, which no list accepts", () => {
    expect(networkOf({ family: 6, w0: 0, w1: 0, w2: 0, w3: 5 }).text).toBe("::/32");
  });
});

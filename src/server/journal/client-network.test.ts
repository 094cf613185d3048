// Keys and networks are those that the API's filters ask for.
import { describe, expect, it } from "vitest";
import { readAddressFilter } from "../../api/address-filter.ts";
import { ipv6UnitsOf, networkNumberOf, networkOf, storeKeyOf } from "./client-network.ts";
import { storeKeyOfUnits } from "./client-network.ts";
import type { ClientAddress } from "./client-network.ts";

function keyOf(text: string): string {
  const reading = readAddressFilter(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.why}`);
  return reading.filter.startKey;
}

function addressOf(text: string): ClientAddress {
  const key = keyOf(text).padStart(32, "0");
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = [0, 8, 16, 24].map((at) =>
    Number.parseInt(key.slice(at, at + 8), 16),
  );
  return { family: text.includes(":") ? 6 : 4, w0, w1, w2, w3 };
}

describe("the network of an address", () => {
  it.each([
    ["203.0.113.7", "203.0.0.0/16"],
    ["255.255.255.255", "255.255.0.0/16"],
    ["0.0.0.1", "0.0.0.0/16"],
    ["2001:db8:1::5", "2001:db8::/32"],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff::/32"],
    ["2001:0:1::5", "2001::/32"],
    ["0:db8:1::5", "0:db8::/32"],
  ])("of %s is %s", (text, network) => {
    const address = addressOf(text);
    expect(storeKeyOf(address)).toBe(keyOf(text));
    expect(networkOf(address)).toEqual({ text: network, startKey: keyOf(network) });
    const first = addressOf(network.replace(/\/.*/, ""));
    expect(networkNumberOf(first)).toBe(networkNumberOf(address));
    if (address.family === 6) expect(storeKeyOfUnits(ipv6UnitsOf(address))).toBe(keyOf(text));
  });

  it("is named for the lowest one too, which no list accepts", () => {
    expect(networkOf({ family: 6, w0: 0, w1: 0, w2: 0, w3: 5 }).text).toBe("::/32");
  });
});

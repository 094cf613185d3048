// None of the demo's rules meets its ordinary visitors, wherever chance has them live.
import { expect, it } from "vitest";
import { parseAddress } from "../../core/network/address.ts";
import { buildCountryTable } from "../../core/network/build-country-table.ts";
import { COUNTRY_CODES, locationOfIndex } from "../../core/network/iso-3166.ts";
import { locate } from "../../core/network/private-addresses.ts";
import { DENIED_COUNTRIES } from "./demo-policy.ts";
import { ordinaryVisitor } from "./demo-visitors.ts";
import { createAddressBook } from "./visitor-addresses.ts";

const BOOKS = 50;
const VISITORS_OF_A_BOOK = 200;

/** Every country has its /16 but Sweden, which has two /24, of one of them only the half. */
const STARTS: readonly (readonly [start: string, country: string])[] = [
  ["0.0.0.0", ""],
  ["5.0.0.0", "SE"],
  ["5.0.1.128", "US"],
  ["5.0.2.0", ""],
  ...COUNTRY_CODES.filter((code) => code !== "SE").map(
    (code, index) => [`${20 + (index >> 8)}.${index & 255}.0.0`, code] as const,
  ),
  ["30.0.0.0", ""],
];

const CODES = ["", ...COUNTRY_CODES];

const { table } = buildCountryTable({
  ipv4Starts: Uint32Array.from(STARTS, ([start]) => parseAddress(start)!.w3),
  ipv4Countries: Uint16Array.from(STARTS, ([, country]) => CODES.indexOf(country)),
  ipv6Starts: new Uint32Array(4),
  ipv6Countries: new Uint16Array(1),
  codes: CODES,
});

it("ten thousand ordinary visitors come from no denied network and no denied country", () => {
  const met: string[] = [];
  let visitors = 0;
  for (let count = 0; count < BOOKS; count += 1) {
    const book = createAddressBook(table);
    const denied = book.networkIn("SE")!;
    expect(denied.block).toMatch(/^5\.0\.[01]\.0\/24$/);
    const network = denied.block.replace("0/24", "");
    expect(denied.address.startsWith(network)).toBe(true);
    const seen = new Set([denied.address]);
    for (let each = 0; each < VISITORS_OF_A_BOOK; each += 1) {
      const { address, country } = ordinaryVisitor(book)!;
      visitors += 1;
      const location = locationOfIndex(locate(table, parseAddress(address)!));
      const isDenied = DENIED_COUNTRIES.some((code) => code === location);
      const isMet = address.startsWith(network) || isDenied || location !== country;
      if (isMet || seen.has(address)) met.push(address);
      seen.add(address);
    }
  }
  expect(met).toEqual([]);
  expect(visitors).toBe(BOOKS * VISITORS_OF_A_BOOK);
});

it("a network is given whole only while nobody is in it", () => {
  const book = createAddressBook(table);
  const first = book.networkIn("SE")!;
  const second = book.networkIn("SE")!;
  expect([first.block, second.block].toSorted()).toEqual(["5.0.0.0/24", "5.0.1.0/24"]);
  expect(book.networkIn("SE")).toBeNull();
  expect(book.addressIn("SE")).toBeNull();
});

// Checks which beginnings of addresses are read, and as which range.
import { expect, it } from "vitest";
import { formatRange } from "./address-range.ts";
import { readLeadingPart } from "./leading-part.ts";

it.each([
  ["203.", "203.0.0.0/8"],
  ["203.0", "203.0.0.0/16"],
  ["203.0.113.", "203.0.113.0/24"],
  ["203.0.113", "203.0.113.0/24"],
  ["2001:", "2001::/16"],
  ["2001:db8:", "2001:db8::/32"],
  ["2001:DB8:0:7", "2001:db8:0:7::/64"],
])("%s is %s", (text, range) => {
  const read = readLeadingPart(text);
  expect(read === null ? null : formatRange(read)).toBe(range);
});

it.each([
  "203",
  "203.0.113.7",
  "203.0.113.7.",
  "256.",
  "203..",
  ".7",
  "2001:db8::",
  "::",
  "1:2:3:4:5:6:7:8",
  "beef",
  "scan: 2001:db8:",
  "",
])("%j begins no address", (text) => {
  expect(readLeadingPart(text)).toBeNull();
});

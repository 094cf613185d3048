// Shows that whatever is said of a difference is of those with another verdict, and of no others.
import { expect, it } from "vitest";
import { parseAddress } from "../network/address.ts";
import { emptyCountryTable } from "../network/country-table.ts";
import { toldByCode } from "./decision-code.ts";
import type { ToldVerdict } from "./decision-code.ts";
import type { DecidedVisits } from "./decision-tally.ts";
import { createDifferenceSum } from "./sum-differences.ts";
import { createVisitPlaces } from "./visit-places.ts";

const CODES = [0, 32, 64].flatMap((first) => Array.from({ length: 8 }, (_, at) => first + at));

function codeOf(verdict: ToldVerdict, reason: string): number {
  const code = CODES.find((one) => {
    const told = toldByCode(one);
    return told.verdict === verdict && told.reason === reason;
  });
  if (code === undefined) throw new Error(`no code: ${verdict} ${reason}`);
  return code;
}

const PASSES = codeOf("pass", "no-rule-matched");
const DENIED = codeOf("refuse", "on-deny-list");
const BANNED = codeOf("refuse", "banned");
const RECORDED = codeOf("monitor", "country-denied");

it("gives reasons of those who are decided differently, who are refused either way of none", () => {
  const places = createVisitPlaces(null);
  const place = places.indexOf("portal/acme");
  const sum = createDifferenceSum({
    places: places.list,
    countries: emptyCountryTable(),
    people: new Map(),
  });
  function visits(text: string, requests: number, [before, after]: readonly number[]) {
    const address = parseAddress(text)!;
    const told = { address, place, before: before!, after: after!, requests, lastAtMs: 1 };
    return told satisfies DecidedVisits;
  }
  sum.take([
    visits("23.135.0.1", 600, [PASSES, DENIED]),
    visits("23.135.0.1", 39, [BANNED, DENIED]),
    visits("23.135.0.2", 5, [RECORDED, DENIED]),
    visits("23.135.0.3", 8, [BANNED, DENIED]),
    visits("23.135.0.4", 9, [PASSES, PASSES]),
  ]);
  expect(sum.looked()).toEqual({ requests: 661, addresses: 4 });
  const told = sum.differences();
  expect(told).toMatchObject({
    requests: 605,
    addresses: 2,
    reasons: [
      { before: "no-rule-matched", after: "on-deny-list", requests: 600, addresses: 1 },
      { before: "country-denied", after: "on-deny-list", requests: 5, addresses: 1 },
    ],
  });
  const parts = [told.verdicts, told.reasons, told.surfaces, told.accounts, told.countries];
  for (const part of [...parts, told.examples]) {
    expect(part.reduce((all, { requests }) => all + requests, 0)).toBe(told.requests);
  }
});

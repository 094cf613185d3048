// Sums up whose visits would be decided differently: by verdict, reason, surface, account, country.

import { compareAddresses, formatAddress } from "../network/address.ts";
import { addressKey } from "../network/address-range.ts";
import type { CountryTable } from "../network/country-table.ts";
import { locationOfIndex } from "../network/iso-3166.ts";
import { locate } from "../network/private-addresses.ts";
import { SURFACES } from "../network/surface.ts";
import { isSameVerdict, toldByCode } from "./decision-code.ts";
import type { Told, ToldVerdict } from "./decision-code.ts";
import type { VisitPlace } from "./visit-places.ts";
import type { DecidedVisits } from "./decision-tally.ts";

type Counts = { requests: number; addresses: number };

export type DifferentVisitor = {
  readonly address: string;
  readonly country: string;
  readonly surface: string;
  readonly account: string | null;
  readonly requests: number;
  readonly lastAtMs: number;
  readonly userIds: readonly string[];
  readonly before: Told;
  readonly after: Told;
};

/** INVARIANT: of whoever gets another verdict, and of nobody else: each list sums up the same. */
export type Differences = Counts & {
  readonly users: number;
  readonly verdicts: readonly (Counts & { before: ToldVerdict; after: ToldVerdict })[];
  readonly reasons: readonly (Counts & { before: string; after: string })[];
  readonly surfaces: readonly (Counts & { surface: string })[];
  readonly accounts: readonly (Counts & { account: string | null })[];
  readonly countries: readonly (Counts & { country: string })[];
  readonly examples: readonly DifferentVisitor[];
};

export type DifferenceSum = {
  /** How the visits of one network are decided. */
  readonly take: (decided: readonly DecidedVisits[]) => void;
  /** All that was taken. */
  readonly looked: () => Counts;
  readonly differences: () => Differences;
};

const EXAMPLES_MAX = 20;
const LISTED_MAX = 100;
const NAMED_MAX = 10;

/** @param given.people ids of users who signed in from an address, by its key */
export function createDifferenceSum(given: {
  readonly places: readonly VisitPlace[];
  readonly countries: CountryTable;
  readonly people: ReadonlyMap<string, readonly string[]>;
}): DifferenceSum {
  const { places, countries, people } = given;
  const all = { requests: 0, addresses: 0 };
  const different = { requests: 0, addresses: 0 };
  const users = new Set<string>();
  const [verdicts, reasons] = [new Map<string, Counts>(), new Map<string, Counts>()];
  const bySurface = new Map<string, Counts>();
  const byAccount = new Map<string, Counts>();
  const byCountry = new Map<string, Counts>();
  let examples: DifferentVisitor[] = [];

  function take(decided: readonly DecidedVisits[]): void {
    if (decided.every(({ address }) => address === decided[0]!.address)) return takeOne(decided);
    const sorted = decided.toSorted((a, b) => compareAddresses(a.address, b.address));
    for (let first = 0; first < sorted.length;) {
      let end = first + 1;
      while (end < sorted.length && isOfOne(sorted[first]!, sorted[end]!)) end += 1;
      takeOne(sorted.slice(first, end));
      first = end;
    }
  }

  /** Of one address: whatever is said of it counts one address more. */
  function takeOne(decided: readonly DecidedVisits[]): void {
    all.addresses += 1;
    for (const { requests } of decided) all.requests += requests;
    const told = decided.filter(({ before, after }) => !isSameVerdict(before, after));
    if (told.length === 0) return;
    addPairs(verdicts, told, (code) => toldByCode(code).verdict);
    addPairs(reasons, told, (code) => toldByCode(code).reason);
    addDifferent(told);
  }

  function addDifferent(told: readonly DecidedVisits[]): void {
    const { address } = told[0]!;
    const country = locationOfIndex(locate(countries, address));
    const userIds = people.size === 0 ? [] : (people.get(addressKey(address)) ?? []);
    for (const id of userIds) users.add(id);
    different.addresses += 1;
    for (const { requests } of told) different.requests += requests;
    addCounts(bySurface, told, (item) => surfaceOf(places, item));
    addCounts(byAccount, told, (item) => places[item.place]!.place.account ?? "");
    addCounts(byCountry, told, () => country);
    for (const item of told) addExample(item, { country, userIds });
  }

  function addExample(
    item: DecidedVisits,
    of: { readonly country: string; readonly userIds: readonly string[] },
  ): void {
    const last = examples[EXAMPLES_MAX - 1];
    if (last !== undefined && last.requests >= item.requests) return;
    const { requests, lastAtMs } = item;
    examples.push({
      address: formatAddress(item.address),
      country: of.country,
      surface: surfaceOf(places, item),
      account: places[item.place]!.place.account,
      requests,
      lastAtMs,
      userIds: of.userIds.slice(0, NAMED_MAX),
      before: toldByCode(item.before),
      after: toldByCode(item.after),
    });
    examples = examples.toSorted((a, b) => b.requests - a.requests).slice(0, EXAMPLES_MAX);
  }

  return {
    take,
    looked: () => ({ ...all }),
    differences: () => ({
      ...different,
      users: users.size,
      verdicts: listPairs<ToldVerdict>(verdicts),
      reasons: listPairs<string>(reasons),
      surfaces: listed(bySurface).map(([surface, counts]) => Object.assign({ surface }, counts)),
      accounts: listed(byAccount).map(([code, counts]) => {
        return Object.assign({ account: code === "" ? null : code }, counts);
      }),
      countries: listed(byCountry).map(([country, counts]) => Object.assign({ country }, counts)),
      examples,
    }),
  };
}

function isOfOne(a: DecidedVisits, b: DecidedVisits): boolean {
  return compareAddresses(a.address, b.address) === 0;
}

function surfaceOf(places: readonly VisitPlace[], { place }: DecidedVisits): string {
  return SURFACES[places[place]!.place.surface]!;
}

function addPairs(
  into: Map<string, Counts>,
  items: readonly DecidedVisits[],
  nameOf: (code: number) => string,
): void {
  addCounts(into, items, ({ before, after }) => `${nameOf(before)} ${nameOf(after)}`);
}

/** Items are of one address, which counts once for each key. */
function addCounts(
  into: Map<string, Counts>,
  items: readonly DecidedVisits[],
  keyOf: (item: DecidedVisits) => string,
): void {
  const keys = items.map(keyOf);
  items.forEach(({ requests }, index) => {
    const key = keys[index]!;
    const counts = into.get(key) ?? { requests: 0, addresses: 0 };
    into.set(key, counts);
    counts.requests += requests;
    if (keys.indexOf(key) === index) counts.addresses += 1;
  });
}

function listed(from: ReadonlyMap<string, Counts>): readonly (readonly [string, Counts])[] {
  return [...from]
    .toSorted(([a, one], [b, other]) => other.requests - one.requests || (a < b ? -1 : 1))
    .slice(0, LISTED_MAX);
}

function listPairs<Name extends string>(
  from: ReadonlyMap<string, Counts>,
): readonly (Counts & { before: Name; after: Name })[] {
  return listed(from).map(([key, counts]) => {
    const [before, after] = key.split(" ") as [Name, Name];
    return Object.assign({ before, after }, counts);
  });
}

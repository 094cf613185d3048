// Prepares Postern's decision in this process, as the server makes it once a request is read.
import { rangeKeys } from "../src/core/network/address-range.ts";
import { bytesUsed } from "../src/core/network/address-set.ts";
import { appendKeys, buildAddressSet } from "../src/core/network/address-set-builder.ts";
import { createAddressSetBuilder } from "../src/core/network/address-set-builder.ts";
import { parseRule } from "../src/core/network/address-rule.ts";
import { buildCountryTable } from "../src/core/network/build-country-table.ts";
import { decideRequest } from "../src/core/gate/decide-request.ts";
import {
  ACCOUNT_POLICY_DEFAULT,
  PLATFORM_POLICY_DEFAULT,
} from "../src/core/network/network-policy.ts";
import { createNetworkState } from "../src/core/network/network-state.ts";
import { setAccountPolicy, setPlatformPolicy } from "../src/core/network/network-state.ts";
import { slidingWindowSize } from "../src/core/network/sliding-window.ts";
import { DEFAULT_PLACE } from "../src/core/network/surface-routes.ts";
import type { Address } from "../src/core/network/address.ts";
import type { AddressSet } from "../src/core/network/address-set.ts";
import type { CountryRanges } from "../src/core/network/build-country-table.ts";
import { loadCountryDatabase } from "../src/platform/geo-ip/load-country-database.ts";
import { shippedCountryDatabasePath } from "../src/platform/geo-ip/load-country-database.ts";
import { sampleEntries, sampleVisitorWord, VISITOR_COUNT } from "./sample-entries.ts";
import { COUNTRY_RULES } from "./start-postern-for-bench.ts";

/** Decides for one visitor, by its number in sampleVisitor; answers whether it is refused. */
export type DecideVisitor = (visitorIndex: number) => boolean;

export type PreparedDecision = {
  readonly decide: DecideVisitor;
  readonly bytesPerEntry: number;
  readonly bytesPerCountedAddress: number;
};

const PLACES = [DEFAULT_PLACE];
/** 20,000 visits a second: each visitor comes once in 50 s, so that all are in the window. */
const MILLISECONDS_PER_VISIT = 0.05;

export type PreparedRules = {
  readonly entryCount: number;
  /** Each with a country policy of its own; visitors go to one after the other. */
  readonly accountCount?: number;
  readonly hasCountryRules?: boolean;
};

/** Counters hold all visitors before anything is measured. */
export async function preparePosternDecision(rules: PreparedRules): Promise<PreparedDecision> {
  const { entryCount, accountCount = 0, hasCountryRules = true } = rules;
  const state = createNetworkState({ seed: 1, isProtected: () => false });
  const country = hasCountryRules ? { country: COUNTRY_RULES } : {};
  setPlatformPolicy(state, { ...PLATFORM_POLICY_DEFAULT, ...country });
  const places = [PLACES];
  for (let at = 0; at < accountCount; at += 1) {
    const account = { id: `id-${at}`, code: `account-${at}` };
    setAccountPolicy(state, account, { ...ACCOUNT_POLICY_DEFAULT, ...country });
    places[at] = [{ ...DEFAULT_PLACE, account: account.code }];
  }
  state.countries = buildCountryTable(await readShippedCountries()).table;
  state.platform.deny = buildDenySet(entryCount);
  let nowMs = 1_800_000_000_000;
  const decide = (visitorIndex: number): boolean => {
    nowMs += MILLISECONDS_PER_VISIT;
    const w3 = sampleVisitorWord(visitorIndex);
    const address: Address = { family: 4, w0: 0, w1: 0, w2: 0, w3 };
    const here = places[visitorIndex % places.length]!;
    const request = { address, places: here, play: null, countsAgainstRate: true };
    const at = { nowMs: Math.floor(nowMs), counting: "raise" } as const;
    return decideRequest(state, request, at).network.verdict === "refuse";
  };
  for (let index = 0; index < VISITOR_COUNT; index += 1) decide(index);
  const counted = slidingWindowSize(state.counters);
  return {
    decide,
    bytesPerEntry: bytesUsed(state.platform.deny) / entryCount,
    bytesPerCountedAddress: counted.bytes / counted.keys,
  };
}

function buildDenySet(entryCount: number): AddressSet {
  const entries = sampleEntries(entryCount).map((text, index) => {
    const rule = parseRule(text);
    if (!rule.ok) throw new Error(`${text}: ${rule.reason}`);
    const { start, end } = rangeKeys(rule.range);
    return { family: 4, start, end, id: index + 1, expiresAtMs: null } as const;
  });
  const builder = createAddressSetBuilder({ ipv4: entryCount, ipv6: 0 });
  for (const entry of entries.toSorted(compareEntries)) appendKeys(builder, entry);
  return buildAddressSet(builder);
}

type Keys = { readonly start: string; readonly end: string };

/** Start ascending, end descending: the order in which the store gives them. */
function compareEntries(a: Keys, b: Keys): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.end > b.end ? -1 : 1;
}

let shippedCountries: Promise<CountryRanges> | null = null;

function readShippedCountries(): Promise<CountryRanges> {
  shippedCountries ??= (async () => {
    const path = shippedCountryDatabasePath();
    if (path === null) throw new Error("the country database is not installed: npm ci");
    const outcome = await loadCountryDatabase(path, Date.now());
    if (!outcome.ok) throw new Error(`the country database ${outcome.reason}`);
    return outcome.data.arrays;
  })();
  return shippedCountries;
}

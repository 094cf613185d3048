// Tells which visits a change can be about at all, so that a million others need not be decided.

import type { Address } from "../network/address.ts";
import { addEntry, createAddressSet, findCovering } from "../network/address-set.ts";
import type { AddressSet } from "../network/address-set.ts";
import type { CompiledLayer } from "../network/compiled-policy.ts";
import type { NetworkState } from "../network/network-state.ts";
import { locate } from "../network/private-addresses.ts";
import type { CandidateChange } from "./candidate.ts";
import type { VisitPlace } from "./visit-places.ts";

export type ReachInput = {
  readonly before: NetworkState;
  readonly after: NetworkState;
  readonly changes: readonly CandidateChange[];
  readonly places: readonly VisitPlace[];
};

/**
 * Whether a visit can be told another verdict or reason, where neither limits nor bans decide it.
 * What is left then is the modes of the lists of the platform and of the visit's account, their
 * entries that cover the address, subscribed lists where those change, and what both say of its
 * country: where none of that is changed
 * the decision is the same one. INVARIANT: never false for a visit that a change makes a difference
 * to; true for another only costs its two decisions.
 */
export function createReachOfChange(
  input: ReachInput,
): (address: Address, place: number) => boolean {
  const { before, after, places } = input;
  const ofPlatform = reachOf(input, undefined, [before.platform.compiled, after.platform.compiled]);
  const lists = input.changes.some(({ kind }) => kind === "subscribed-lists")
    ? [before.subscribed, after.subscribed].flatMap((of) => [of.enforced, of.monitored])
    : [];
  const byPlace = places.map(({ place: { account } }) => {
    const own = account === null ? undefined : before.accounts.get(account);
    const other = account === null ? undefined : after.accounts.get(account);
    if (account === null || own === undefined || other === undefined) return null;
    return reachOf(input, account, [own.compiled, other.compiled]);
  });
  return (address, place) =>
    reaches(ofPlatform, before, address) ||
    reaches(byPlace[place] ?? null, before, address) ||
    lists.some((list) => findCovering(list, address, 0) !== 0);
}

/** What a layer's changes reach; null: nothing. */
type Reach = {
  readonly isEverybody: boolean;
  readonly changedEntries: AddressSet | null;
  /** By country index: 1 where the two sides treat the country differently. */
  readonly changedCountries: Uint8Array | null;
} | null;

function reaches(reach: Reach, { countries }: NetworkState, address: Address): boolean {
  if (reach === null) return false;
  const { isEverybody, changedEntries, changedCountries } = reach;
  if (isEverybody) return true;
  if (changedEntries !== null && findCovering(changedEntries, address, 0) !== 0) return true;
  return changedCountries !== null && changedCountries[locate(countries, address)] === 1;
}

function reachOf(
  { changes }: ReachInput,
  account: string | undefined,
  layers: readonly [CompiledLayer, CompiledLayer],
): Reach {
  const own = changes.filter((change) => change.account === account);
  if (own.length === 0) return null;
  const [before, after] = layers;
  const countries = before.deniedCountries.map((_, country) =>
    treatmentOf(before, country) === treatmentOf(after, country) ? 0 : 1,
  );
  return {
    isEverybody: before.listsMode !== after.listsMode,
    changedEntries: changedEntriesOf(own),
    changedCountries: countries.includes(1) ? countries : null,
  };
}

function treatmentOf({ countryMode, deniedCountries }: CompiledLayer, country: number): string {
  return deniedCountries[country] === 1 ? countryMode : "off";
}

function changedEntriesOf(changes: readonly CandidateChange[]): AddressSet | null {
  const changed = changes.flatMap((change) =>
    change.kind === "address-list" ? [...change.add, ...change.remove] : [],
  );
  if (changed.length === 0) return null;
  const set = createAddressSet();
  changed.forEach(({ range }, index) => addEntry(set, { range, id: index + 1, expiresAtMs: null }));
  return set;
}

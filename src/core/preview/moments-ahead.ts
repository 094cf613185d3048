// Finds when of the coming day an address may be decided differently: at the ends of its entries.
import type { Address } from "../network/address.ts";
import type { AddressSet } from "../network/address-set.ts";
import type { NetworkState } from "../network/network-state.ts";
import { findHolding, findNextHolding, linkRows } from "../network/range-search.ts";
import type { RangeTable } from "../network/range-table.ts";

/** An allow entry that ends sooner does not keep anybody in. */
const LOOK_AHEAD_MS = 86_400_000;

/** Whoever stands on more entries than so many is judged by the most specific ones. */
const ENTRIES_MAX = 1000;

/**
 * `nowMs` first, then each end of an entry that covers the address, within a day, in order.
 * @param asked.accounts codes of those whose lists are looked at beside the platform's
 */
export function momentsAhead(
  states: readonly NetworkState[],
  asked: { readonly address: Address; readonly accounts: readonly string[] },
  nowMs: number,
): readonly number[] {
  const { address } = asked;
  const ends = new Set<number>();
  for (const { platform, accounts } of states) {
    const layers = asked.accounts.flatMap((code) => accounts.get(code) ?? []);
    for (const { allow, deny } of [platform, ...layers]) {
      for (const set of [allow, deny]) addEnds(ends, set, { address, nowMs });
    }
  }
  return [nowMs, ...[...ends].toSorted((a, b) => a - b)];
}

type At = { readonly address: Address; readonly nowMs: number };

function addEnds(ends: Set<number>, set: AddressSet, at: At): void {
  const isIpv4 = at.address.family === 4;
  const overlay = isIpv4 ? set.overlay4 : set.overlay6;
  linkRows(overlay);
  for (const table of [isIpv4 ? set.base4 : set.base6, overlay]) addEndsIn(ends, table, at);
}

function addEndsIn(ends: Set<number>, table: RangeTable, at: At): void {
  if (table.expiries === null) return;
  let row = findHolding(table, at.address, at.nowMs);
  for (let seen = 0; row >= 0 && seen < ENTRIES_MAX; seen += 1) {
    const endMs = table.expiries[row]!;
    if (endMs <= at.nowMs + LOOK_AHEAD_MS) ends.add(endMs);
    row = findNextHolding(table, row, at);
  }
}

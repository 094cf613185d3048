// Adds up how the visits of one network are decided: by address, place, and both decisions.

import { compareAddresses } from "../network/address.ts";
import type { Address } from "../network/address.ts";

export type DecidedVisits = {
  readonly address: Address;
  /** Index into the preview's places. */
  readonly place: number;
  /** Decision codes without the change and with it. */
  readonly before: number;
  readonly after: number;
  requests: number;
  lastAtMs: number;
};

export type DecisionTally = {
  readonly items: DecidedVisits[];
  /** By the item's key, once there are too many to look through. */
  readonly index: Map<string, DecidedVisits>;
};

const LOOKED_THROUGH_MAX = 8;

export function createDecisionTally(): DecisionTally {
  return { items: [], index: new Map() };
}

export function clearTally(tally: DecisionTally): void {
  // Setting the length would give the room back, and the next network would have to ask for it.
  while (tally.items.length > 0) tally.items.pop();
  // Nearly always it is empty, and emptying it a million times would take a while.
  if (tally.index.size > 0) tally.index.clear();
}

/** Returns the item that it was added to. */
export function addDecided(tally: DecisionTally, decided: DecidedVisits): DecidedVisits {
  const known = findItem(tally, decided);
  if (known === undefined) {
    tally.items.push(decided);
    if (tally.items.length === LOOKED_THROUGH_MAX + 1) indexAll(tally);
    else if (tally.items.length > LOOKED_THROUGH_MAX) tally.index.set(keyOf(decided), decided);
    return decided;
  }
  known.requests += decided.requests;
  known.lastAtMs = Math.max(known.lastAtMs, decided.lastAtMs);
  return known;
}

function findItem(tally: DecisionTally, like: DecidedVisits): DecidedVisits | undefined {
  if (tally.items.length > LOOKED_THROUGH_MAX) return tally.index.get(keyOf(like));
  return tally.items.find(
    (item) =>
      item.place === like.place &&
      item.before === like.before &&
      item.after === like.after &&
      (item.address === like.address || compareAddresses(item.address, like.address) === 0),
  );
}

function indexAll(tally: DecisionTally): void {
  for (const item of tally.items) tally.index.set(keyOf(item), item);
}

function keyOf({ address, place, before, after }: DecidedVisits): string {
  const { w0, w1, w2, w3 } = address;
  return `${w0} ${w1} ${w2} ${w3} ${place} ${before} ${after}`;
}

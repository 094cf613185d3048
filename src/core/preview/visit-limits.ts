// The limits that recorded visits may come up against, and whether those of one network can have.

import { HARD_LIMIT } from "../network/network-policy.ts";
import type { RateLimit } from "../network/network-policy.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import { SURFACES } from "../network/surface.ts";
import type { VisitPlace } from "./visit-places.ts";

const AUDIO = SURFACES.indexOf("audio");
const WEBCHAT = SURFACES.indexOf("webchat");

/** At most so many requests within any so many minutes. */
export type VisitLimit = {
  /** Places with the same key are counted together. */
  readonly key: string;
  readonly requestsMax: number;
  /** As many as its window may touch. */
  readonly minutes: number;
};

/** What limits visits of a place, with the change or without. */
export type PlaceLimits = {
  /** Of each side, in the order that they were given in. */
  readonly bySide: readonly (readonly VisitLimit[])[];
  /** So many requests in all are under each of them. */
  readonly quietMax: number;
  /**
   * False on `audio` unless the change is about its limit: plays count there, and records of
   * visits tell of requests. Where it is, each request is taken for a play.
   */
  readonly countsAgainstRate: boolean;
};

export function limitsOfPlace(
  sides: readonly NetworkState[],
  { place }: Pick<VisitPlace, "place">,
): PlaceLimits {
  const rates = sides.map((side) => layerOf(side, place.account).compiled.rateLimits);
  const countsAgainstRate = place.surface !== AUDIO || !isSameLimit(rates, place.surface);
  const bySide = sides.map((side) => {
    const layer = layerOf(side, place.account);
    const rate = layer.compiled.rateLimits[place.surface] ?? null;
    const { webchatRequests } = side.policy;
    return [
      limit("hard", HARD_LIMIT.requestsMax, HARD_LIMIT.windowSeconds),
      ...(place.surface === WEBCHAT && webchatRequests.mode !== "off"
        ? [limit("webchat", webchatRequests.requestsMax, webchatRequests.windowSeconds)]
        : []),
      ...(rate !== null && countsAgainstRate
        ? [limit(`${layer.number}/${place.surface}`, rate.requestMaxCount, rate.requestMaxSeconds)]
        : []),
    ];
  });
  const quietMax = Math.min(...bySide.flat().map(({ requestsMax }) => requestsMax));
  return { bySide, quietMax, countsAgainstRate };
}

function limit(key: string, requestsMax: number, windowSeconds: number): VisitLimit {
  return { key, requestsMax, minutes: Math.ceil(windowSeconds / 60) + 1 };
}

function layerOf(side: NetworkState, account: string | null): LayerState {
  return account === null ? side.platform : (side.accounts.get(account) ?? side.platform);
}

function isSameLimit(rates: readonly (readonly (RateLimit | null)[])[], surface: number): boolean {
  const [first, ...others] = rates.map((limits) => JSON.stringify(limits[surface] ?? null));
  return others.every((other) => other === first);
}

/** A visit of one network, in the order of their minutes. */
export type LimitedVisit = {
  readonly minute: number;
  readonly requests: number;
  readonly placeIndex: number;
};

type LimitsOf = (placeIndex: number) => readonly VisitLimit[];

/**
 * Whether any of the limits can have been met, whenever in their minutes the requests came.
 * INVARIANT: never false where the exact window would say yes.
 */
export function canMeetLimit(visits: readonly LimitedVisit[], limitsOf: LimitsOf): boolean {
  const seen: VisitLimit[] = [];
  for (const { placeIndex } of visits) {
    for (const one of limitsOf(placeIndex)) {
      if (seen.some((other) => isSame(other, one))) continue;
      seen.push(one);
      if (isMet(visits, limitsOf, one)) return true;
    }
  }
  return false;
}

function isSame(a: VisitLimit, b: VisitLimit): boolean {
  return a === b || (a.key === b.key && a.requestsMax === b.requestsMax && a.minutes === b.minutes);
}

function isMet(
  visits: readonly LimitedVisit[],
  limitsOf: LimitsOf,
  { key, requestsMax, minutes }: VisitLimit,
): boolean {
  const isCounted = ({ placeIndex }: LimitedVisit): boolean =>
    limitsOf(placeIndex).some((limited) => limited.key === key);
  let first = 0;
  let inside = 0;
  for (const visit of visits) {
    if (!isCounted(visit)) continue;
    inside += visit.requests;
    for (; visits[first]!.minute <= visit.minute - minutes; first += 1) {
      if (isCounted(visits[first]!)) inside -= visits[first]!.requests;
    }
    if (inside > requestsMax) return true;
  }
  return false;
}

// One minute of traffic in memory: counts by what was decided, and by visitor for the preview.
import type { Verdict } from "../../api/journal-api.ts";
import { ipv6UnitsOf } from "./client-network.ts";
import type { ClientAddress } from "./client-network.ts";
import { countedReason } from "./counted-reason.ts";
import type { RuleLayer } from "./counted-reason.ts";

/** What the gate says of every request. */
export type TrafficInput = {
  readonly atMs: number;
  /** Null when it could not be read; such a request has no visitor. */
  readonly client: ClientAddress | null;
  readonly surface: string;
  /** The account's code, or null. */
  readonly account: string | null;
  readonly country: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Whose rule refused it, or would have; default `platform`. */
  readonly layer?: RuleLayer;
};

export type Visitor = { requests: number; refused: number; country: string };
export type Outcome = {
  readonly country: string;
  readonly verdict: string;
  /** As `countedReason` has it. */
  readonly reason: string;
  requests: number;
  /** How many of them those who watch know of. */
  told: number;
};

/** What happened on one surface of one account. */
export type Place = {
  readonly surface: string;
  readonly account: string;
  readonly outcomes: Outcome[];
  /** The same by country, reason, verdict. */
  readonly outcomeIndex: Map<string, Map<string, Map<string, Outcome>>>;
  /** By the address as a signed 32-bit number, which a Map finds without allocating. */
  readonly ipv4: Map<number, Visitor>;
  /** By `ipv6UnitsOf`. */
  readonly ipv6: Map<string, Visitor>;
};

export type TrafficMinute = {
  /** Since 1970 UTC. */
  readonly minute: number;
  /** By account, then by surface. */
  readonly places: Map<string, Map<string, Place>>;
  lastPlace: Place | null;
  visitors: number;
  /** Requests of visitors over the limit, who are in no row of their own. */
  readonly overflow: { requests: number; refused: number };
};

export function createTrafficMinute(minute: number): TrafficMinute {
  const overflow = { requests: 0, refused: 0 };
  return { minute, places: new Map(), lastPlace: null, visitors: 0, overflow };
}

/** A few map look-ups and, for a visitor already known in this minute, no allocation. */
export function countRequest(into: TrafficMinute, input: TrafficInput, visitorsMax: number): void {
  const place = placeOf(into, input.surface, input.account ?? "");
  outcomeOf(place, input).requests += 1;
  const { client, country } = input;
  if (client === null) return;
  const refused = input.verdict === "refuse" ? 1 : 0;
  const isIpv4 = client.family === 4;
  const visitor = isIpv4 ? place.ipv4.get(client.w3 | 0) : place.ipv6.get(ipv6UnitsOf(client));
  if (visitor !== undefined) {
    visitor.requests += 1;
    visitor.refused += refused;
    visitor.country = country;
  } else if (into.visitors < visitorsMax) {
    const added = { requests: 1, refused, country };
    if (isIpv4) place.ipv4.set(client.w3 | 0, added);
    else place.ipv6.set(ipv6UnitsOf(client), added);
    into.visitors += 1;
  } else {
    into.overflow.requests += 1;
    into.overflow.refused += refused;
  }
}

export function placesOf(minute: TrafficMinute): readonly Place[] {
  return [...minute.places.values()].flatMap((bySurface) => Array.from(bySurface.values()));
}

/** Also what is written already and no longer in `outcomes`. */
export function* eachOutcome(
  minute: TrafficMinute,
): Generator<{ readonly account: string; readonly outcome: Outcome }> {
  for (const { account, outcomeIndex } of placesOf(minute)) {
    for (const byReason of outcomeIndex.values()) {
      for (const byVerdict of byReason.values()) {
        for (const outcome of byVerdict.values()) yield { account, outcome };
      }
    }
  }
}

function placeOf(into: TrafficMinute, surface: string, account: string): Place {
  const last = into.lastPlace;
  if (last !== null && last.surface === surface && last.account === account) return last;
  const place = into.places.get(account)?.get(surface) ?? addPlace(into, surface, account);
  into.lastPlace = place;
  return place;
}

function addPlace(into: TrafficMinute, surface: string, account: string): Place {
  const place: Place = {
    surface,
    account,
    outcomes: [],
    outcomeIndex: new Map(),
    ipv4: new Map(),
    ipv6: new Map(),
  };
  const bySurface = into.places.get(account) ?? new Map<string, Place>();
  into.places.set(account, bySurface);
  bySurface.set(surface, place);
  return place;
}

function outcomeOf(place: Place, input: TrafficInput): Outcome {
  const { country, verdict } = input;
  const reason = countedReason(input.reason, input.layer ?? "platform");
  const outcome = place.outcomeIndex.get(country)?.get(reason)?.get(verdict);
  return outcome ?? addOutcome(place, { country, verdict, reason, requests: 0, told: 0 });
}

function addOutcome(place: Place, outcome: Outcome): Outcome {
  const byReason =
    place.outcomeIndex.get(outcome.country) ?? new Map<string, Map<string, Outcome>>();
  const byVerdict = byReason.get(outcome.reason) ?? new Map<string, Outcome>();
  place.outcomeIndex.set(outcome.country, byReason);
  byReason.set(outcome.reason, byVerdict);
  byVerdict.set(outcome.verdict, outcome);
  place.outcomes.push(outcome);
  return outcome;
}

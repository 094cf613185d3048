// Decides the visits of one network request by request, by the rules as they are and would be.

import { compareAddresses } from "../network/address.ts";
import type { Address } from "../network/address.ts";
import { decideRequest } from "../gate/decide-request.ts";
import type { RequestOutcome } from "../gate/decide-request.ts";
import { holdBan } from "../network/hold-ban.ts";
import type { NetworkState } from "../network/network-state.ts";
import { decisionCode } from "./decision-code.ts";
import { forgetRequests, turnBack } from "./replay-state.ts";
import { MINUTE_MS, timeOfRequest } from "./spread-requests.ts";
import { applyBanEvent, undoBanEvent } from "./standing-bans.ts";
import type { BanEvent } from "./standing-bans.ts";
import { addDecided } from "./decision-tally.ts";
import type { DecisionTally } from "./decision-tally.ts";
import type { VisitPlace } from "./visit-places.ts";

/** Visits of one address to one place in one minute. */
export type MinuteVisits = {
  readonly address: Address;
  readonly placeIndex: number;
  readonly place: VisitPlace;
  readonly countsAgainstRate: boolean;
  readonly minute: number;
  readonly requests: number;
};

/** States of `createReplayState`; what visits change in them is forgotten with each network. */
export type Sides = { readonly before: NetworkState; readonly after: NetworkState };

/** By time; in the same millisecond by surface, account and address. */
export function compareVisits(a: MinuteVisits, b: MinuteVisits): number {
  if (a.minute !== b.minute) return a.minute - b.minute;
  const [one, other] = [a.place.place, b.place.place];
  if (one.surface !== other.surface) return one.surface - other.surface;
  const [account, another] = [one.account ?? "", other.account ?? ""];
  if (account !== another) return account < another ? -1 : 1;
  return compareAddresses(a.address, b.address);
}

type RecordedNetwork = {
  /** In the order of `compareVisits`. */
  readonly visits: readonly MinuteVisits[];
  /** What stood against it, by time. */
  readonly events: readonly BanEvent[];
};

/** Decides and bans one network's visits as the gate would have, and forgets it again. */
export function replayVisits(sides: Sides, recorded: RecordedNetwork, tally: DecisionTally): void {
  const { visits, events } = recorded;
  let nextEvent = 0;

  function happenUntil(atMs: number): void {
    for (; events[nextEvent] !== undefined && events[nextEvent]!.atMs <= atMs; nextEvent += 1) {
      applyBanEvent(sides.before, events[nextEvent]!);
      applyBanEvent(sides.after, events[nextEvent]!);
    }
  }

  for (let first = 0; first < visits.length;) {
    const { minute } = visits[first]!;
    let end = first;
    while (visits[end]?.minute === minute) end += 1;
    const ofMinute = visits.slice(first, end);
    first = end;
    happenUntil(minute * MINUTE_MS);
    const isEventful = (events[nextEvent]?.atMs ?? Infinity) < (minute + 1) * MINUTE_MS;
    if (!isEventful && takeMinuteAtOnce(sides, ofMinute, tally)) continue;
    for (const { visit, atMs } of requestsOf(ofMinute)) {
      happenUntil(atMs);
      const before = live(sides.before, visit, atMs);
      const after = live(sides.after, visit, atMs);
      note(tally, visit, { before, after, requests: 1, lastAtMs: atMs });
    }
  }
  forget(sides.before, recorded);
  forget(sides.after, recorded);
}

function forget(side: NetworkState, { visits, events }: RecordedNetwork): void {
  let last: MinuteVisits | null = null;
  for (const visit of visits) {
    // Most visitors go on where they were.
    if (last?.place === visit.place && compareAddresses(last.address, visit.address) === 0)
      continue;
    last = visit;
    const { surface, account: code } = visit.place.place;
    const account = code === null ? null : (side.accounts.get(code) ?? null);
    forgetRequests(side, { address: visit.address, surface, account });
  }
  for (const event of events) undoBanEvent(side, event);
  turnBack(side);
}

type TimedRequest = { readonly visit: MinuteVisits; readonly atMs: number };

/** Each visit's requests evenly over the minute, all of them by time. */
function requestsOf(visits: readonly MinuteVisits[]): readonly TimedRequest[] {
  const all = visits.flatMap((visit) =>
    Array.from({ length: visit.requests }, (_, index) => {
      return { visit, atMs: timeOfRequest(visit.minute, index, visit.requests) };
    }),
  );
  return visits.length === 1 ? all : all.toSorted((a, b) => a.atMs - b.atMs);
}

/**
 * Where both sides pass or refuse without counting, as under a ban, all requests of a minute are
 * decided as its first and its last: nothing but time moves between them. False: nothing was done.
 */
function takeMinuteAtOnce(
  sides: Sides,
  visits: readonly MinuteVisits[],
  tally: DecisionTally,
): boolean {
  const codes: { before: number; after: number; lastAtMs: number }[] = [];
  for (const visit of visits) {
    const lastAtMs = timeOfRequest(visit.minute, visit.requests - 1, visit.requests);
    const before = uncounted(sides.before, visit, lastAtMs);
    const after = uncounted(sides.after, visit, lastAtMs);
    if (before === -1 || after === -1) return false;
    codes.push({ before, after, lastAtMs });
  }
  visits.forEach((visit, index) => {
    note(tally, visit, { ...codes[index]!, requests: visit.requests });
  });
  return true;
}

/** The code of all requests of the minute, or -1 where they are counted or differ. */
function uncounted(side: NetworkState, visit: MinuteVisits, lastAtMs: number): number {
  const first = ask(side, visit, { nowMs: visit.minute * MINUTE_MS, counting: "peek" });
  if (isCounted(first)) return -1;
  const last = ask(side, visit, { nowMs: lastAtMs, counting: "peek" });
  const code = decisionCode(first);
  return isCounted(last) || decisionCode(last) !== code ? -1 : code;
}

function isCounted({ facts }: RequestOutcome): boolean {
  const { hardCount, webchatCount, rateCount, accountRateCount } = facts;
  return hardCount !== 0 || webchatCount !== 0 || rateCount !== 0 || accountRateCount !== 0;
}

/** Decides and counts as the gate does, and bans as it does. */
function live(side: NetworkState, visit: MinuteVisits, nowMs: number): number {
  const outcome = ask(side, visit, { nowMs, counting: "raise" });
  const { change } = outcome.network;
  if (change?.kind === "ban") {
    const { account, surface } = visit.place.place;
    const own = account === null ? undefined : side.accounts.get(account);
    const layer = change.layer === "account" && own !== undefined ? own : side.platform;
    holdBan(side, { change, address: visit.address, surface, layer, nowMs });
  }
  return decisionCode(outcome);
}

function ask(
  side: NetworkState,
  { address, place, countsAgainstRate }: MinuteVisits,
  context: { readonly nowMs: number; readonly counting: "peek" | "raise" },
): RequestOutcome {
  const { places } = place;
  return decideRequest(side, { address, places, play: null, countsAgainstRate }, context);
}

function note(
  tally: DecisionTally,
  visit: MinuteVisits,
  decided: {
    readonly before: number;
    readonly after: number;
    readonly requests: number;
    readonly lastAtMs: number;
  },
): void {
  if (!visit.place.isReported) return;
  const { address, placeIndex: place } = visit;
  addDecided(tally, { address, place, ...decided });
}

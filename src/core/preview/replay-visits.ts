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
import type { DecidedVisits, DecisionTally } from "./decision-tally.ts";
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
  /** Where no limit can be met and no ban stands: there no count decides, and none is kept. */
  readonly isCalm: { readonly before: boolean; readonly after: boolean };
};

/** Decides and bans one network's visits as the gate would have, and forgets it again. */
export function replayVisits(sides: Sides, recorded: RecordedNetwork, tally: DecisionTally): void {
  const { visits, events, isCalm } = recorded;
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
    const before = isEventful ? null : steadyCodes(sides.before, ofMinute, isCalm.before);
    const after = isEventful ? null : steadyCodes(sides.after, ofMinute, isCalm.after);
    if (before !== null && after !== null) {
      noteAtOnce(tally, ofMinute, { before, after });
      continue;
    }
    forEachRequest(ofMinute, (visit, index, atMs) => {
      happenUntil(atMs);
      note(tally, visit, {
        before: before?.[index] ?? decideOne(sides.before, visit, { atMs, isCalm: isCalm.before }),
        after: after?.[index] ?? decideOne(sides.after, visit, { atMs, isCalm: isCalm.after }),
        requests: 1,
        lastAtMs: atMs,
      });
    });
  }
  if (!isCalm.before) forget(sides.before, recorded);
  if (!isCalm.after) forget(sides.after, recorded);
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

/** `index`: of the visit within its minute. */
type TakeRequest = (visit: MinuteVisits, index: number, atMs: number) => void;

/** Each visit's requests evenly over the minute, all of them by time. */
function forEachRequest(visits: readonly MinuteVisits[], take: TakeRequest): void {
  const [visit] = visits;
  if (visits.length === 1 && visit !== undefined) {
    const { minute, requests } = visit;
    for (let at = 0; at < requests; at += 1) take(visit, 0, timeOfRequest(minute, at, requests));
    return;
  }
  const all = visits.flatMap((one, index) =>
    Array.from({ length: one.requests }, (_, at) => {
      return { visit: one, index, atMs: timeOfRequest(one.minute, at, one.requests) };
    }),
  );
  for (const one of all.toSorted((a, b) => a.atMs - b.atMs)) take(one.visit, one.index, one.atMs);
}

/**
 * For each visit the code of all its requests of the minute, where a side passes or refuses them
 * without counting, as under a ban, or where no count decides: nothing but time moves between the
 * first and the last. Null where one is counted or differs; nothing was done then.
 */
function steadyCodes(
  side: NetworkState,
  visits: readonly MinuteVisits[],
  isCalm: boolean,
): readonly number[] | null {
  const codes: number[] = [];
  for (const visit of visits) {
    const first = ask(side, visit, { nowMs: visit.minute * MINUTE_MS, counting: "peek" });
    if (!isCalm && isCounted(first)) return null;
    const last = ask(side, visit, { nowMs: timeOfLast(visit), counting: "peek" });
    const code = decisionCode(first);
    if ((!isCalm && isCounted(last)) || decisionCode(last) !== code) return null;
    codes.push(code);
  }
  return codes;
}

function timeOfLast({ minute, requests }: MinuteVisits): number {
  return timeOfRequest(minute, requests - 1, requests);
}

function noteAtOnce(
  tally: DecisionTally,
  visits: readonly MinuteVisits[],
  codes: { readonly before: readonly number[]; readonly after: readonly number[] },
): void {
  visits.forEach((visit, index) => {
    note(tally, visit, {
      before: codes.before[index]!,
      after: codes.after[index]!,
      requests: visit.requests,
      lastAtMs: timeOfLast(visit),
    });
  });
}

function isCounted({ facts }: RequestOutcome): boolean {
  const { hardCount, webchatCount, rateCount, accountRateCount } = facts;
  return hardCount !== 0 || webchatCount !== 0 || rateCount !== 0 || accountRateCount !== 0;
}

function decideOne(
  side: NetworkState,
  visit: MinuteVisits,
  { atMs, isCalm }: { readonly atMs: number; readonly isCalm: boolean },
): number {
  if (!isCalm) return live(side, visit, atMs);
  return decisionCode(ask(side, visit, { nowMs: atMs, counting: "peek" }));
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
  { address, place: { isReported }, placeIndex: place }: MinuteVisits,
  { before, after, requests, lastAtMs }: Omit<DecidedVisits, "address" | "place">,
): void {
  if (isReported) addDecided(tally, { address, place, before, after, requests, lastAtMs });
}

// Decides all recorded visits by the rules as they are and as they would be, and adds up both.

import { decideRequest } from "../gate/decide-request.ts";
import type { Address } from "../network/address.ts";
import { addressKey, prefixLengthOf } from "../network/address-range.ts";
import type { AddressSet } from "../network/address-set.ts";
import { maskForCounting } from "../network/counting-address.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import { SURFACES } from "../network/surface.ts";
import { createCandidate } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";
import { ALIKE, decisionCode } from "./decision-code.ts";
import { createReachOfChange } from "./reach-of-change.ts";
import type { RecordedVisits } from "./read-visit-page.ts";
import { createReplayState } from "./replay-state.ts";
import { compareVisits, replayVisits } from "./replay-visits.ts";
import type { MinuteVisits, Sides } from "./replay-visits.ts";
import { MINUTE_MS, timeOfRequest } from "./spread-requests.ts";
import { banEvents } from "./standing-bans.ts";
import type { BanEvent, RecordedBan } from "./standing-bans.ts";
import { canMeetLimit, limitsOfPlace } from "./visit-limits.ts";
import type { PlaceLimits } from "./visit-limits.ts";
import { addressOfRow, forEachGroup, minuteOfRow, placeOfRow, requestsOfRow } from "./visit-log.ts";
import type { VisitGroup } from "./visit-log.ts";
import { addDecided, clearTally, createDecisionTally } from "./decision-tally.ts";
import type { DecidedVisits, DecisionTally } from "./decision-tally.ts";

export type PreviewInput = {
  readonly visits: RecordedVisits;
  /** The rules as they are. */
  readonly state: NetworkState;
  readonly changes: readonly CandidateChange[];
  /** Made within the period, in force within it, or remembered in it. */
  readonly bans: readonly RecordedBan[];
  readonly fromMs: number;
  readonly seed: number;
};

export type PreviewRun = {
  /** How many reported requests limits were judged of with times that are not recorded. */
  replayed: number;
  /** How many reported requests on `audio` were each taken for a play. */
  playsAssumed: number;
};

const AUDIO = SURFACES.indexOf("audio");

/**
 * Calls `take` once for each network with how the visits of its addresses are decided; the list is
 * written over for the next one.
 */
export function previewVisits(
  input: PreviewInput,
  take: (decided: readonly DecidedVisits[]) => void,
): PreviewRun {
  const { visits, seed, state, changes } = input;
  const sides = {
    before: createReplayState(state, seed),
    after: createReplayState(createCandidate(state, changes), seed),
  };
  const run = { replayed: 0, playsAssumed: 0 };
  const limits = visits.places.list.map((place) =>
    limitsOfPlace([sides.before, sides.after], place),
  );
  const isTimeless = !canExpire(sides.before) && !canExpire(sides.after);
  const prefixLength = ipv6Prefix(sides, input.bans);
  const eventsOf = findEvents(input, sides, prefixLength);
  const canDiffer = createReachOfChange({ ...sides, changes, places: visits.places.list });
  const parts = { sides, visits, limits, isTimeless, run, eventsOf, canDiffer };
  const tally = createDecisionTally();
  for (const log of [visits.ipv4, visits.ipv6]) {
    forEachGroup(log, prefixLength, (group) => {
      clearTally(tally);
      decideGroup(parts, group, tally);
      if (tally.items.length > 0) take(tally.items);
    });
  }
  return run;
}

type Parts = {
  readonly sides: Sides;
  readonly visits: RecordedVisits;
  /** By place. */
  readonly limits: readonly PlaceLimits[];
  /** No entry of any list ends. */
  readonly isTimeless: boolean;
  readonly run: PreviewRun;
  /** Whether the changes can make a difference for visits that limits and bans do not decide. */
  readonly canDiffer: (address: Address, place: number) => boolean;
  readonly eventsOf: (group: VisitGroup) => readonly BanEvent[];
};

/** Most visitors never come near a limit and have no ban: theirs are decided once a place. */
function decideGroup(parts: Parts, at: VisitGroup, tally: DecisionTally): void {
  const events = parts.eventsOf(at);
  const isQuiet = !events.some(({ kind }) => kind === "held") && isBelowLimits(parts, at);
  if (isQuiet) return decideQuietly(parts, at, tally);
  const visits = visitsOf(parts, at);
  const isCalm = {
    before: events.length === 0 && !canMeetLimit(visits, limitsOfSide(parts, 0)),
    after: events.length === 0 && !canMeetLimit(visits, limitsOfSide(parts, 1)),
  };
  if (isCalm.before && isCalm.after) return decideQuietly(parts, at, tally);
  for (const { place, requests, countsAgainstRate } of visits) {
    if (!place.isReported) continue;
    parts.run.replayed += requests;
    if (place.place.surface === AUDIO && countsAgainstRate) parts.run.playsAssumed += requests;
  }
  replayVisits(parts.sides, { visits, events, isCalm }, tally);
}

function isBelowLimits({ limits }: Parts, { log, order, start, end }: VisitGroup): boolean {
  let requests = 0;
  let quietMax = Infinity;
  for (let at = start; at < end; at += 1) {
    const row = order[at]!;
    requests += requestsOfRow(log, row);
    quietMax = Math.min(quietMax, limits[placeOfRow(log, row)]!.quietMax);
  }
  return requests <= quietMax;
}

function visitsOf(parts: Parts, { log, order, start, end }: VisitGroup): readonly MinuteVisits[] {
  const { places } = parts.visits;
  const visits: MinuteVisits[] = [];
  for (let index = start; index < end; index += 1) {
    const row = order[index]!;
    const placeIndex = placeOfRow(log, row);
    visits.push({
      address: addressOfRow(log, row),
      placeIndex,
      place: places.list[placeIndex]!,
      countsAgainstRate: parts.limits[placeIndex]!.countsAgainstRate,
      minute: minuteOfRow(log, row),
      requests: requestsOfRow(log, row),
    });
  }
  // Most of those who come near a limit came in one minute.
  return visits.length === 1 ? visits : visits.toSorted(compareVisits);
}

/** @param side 0 without the changes, 1 with them */
function limitsOfSide({ limits }: Parts, side: 0 | 1) {
  return (placeIndex: number) => limits[placeIndex]!.bySide[side]!;
}

/** Of a network that meets no limit: no count decides, so that none has to be kept. */
function decideQuietly(parts: Parts, at: VisitGroup, tally: DecisionTally): void {
  const { log, order, start, end } = at;
  const isOneAddress = log.family === 4;
  for (let index = start; index < end; index += 1) {
    const row = order[index]!;
    const place = placeOfRow(log, row);
    if (!parts.visits.places.list[place]!.isReported) continue;
    const minute = minuteOfRow(log, row);
    const requests = requestsOfRow(log, row);
    const lastAtMs = timeOfRequest(minute, requests - 1, requests);
    const known = parts.isTimeless && isOneAddress ? findPlace(tally, place) : undefined;
    if (known !== undefined) {
      known.requests += requests;
      known.lastAtMs = Math.max(known.lastAtMs, lastAtMs);
      continue;
    }
    const address = addressOfRow(log, row);
    if (parts.canDiffer(address, place)) {
      decideRow(parts, { address, place, minute, requests, lastAtMs }, tally);
      continue;
    }
    addDecided(tally, { address, place, before: ALIKE, after: ALIKE, requests, lastAtMs });
  }
}

/** What was decided there once is decided so always, where neither time nor counts decide. */
function findPlace({ items }: DecisionTally, place: number): DecidedVisits | undefined {
  for (const item of items) if (item.place === place) return item;
  return undefined;
}

type RowOfPlace = Omit<DecidedVisits, "before" | "after"> & { readonly minute: number };

/** All requests at once; where an entry ends within the minute they are decided one by one. */
function decideRow(parts: Parts, row: RowOfPlace, tally: DecisionTally): void {
  const { minute, ...visits } = row;
  const { requests, lastAtMs } = visits;
  const first = peekBoth(parts, row, minute * MINUTE_MS);
  const isLasting = parts.isTimeless || requests === 1;
  const last = isLasting ? first : peekBoth(parts, row, lastAtMs);
  if (first.before === last.before && first.after === last.after) {
    addDecided(tally, { ...visits, ...first });
    return;
  }
  for (let index = 0; index < requests; index += 1) {
    const atMs = timeOfRequest(minute, index, requests);
    const decided = peekBoth(parts, row, atMs);
    addDecided(tally, { ...visits, ...decided, requests: 1, lastAtMs: atMs });
  }
}

function peekBoth(
  { sides, visits, limits }: Parts,
  { address, place }: RowOfPlace,
  nowMs: number,
): { readonly before: number; readonly after: number } {
  const { places } = visits.places.list[place]!;
  const { countsAgainstRate } = limits[place]!;
  const request = { address, places, play: null, countsAgainstRate };
  const context = { nowMs, counting: "peek" } as const;
  return {
    before: decisionCode(decideRequest(sides.before, request, context)),
    after: decisionCode(decideRequest(sides.after, request, context)),
  };
}

function canExpire(state: NetworkState): boolean {
  return [state.platform, ...state.accounts.values()].some(
    ({ allow, deny }: LayerState) => hasEnds(allow) || hasEnds(deny),
  );
}

function hasEnds({ base4, base6, overlay4, overlay6 }: AddressSet): boolean {
  return [base4, base6, overlay4, overlay6].some(({ expiries }) => expiries !== null);
}

const NO_EVENTS: readonly BanEvent[] = [];

function findEvents(
  { bans, fromMs }: PreviewInput,
  sides: Sides,
  prefixLength: number,
): (group: VisitGroup) => readonly BanEvent[] {
  const byNetwork = new Map<string, BanEvent[]>();
  for (const ban of bans) {
    const key = addressKey(maskForCounting(ban.range.start, prefixLength));
    const events = byNetwork.get(key) ?? [];
    byNetwork.set(key, events);
    events.push(...banEvents(ban, { fromMs, audioCounts: countsAudio(sides, ban.owner) }));
  }
  for (const events of byNetwork.values()) events.sort((a, b) => a.atMs - b.atMs);
  if (byNetwork.size === 0) return () => NO_EVENTS;
  return ({ log, order, start }) => {
    const network = maskForCounting(addressOfRow(log, order[start]!), prefixLength);
    return byNetwork.get(addressKey(network)) ?? NO_EVENTS;
  };
}

/** The shortest that IPv6 is counted or banned by, on either side. */
function ipv6Prefix({ before, after }: Sides, bans: readonly RecordedBan[]): number {
  const ofBans = new Set(
    bans.map(({ range }) => (range.family === 6 ? (prefixLengthOf(range) ?? 128) : 128)),
  );
  return Math.min(...before.ipv6BanPrefixes, ...after.ipv6BanPrefixes, ...ofBans);
}

function countsAudio(sides: Sides, owner: string): boolean {
  const codes = owner === "platform" ? [null] : [...sides.before.accounts.keys()];
  const code = codes.find((one) => one === null || sides.before.accounts.get(one)!.owner === owner);
  if (code === undefined) return false;
  const place = { surface: AUDIO, account: code };
  return limitsOfPlace([sides.before, sides.after], { place }).countsAgainstRate;
}

// Judges whether changed network rules would lock out whoever makes them, or every operator.
import { fillAddress, maskAddress } from "../network/address.ts";
import type { Address } from "../network/address.ts";
import type { AddressRange } from "../network/address-range.ts";
import type { NetworkState } from "../network/network-state.ts";
import { NETWORK_STEPS } from "../network/network-steps.ts";
import type { Place } from "../network/surface-routes.ts";
import { createCandidate } from "./candidate.ts";
import { findCountingLimits, judgeNextRequest } from "./judge-visitor.ts";
import type { JudgedRequest, RecentRequests } from "./judge-visitor.ts";
import { momentsAhead } from "./moments-ahead.ts";

/** What somebody needs: the place of it by the rules as they are, and as they would be. */
export type LockoutDoor = { readonly before: Place; readonly after: Place };

export type ConcernedVisitor = {
  readonly address: Address;
  readonly doors: readonly LockoutDoor[];
  /** Of all places; none: they are judged by what is counted alone. */
  readonly recent: readonly RecentRequests[];
};

export type Concerned = {
  /** Null: nobody who comes over the network. */
  readonly you: ConcernedVisitor | null;
  /** Each of those seen lately, by all addresses they were seen at. */
  readonly operators: readonly (readonly ConcernedVisitor[])[];
};

export type RuleSides = { readonly standing: NetworkState; readonly candidate: NetworkState };

export type Lockout = JudgedRequest & {
  readonly who: "you" | "operators";
  readonly address: Address;
  readonly place: Place;
  /** Later than now where an entry ends that lets them in until then. */
  readonly atMs: number;
  /** Entering it on the allow list first would help; null: it would not. */
  readonly allow: { readonly range: AddressRange; readonly account: string | null } | null;
};

/**
 * Only what gets worse counts: whoever is refused anyway is not locked out by the change. Operators
 * are where one of them could get in and none could any more. Null: nobody is locked out.
 */
export function judgeLockout(
  sides: RuleSides,
  { you, operators }: Concerned,
  nowMs: number,
): Lockout | null {
  const ofYou = you === null ? null : findRefusal(sides, you, nowMs);
  if (ofYou !== null) return toLockout(sides, { who: "you", visitor: you!, ...ofYou }, nowMs);
  let first: Omit<Told, "who"> | null = null;
  for (const visitor of operators.flat()) {
    const refused = findRefusal(sides, visitor, nowMs);
    if (refused !== null) first ??= { visitor, ...refused };
    else if (isOpen(sides.candidate, visitor, nowMs)) return null;
  }
  return first === null ? null : toLockout(sides, { who: "operators", ...first }, nowMs);
}

/**
 * Of whom it matters what they asked for of late: whom a limit would count that did not count them
 * so before. Empty: no record makes it a lock-out; of operators already where one of them gets in.
 */
export function whosePaceDecides(
  sides: RuleSides,
  { you, operators }: Concerned,
  nowMs: number,
): readonly Address[] {
  const ofYou = you === null || !canPaceDecide(sides, you, nowMs) ? [] : [you.address];
  const byPace: Address[] = [];
  for (const visitor of operators.flat()) {
    if (canPaceDecide(sides, visitor, nowMs)) byPace.push(visitor.address);
    else if (findRefusal(sides, visitor, nowMs) === null) {
      if (isOpen(sides.candidate, visitor, nowMs)) return ofYou;
    }
  }
  return [...ofYou, ...byPace];
}

/** By the same limit the same record is judged alike before and after. */
function canPaceDecide(
  { standing, candidate }: RuleSides,
  visitor: ConcernedVisitor,
  nowMs: number,
): boolean {
  const { address, doors } = visitor;
  return momentsOf({ standing, candidate }, visitor, nowMs).some((atMs) =>
    doors.some(({ before, after }) => {
      const was = findCountingLimits(standing, { address, place: before }, atMs);
      const would = findCountingLimits(candidate, { address, place: after }, atMs);
      if (would.isByHardLimit && !was.isByHardLimit) return true;
      if (would.rate === null) return false;
      return (
        was.rate?.requestMaxCount !== would.rate.requestMaxCount ||
        was.rate.requestMaxSeconds !== would.rate.requestMaxSeconds
      );
    }),
  );
}

type Refusal = JudgedRequest & { readonly place: Place; readonly atMs: number };
type Told = Refusal & { readonly who: Lockout["who"]; readonly visitor: ConcernedVisitor };

/**
 * The first door that is open by the standing rules and shut by the candidate's: by what is
 * counted, or for whoever goes on as they did. Each record judges both sides: whoever is over a
 * limit already is not shut out by the change, and whom only the record has over it still is.
 */
function findRefusal(
  { standing, candidate }: RuleSides,
  visitor: ConcernedVisitor,
  nowMs: number,
): Refusal | null {
  const { address, doors, recent } = visitor;
  for (const atMs of momentsOf({ standing, candidate }, visitor, nowMs)) {
    for (const { before, after } of doors) {
      const byPace = recent.length === 0 ? [] : [{ recent, place: before }];
      for (const record of [null, ...byPace]) {
        const judged = judgeNextRequest(candidate, { address, place: after, record }, atMs);
        if (judged.outcome.verdict === "pass") continue;
        const was = judgeNextRequest(standing, { address, place: before, record }, atMs);
        if (was.outcome.verdict === "pass") return { ...judged, place: after, atMs };
      }
    }
  }
  return null;
}

function momentsOf(
  { standing, candidate }: RuleSides,
  { address, doors }: ConcernedVisitor,
  nowMs: number,
): readonly number[] {
  const accounts = new Set(doors.flatMap(({ before, after }) => [before.account, after.account]));
  const asked = { address, accounts: [...accounts].filter((code) => code !== null) };
  return momentsAhead([standing, candidate], asked, nowMs);
}

function isOpen(state: NetworkState, { address, doors }: ConcernedVisitor, nowMs: number): boolean {
  return doors.every(
    ({ after }) =>
      judgeNextRequest(state, { address, place: after, record: null }, nowMs).outcome.verdict ===
      "pass",
  );
}

function toLockout(sides: RuleSides, told: Told, nowMs: number): Lockout {
  const { visitor, ...refusal } = told;
  const layer = NETWORK_STEPS[told.outcome.step]!.layer;
  const account = layer === "account" ? told.place.account : null;
  const range = rangeToAllow(visitor.address, sides.candidate.policy.ban.ipv6PrefixLength);
  const entry = { range, action: "allow", expiresAtMs: null } as const;
  const change = { kind: "address-list", add: [entry], remove: [] } as const;
  const allowed = createCandidate(sides.candidate, [
    account === null ? change : { ...change, account },
  ]);
  const helps = findRefusal({ ...sides, candidate: allowed }, visitor, nowMs) === null;
  return { ...refusal, address: visitor.address, allow: helps ? { range, account } : null };
}

/** An IPv6 client changes its address within its /64 from day to day. */
function rangeToAllow(address: Address, ipv6PrefixLength: number): AddressRange {
  const { family } = address;
  if (family === 4) return { family, start: address, end: address };
  const length = Math.max(64, ipv6PrefixLength);
  return { family, start: maskAddress(address, length), end: fillAddress(address, length) };
}

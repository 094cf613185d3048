// Counts one failed authentication and decides whether its address is banned for it.

import { findCovering } from "./address-set.ts";
import type { Address } from "./address.ts";
import { findBan } from "./ban-table.ts";
import { banDurationSeconds } from "./ban-duration.ts";
import type { NetworkChange } from "./network-outcome.ts";
import { countingAddress } from "./network-state.ts";
import type { NetworkState } from "./network-state.ts";
import { countRepeats } from "./repeat-offenders.ts";
import { EVERYWHERE, RULE, surfaceScope } from "./counting-scopes.ts";
import { markSeen } from "./seen-table.ts";
import { raiseCount } from "./sliding-window.ts";

export const OFFENCE_KINDS = [
  "password",
  "second-factor",
  "backup-code",
  "reset-token",
  "bind",
  "api-token",
  "reported",
] as const;
export type OffenceKind = (typeof OFFENCE_KINDS)[number];

export type Offence = {
  readonly address: Address;
  readonly kind: OffenceKind;
  /** Index into SURFACES: where it happened. */
  readonly surface: number;
  /**
   * What was tried, as a keyed digest of user and secret in two words: the same wrong password
   * for the same user counts once. Null where every offence counts.
   */
  readonly fingerprint: { readonly high: number; readonly low: number } | null;
};

export type OffenceOutcome = {
  /** Why it was not counted, or null when it was. */
  readonly notCounted: "rule-off" | "repeated" | "on-allow-list" | "banned" | null;
  /** Offences of the address inside the window, this one included; at most one over the limit. */
  readonly count: number;
  readonly change: NetworkChange | null;
  /** In monitor mode: that a ban would have been made. */
  readonly wouldBan: boolean;
};

/**
 * Guide, "Failed Authentication Protection": more than N within the window puts the address on the
 * blacklist. A success never clears the count; an address on an allow entry is never banned.
 * INVARIANT: under a ban nothing counts, so offences that still arrive (a PBX goes on reporting)
 * neither extend the ban nor start the next one the moment it ends.
 */
export function decideOffence(
  state: NetworkState,
  offence: Offence,
  nowMs: number,
): OffenceOutcome {
  const rule = state.policy.failedAuthentication;
  if (rule.mode === "off") return notCounted("rule-off");
  const isExempt = findCovering(state.platform.allow, offence.address, nowMs) !== 0;
  if (isExempt && state.platform.compiled.listsMode !== "off") return notCounted("on-allow-list");
  const counted = countingAddress(state, offence.address);
  if (isBanned(state, offence, { counted, nowMs })) return notCounted("banned");
  if (isRepeated(state, offence, { counted, nowMs })) return notCounted("repeated");

  const count = raiseCount(state.counters, RULE.failedAuthentication, counted, nowMs);
  if (count <= rule.offencesMax) return { notCounted: null, count, change: null, wouldBan: false };
  if (rule.mode === "monitor") return { notCounted: null, count, change: null, wouldBan: true };
  const cause = "failed-authentication";
  if (state.isProtected(offence.address)) {
    return { notCounted: null, count, change: { kind: "alarm", cause }, wouldBan: false };
  }
  const repeats = countRepeats(state.repeats, counted, nowMs);
  const change = {
    kind: "ban",
    cause,
    layer: "platform",
    holds: state.policy.ban.scope,
    endsAtMs: nowMs + banDurationSeconds(state.policy.ban, repeats) * 1000,
  } as const;
  return { notCounted: null, count, change, wouldBan: false };
}

function isBanned(
  state: NetworkState,
  offence: Offence,
  at: { readonly counted: Address; readonly nowMs: number },
): boolean {
  const scope = surfaceScope(0, offence.surface);
  return (
    findBan(state.bans, EVERYWHERE, at.counted, at.nowMs) !== 0 ||
    findBan(state.bans, scope, at.counted, at.nowMs) !== 0
  );
}

function isRepeated(
  state: NetworkState,
  offence: Offence,
  at: { readonly counted: Address; readonly nowMs: number },
): boolean {
  if (offence.fingerprint === null) return false;
  return markSeen(state.seen, {
    scope: RULE.failedAuthentication,
    address: at.counted,
    fingerprintHigh: offence.fingerprint.high,
    fingerprintLow: offence.fingerprint.low,
    nowMs: at.nowMs,
    windowMs: state.policy.failedAuthentication.windowSeconds * 1000,
  });
}

function notCounted(reason: OffenceOutcome["notCounted"]): OffenceOutcome {
  return { notCounted: reason, count: 0, change: null, wouldBan: false };
}

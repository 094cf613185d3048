// Bans of the past, as recorded visits met them: which of them hold whatever the rules would be.

import type { Address } from "../network/address.ts";
import type { AddressRange } from "../network/address-range.ts";
import { findBan, putBan, removeBan } from "../network/ban-table.ts";
import { EVERYWHERE, layerScopes, RULE, surfaceScope } from "../network/counting-scopes.ts";
import type { BanCause } from "../network/network-outcome.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import { rememberBan } from "../network/repeat-offenders.ts";
import { clearAddress } from "../network/sliding-window.ts";
import { SURFACES } from "../network/surface.ts";

/** A ban as the store has it. */
export type RecordedBan = {
  /** The platform, or an account's id. */
  readonly owner: string;
  readonly range: AddressRange;
  /** `everywhere` or a surface. */
  readonly holds: string;
  readonly cause: BanCause;
  readonly createdAtMs: number;
  readonly endsAtMs: number;
  readonly releasedAtMs: number | null;
};

/** What happens to one network at a time, whatever its requests do. */
export type BanEvent = {
  readonly atMs: number;
  readonly kind: "held" | "released" | "remembered";
  readonly ban: RecordedBan;
};

/**
 * Bans for limits within the period come about anew where the visits are counted again, or do not.
 * Others stand: those for offences, which are no visits; those from before the period; those on
 * `audio`, whose plays are not recorded, where its limits are not counted.
 * @param audioCounts whether the limit of `audio` is counted for that owner
 */
export function banEvents(
  ban: RecordedBan,
  period: { readonly fromMs: number; readonly audioCounts: boolean },
): readonly BanEvent[] {
  const { createdAtMs, releasedAtMs } = ban;
  const isCountedAnew =
    createdAtMs >= period.fromMs &&
    ban.cause !== "failed-authentication" &&
    (ban.holds !== "audio" || period.audioCounts);
  if (!isCountedAnew) {
    const endedAtMs = Math.min(ban.endsAtMs, releasedAtMs ?? Infinity);
    const kind = endedAtMs <= period.fromMs ? "remembered" : "held";
    return [{ atMs: createdAtMs, kind, ban }];
  }
  return releasedAtMs === null || releasedAtMs >= ban.endsAtMs
    ? []
    : [{ atMs: releasedAtMs, kind: "released", ban }];
}

/** Makes it so in a state that decides the visits of the past. */
export function applyBanEvent(state: NetworkState, { kind, ban, atMs }: BanEvent): void {
  const layer = ban.owner === "platform" ? state.platform : findOwner(state, ban.owner);
  if (layer === null) return;
  const address = ban.range.start;
  const scope = scopeOf(layer, ban);
  switch (kind) {
    case "remembered":
      rememberBan(state.repeats, address, atMs);
      return;
    case "held":
      rememberBan(state.repeats, address, atMs);
      hold(state, { ban, address, scope });
      return;
    case "released":
      removeBan(state.bans, scope, address);
      // As a release does, or the next request would ban again.
      clearAddress(state.counters, address, countersOf(layer));
      return;
    default:
      kind satisfies never;
  }
}

/** Forgets what applying it has left. */
export function undoBanEvent(state: NetworkState, { ban }: BanEvent): void {
  const layer = ban.owner === "platform" ? state.platform : findOwner(state, ban.owner);
  if (layer !== null) removeBan(state.bans, scopeOf(layer, ban), ban.range.start);
}

function scopeOf(layer: LayerState, { holds }: RecordedBan): number {
  const surface = SURFACES.findIndex((name) => name === holds);
  return surface === -1 ? EVERYWHERE : surfaceScope(layer.number, surface);
}

function hold(
  state: NetworkState,
  { ban, address, scope }: { ban: RecordedBan; address: Address; scope: number },
): void {
  const endsAtMs = Math.min(ban.endsAtMs, ban.releasedAtMs ?? Infinity);
  const standing = findBan(state.bans, scope, address, ban.createdAtMs);
  if (standing !== 0 && state.bans.foundEndsAtMs >= endsAtMs) return;
  putBan(state.bans, scope, address, { id: RECORDED_BAN, endsAtMs });
}

/** The id of a ban in a state of the past; which one it was is not asked there. */
const RECORDED_BAN = 1;

function countersOf(layer: LayerState): readonly number[] {
  return [...(layer.number === 0 ? Object.values(RULE) : []), ...layerScopes(layer.number)];
}

function findOwner(state: NetworkState, owner: string): LayerState | null {
  for (const layer of state.accounts.values()) if (layer.owner === owner) return layer;
  return null;
}

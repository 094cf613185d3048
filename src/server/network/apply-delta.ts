// Applies one numbered change to the network state in memory.

import { addEntry, removeEntry } from "../../core/network/address-set.ts";
import { prefixLengthOf, rangeFromKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import { BAN_BEING_STORED, findBan, putBan, removeBan } from "../../core/network/ban-table.ts";
import { noteBanPrefix } from "../../core/network/network-state.ts";
import type { LayerState, NetworkState } from "../../core/network/network-state.ts";
import { rememberBan } from "../../core/network/repeat-offenders.ts";
import { EVERYWHERE, RULE, layerScopes, surfaceScope } from "../../core/network/counting-scopes.ts";
import { clearAddress } from "../../core/network/sliding-window.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { NetworkDelta } from "./change-feed.ts";

export function findLayer(state: NetworkState, owner: string): LayerState | null {
  if (owner === "platform") return state.platform;
  for (const layer of state.accounts.values()) if (layer.owner === owner) return layer;
  return null;
}

/** The ban table's scope for where a stored ban holds. */
function banScope(layer: LayerState, holds: string): number {
  const surface = SURFACES.findIndex((name) => name === holds);
  return surface === -1 ? EVERYWHERE : surfaceScope(layer.number, surface);
}

type EntryDelta = Extract<NetworkDelta, { kind: "entry-saved" | "entry-removed" }>;
type BanDelta = Extract<NetworkDelta, { kind: "ban-saved" | "ban-released" }>;

export function applyEntry(layer: LayerState, delta: EntryDelta): void {
  const range = rangeFromKeys(delta.family, delta.start, delta.end);
  // An edit may have turned allow into deny, so the other list forgets the entry as well.
  removeEntry(layer.allow, { range, id: delta.id });
  removeEntry(layer.deny, { range, id: delta.id });
  if (delta.kind === "entry-removed") return;
  addEntry(layer[delta.action], { range, id: delta.id, expiresAtMs: delta.expiresAtMs });
}

export function applyBan(state: NetworkState, layer: LayerState, delta: BanDelta): void {
  const range = rangeFromKeys(delta.family, delta.start, delta.end);
  const scope = banScope(layer, delta.holds);
  if (delta.kind === "ban-released") {
    removeBan(state.bans, scope, range.start);
    forgetCounts(state, layer, range);
    return;
  }
  if (delta.family === 6) noteBanPrefix(state, prefixLengthOf(range) ?? 128);
  const standing = findBan(state.bans, scope, range.start, delta.createdAtMs);
  const isNew = standing === 0 || standing === BAN_BEING_STORED;
  putBan(state.bans, scope, range.start, { id: delta.id, endsAtMs: delta.endsAtMs });
  if (isNew && standing === 0) rememberBan(state.repeats, range.start, delta.createdAtMs);
}

/** A release also clears the counters, or the next request would ban again. */
function forgetCounts(state: NetworkState, layer: LayerState, range: AddressRange): void {
  const platformRules = layer.number === 0 ? Object.values(RULE) : [];
  clearAddress(state.counters, range.start, [...platformRules, ...layerScopes(layer.number)]);
}

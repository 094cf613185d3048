// Makes a ban hold in memory, the moment a request or an offence has brought it about.

import type { Address } from "./address.ts";
import { BAN_BEING_STORED, putBan } from "./ban-table.ts";
import { EVERYWHERE, RULE, surfaceScope } from "./counting-scopes.ts";
import type { BanCause, NetworkChange } from "./network-outcome.ts";
import { countingAddress, noteBanPrefix } from "./network-state.ts";
import type { LayerState, NetworkState } from "./network-state.ts";
import { rememberBan } from "./repeat-offenders.ts";
import { clearCount } from "./sliding-window.ts";

export type BanToHold = {
  readonly change: Extract<NetworkChange, { kind: "ban" }>;
  readonly address: Address;
  /** Index into SURFACES. */
  readonly surface: number;
  /** The layer whose rule was broken. */
  readonly layer: LayerState;
  readonly nowMs: number;
};

/** Holds from the next request. Returns the address or network that is banned. */
export function holdBan(state: NetworkState, ban: BanToHold): Address {
  const { change, address, surface, layer, nowMs } = ban;
  const counted = countingAddress(state, address);
  const scope = change.holds === "everywhere" ? EVERYWHERE : surfaceScope(layer.number, surface);
  putBan(state.bans, scope, counted, { id: BAN_BEING_STORED, endsAtMs: change.endsAtMs });
  rememberBan(state.repeats, counted, nowMs);
  clearCount(state.counters, counterOf(change.cause, layer, surface), counted);
  if (address.family === 6) noteBanPrefix(state, state.policy.ban.ipv6PrefixLength);
  return counted;
}

/** The counter that led to the ban starts afresh, so that its end is an end. */
function counterOf(cause: BanCause, layer: LayerState, surface: number): number {
  switch (cause) {
    case "failed-authentication":
      return RULE.failedAuthentication;
    case "webchat-requests":
      return RULE.webchatRequests;
    case "hard-limit":
      return RULE.hardLimit;
    case "rate-limit":
      return surfaceScope(layer.number, surface);
    default:
      return cause satisfies never;
  }
}

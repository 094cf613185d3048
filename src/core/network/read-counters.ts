// How far one address is from each limit, looked at without counting anything.

import type { Address } from "./address.ts";
import { EVERYWHERE, RULE, surfaceScope } from "./counting-scopes.ts";
import { HARD_LIMIT } from "./network-policy.ts";
import type { Mode } from "./network-policy.ts";
import { countingAddress, findClientBan } from "./network-state.ts";
import type { LayerState, NetworkState } from "./network-state.ts";
import { peekCount } from "./sliding-window.ts";
import { SURFACES } from "./surface.ts";
import type { Surface } from "./surface.ts";

export const COUNTER_RULES = [
  "hard-limit",
  "failed-authentication",
  "webchat-requests",
  "rate-limit",
] as const;
export type CounterRule = (typeof COUNTER_RULES)[number];

export type CounterReading = {
  readonly rule: CounterRule;
  readonly layer: "platform" | "account";
  /** Null: on every surface. */
  readonly surface: Surface | null;
  /** Within the window that ends now; never more than `max + 1`. */
  readonly count: number;
  readonly max: number;
  readonly windowSeconds: number;
  readonly mode: Mode;
  /** What this rule's ban would be found as: the ban in force where it would hold. */
  readonly ban: { readonly endsAtMs: number; readonly holds: Surface | "everywhere" } | null;
};

/**
 * The limits that are on for a client, of the platform and of one account. Limits that are off
 * count nothing and are left out. With an account its own rate limits hold in place of the
 * platform's (SPEC 2.2).
 */
export function readCounters(
  state: NetworkState,
  client: { readonly address: Address; readonly account: LayerState | null },
  nowMs: number,
): readonly CounterReading[] {
  const { address, account } = client;
  const counted = countingAddress(state, address);
  const { failedAuthentication, webchatRequests } = state.policy;
  const everywhere = readBan(state, EVERYWHERE, { address, nowMs });

  function read(
    rule: CounterRule,
    scope: number,
    limit: Omit<CounterReading, "rule" | "count">,
  ): CounterReading {
    return { rule, count: peekCount(state.counters, scope, counted, nowMs), ...limit };
  }

  const platform = [
    read("hard-limit", RULE.hardLimit, {
      layer: "platform",
      surface: null,
      max: HARD_LIMIT.requestsMax,
      windowSeconds: HARD_LIMIT.windowSeconds,
      mode: "enforce",
      ban: everywhere,
    }),
    read("failed-authentication", RULE.failedAuthentication, {
      layer: "platform",
      surface: null,
      max: failedAuthentication.offencesMax,
      windowSeconds: failedAuthentication.windowSeconds,
      mode: failedAuthentication.mode,
      ban: everywhere,
    }),
    read("webchat-requests", RULE.webchatRequests, {
      layer: "platform",
      surface: "webchat",
      max: webchatRequests.requestsMax,
      windowSeconds: webchatRequests.windowSeconds,
      mode: webchatRequests.mode,
      ban:
        everywhere ?? readSurfaceBan(state, state.platform, { surface: "webchat", address, nowMs }),
    }),
  ];
  const layer = account ?? state.platform;
  const rates = SURFACES.flatMap((surface, index) => {
    const limit = layer.compiled.rateLimits[index];
    if (limit === null || limit === undefined) return [];
    return [
      read("rate-limit", surfaceScope(layer.number, index), {
        layer: account === null ? "platform" : "account",
        surface,
        max: limit.requestMaxCount,
        windowSeconds: limit.requestMaxSeconds,
        mode: limit.mode,
        ban: readSurfaceBan(state, layer, { surface, address, nowMs }),
      }),
    ];
  });
  return [...platform, ...rates].filter(({ mode }) => mode !== "off");
}

type Client = { readonly address: Address; readonly nowMs: number };

function readBan(state: NetworkState, scope: number, client: Client): CounterReading["ban"] {
  if (findClientBan(state, scope, client) === 0) return null;
  return { endsAtMs: state.bans.foundEndsAtMs, holds: "everywhere" };
}

function readSurfaceBan(
  state: NetworkState,
  layer: LayerState,
  client: Client & { readonly surface: Surface },
): CounterReading["ban"] {
  const scope = surfaceScope(layer.number, SURFACES.indexOf(client.surface));
  const ban = readBan(state, scope, client);
  return ban === null ? null : { ...ban, holds: client.surface };
}

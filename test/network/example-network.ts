// A small network state in memory for tests: policy, lists, bans and four countries, by plain text.
import { decideRequest } from "../../src/core/gate/decide-request.ts";
import type { RequestOutcome } from "../../src/core/gate/decide-request.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import type { Address } from "../../src/core/network/address.ts";
import { parseRule } from "../../src/core/network/address-rule.ts";
import type { AddressRange } from "../../src/core/network/address-range.ts";
import { addEntry } from "../../src/core/network/address-set.ts";
import { putBan } from "../../src/core/network/ban-table.ts";
import { buildCountryTable } from "../../src/core/network/build-country-table.ts";
import { EVERYWHERE, surfaceScope } from "../../src/core/network/counting-scopes.ts";
import type { Counting, Play } from "../../src/core/network/gather-facts.ts";
import {
  ACCOUNT_POLICY_DEFAULT,
  PLATFORM_POLICY_DEFAULT,
} from "../../src/core/network/network-policy.ts";
import type { AccountPolicy, PlatformPolicy } from "../../src/core/network/network-policy.ts";
import {
  countingAddress,
  createNetworkState,
  setAccountPolicy,
  setPlatformPolicy,
} from "../../src/core/network/network-state.ts";
import type { LayerState, NetworkState } from "../../src/core/network/network-state.ts";
import { spellSteps } from "../../src/core/network/spell-steps.ts";
import { SURFACES } from "../../src/core/network/surface.ts";
import type { Surface } from "../../src/core/network/surface.ts";

export const NOW_MS = 1_800_000_000_000;

/** Where the example countries are; everything else is of unknown location. */
export const EXAMPLE_PLACES = {
  US: "8.8.8.8",
  DE: "5.1.2.3",
  HK: "1.64.0.1",
  US6: "2600::1",
  DE6: "2a00:1::1",
  unknown: "203.0.113.9",
  unknown6: "2001:db8::9",
  private: "10.1.2.3",
  private6: "fd00::1",
} as const;

export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`not an address: ${text}`);
  return address;
}

export function rangeOf(text: string): AddressRange {
  const rule = parseRule(text);
  if (!rule.ok) throw new Error(`not a rule: ${text}`);
  return rule.range;
}

export function surfaceIndex(surface: Surface): number {
  return SURFACES.indexOf(surface);
}

const CODES = ["", "US", "DE", "HK"];
const STARTS = [
  ["0.0.0.0", ""],
  ["1.64.0.0", "HK"],
  ["1.65.0.0", ""],
  ["5.0.0.0", "DE"],
  ["6.0.0.0", ""],
  ["8.0.0.0", "US"],
  ["9.0.0.0", ""],
  ["::", ""],
  ["2600::", "US"],
  ["2601::", ""],
  ["2a00::", "DE"],
  ["2a01::", ""],
] as const;

function exampleCountries() {
  const of = (family: 4 | 6) =>
    STARTS.map(([start, code]) => ({ start: addressOf(start), code })).filter(
      ({ start }) => start.family === family,
    );
  return buildCountryTable({
    ipv4Starts: Uint32Array.from(of(4), ({ start }) => start.w3),
    ipv4Countries: Uint16Array.from(of(4), ({ code }) => CODES.indexOf(code)),
    ipv6Starts: Uint32Array.from(of(6).flatMap(({ start: s }) => [s.w0, s.w1, s.w2, s.w3])),
    ipv6Countries: Uint16Array.from(of(6), ({ code }) => CODES.indexOf(code)),
    codes: CODES,
  }).table;
}

const COUNTRIES = exampleCountries();

export function platformPolicy(change: Partial<PlatformPolicy> = {}): PlatformPolicy {
  return { ...PLATFORM_POLICY_DEFAULT, ...change };
}

export function accountPolicy(change: Partial<AccountPolicy> = {}): AccountPolicy {
  return { ...ACCOUNT_POLICY_DEFAULT, ...change };
}

export type Example = {
  readonly platform?: Partial<PlatformPolicy>;
  /** The account `acme`; left out: there is no account. */
  readonly acme?: Partial<AccountPolicy>;
  readonly protected?: readonly string[];
};

export function exampleState(example: Example = {}): NetworkState {
  const isProtected = (address: Address): boolean =>
    (example.protected ?? []).some((text) => isSameAddress(addressOf(text), address));
  // Few keys: a test makes many states.
  const state = createNetworkState({ seed: 1, keysMax: 4096, isProtected });
  state.countries = COUNTRIES;
  setPlatformPolicy(state, platformPolicy(example.platform));
  if (example.acme !== undefined) {
    setAccountPolicy(state, { id: "id-acme", code: "acme" }, accountPolicy(example.acme));
  }
  return state;
}

function isSameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.w0 === b.w0 && a.w1 === b.w1 && a.w2 === b.w2 && a.w3 === b.w3;
}

function layerOf(state: NetworkState, layer: "platform" | "acme"): LayerState {
  return layer === "platform" ? state.platform : state.accounts.get("acme")!;
}

/** Puts an entry on a list: `list(state, "acme", "deny 192.0.2.0/24", 7)`. */
export function list(
  state: NetworkState,
  owner: "platform" | "acme",
  entry: { readonly text: string; readonly id: number; readonly expiresAtMs?: number },
): void {
  const [action, rule] = entry.text.split(" ");
  addEntry(layerOf(state, owner)[action as "allow" | "deny"], {
    range: rangeOf(rule!),
    id: entry.id,
    expiresAtMs: entry.expiresAtMs ?? null,
  });
}

/** A ban of the platform (everywhere or on a surface), or of the account on a surface. */
export function putExampleBan(
  state: NetworkState,
  client: string,
  ban: {
    readonly id: number;
    readonly endsAtMs: number;
    readonly owner?: "platform" | "acme";
    readonly surface?: Surface;
  },
): void {
  const layer = layerOf(state, ban.owner ?? "platform");
  const scope =
    ban.surface === undefined ? EVERYWHERE : surfaceScope(layer.number, surfaceIndex(ban.surface));
  putBan(state.bans, scope, countingAddress(state, addressOf(client)), ban);
}

export type Visit = {
  readonly surface?: Surface;
  readonly account?: "acme" | null;
  readonly nowMs?: number;
  readonly counting?: Counting;
  readonly play?: Play | null;
  readonly countsAgainstRate?: boolean;
};

export function visit(state: NetworkState, client: string, how: Visit = {}): RequestOutcome {
  return decideRequest(
    state,
    {
      address: addressOf(client),
      places: [{ surface: surfaceIndex(how.surface ?? "portal"), account: how.account ?? null }],
      play: how.play ?? null,
      countsAgainstRate: how.countsAgainstRate ?? true,
    },
    { nowMs: how.nowMs ?? NOW_MS, counting: how.counting ?? "raise" },
  );
}

/** The last of `times` like visits. */
export function visitTimes(
  state: NetworkState,
  client: string,
  how: Visit & { readonly times: number },
): RequestOutcome {
  for (let index = 1; index < how.times; index += 1) visit(state, client, how);
  return visit(state, client, how);
}

/** The steps in order, as `layer step result`. */
export function stepsOf(state: NetworkState, outcome: RequestOutcome): readonly string[] {
  const account = outcome.place.account === null ? null : state.accounts.get(outcome.place.account);
  const steps = spellSteps(outcome.network, {
    facts: outcome.facts,
    policy: state.policy,
    account: account?.compiled ?? null,
  });
  return steps.map(({ layer, step, result }) => `${layer} ${step} ${result}`);
}

// The network rules as they would be after a change that nobody has made yet.

import { compareAddresses } from "../network/address.ts";
import type { AddressRange } from "../network/address-range.ts";
import { addEntry, removeEntry } from "../network/address-set.ts";
import { compileLayer } from "../network/compiled-policy.ts";
import type { CompiledLayer, CompiledPolicy } from "../network/compiled-policy.ts";
import { ACCOUNT_POLICY_DEFAULT } from "../network/network-policy.ts";
import type {
  AccountPolicy,
  ListAction,
  PlatformPolicy,
  PolicySection,
} from "../network/network-policy.ts";
import { defineLimits } from "../network/network-state.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import type { SubscribedLists } from "../network/subscribed-lists.ts";
import { copyAddressSet } from "./copy-address-set.ts";

/** A rule of some section. INVARIANT: the value has passed the checks of its section. */
export type CandidateSection = { readonly section: PolicySection; readonly value: unknown };

export type CandidateEntry = {
  readonly range: AddressRange;
  readonly action: ListAction;
  readonly expiresAtMs: number | null;
};

/** A proposed change of the network rules; without an account: of the platform's. */
export type CandidateChange = { readonly account?: string | undefined } & (
  | { readonly kind: "network-policy"; readonly sections: readonly CandidateSection[] }
  | {
      readonly kind: "address-list";
      readonly add: readonly CandidateEntry[];
      readonly remove: readonly { readonly id: number; readonly range: AddressRange }[];
    }
  /** All of them, as they would be. */
  | { readonly kind: "subscribed-lists"; readonly lists: SubscribedLists }
);

/** The highest id of an entry; those that nobody has saved yet count down from it. */
const PROPOSED_ID_FIRST = 2 ** 32 - 1;

/** More than one preview may propose; no list ever held so many entries that its ids come here. */
const PROPOSED_IDS_MAX = 2 ** 20;

/** Whether an entry that decided is one of the candidate's own, which has no id yet. */
export function isProposedEntry(entryId: number): boolean {
  return entryId > PROPOSED_ID_FIRST - PROPOSED_IDS_MAX;
}

/**
 * A state that decides as `state` would after the changes; routes apart, which are no part of it.
 * Shares everything large with `state` and leaves it as it is. Changes of accounts that are not
 * there change nothing. INVARIANT: counters, bans and marks are those of `state`: on a candidate
 * of a live state requests are only peeked at, never counted.
 */
export function createCandidate(
  state: NetworkState,
  changes: readonly CandidateChange[],
): NetworkState {
  const { counters } = state;
  const candidate: NetworkState = {
    ...state,
    platform: { ...state.platform },
    accounts: new Map(state.accounts),
    ipv6BanPrefixes: [...state.ipv6BanPrefixes],
    counters: {
      ...counters,
      limitsMax: [...counters.limitsMax],
      windowsMs: [...counters.windowsMs],
    },
  };
  let nextId = PROPOSED_ID_FIRST;
  for (const change of changes) {
    const layer = layerToChange(candidate, change.account);
    if (layer === null) continue;
    switch (change.kind) {
      case "network-policy":
        for (const section of change.sections) setSection(candidate, layer, section);
        break;
      case "address-list":
        nextId = changeEntries(layer, change, nextId);
        break;
      case "subscribed-lists":
        candidate.subscribed = change.lists;
        break;
      default:
        change satisfies never;
    }
  }
  return candidate;
}

/** A layer that is the candidate's own. */
function layerToChange(candidate: NetworkState, account: string | undefined): LayerState | null {
  if (account === undefined) return candidate.platform;
  const layer = candidate.accounts.get(account);
  if (layer === undefined) return null;
  const own = { ...layer };
  candidate.accounts.set(account, own);
  return own;
}

function setSection(
  candidate: NetworkState,
  layer: LayerState,
  { section, value }: CandidateSection,
): void {
  const isPlatform = layer === candidate.platform;
  if (isPlatform) candidate.policy = withPlatformSection(candidate.policy, { section, value });
  layer.compiled = isPlatform
    ? candidate.policy.platform
    : withLayerSection(layer.compiled, { section, value });
  defineLimits(candidate, layer);
}

function withPlatformSection(
  policy: CompiledPolicy,
  { section, value }: CandidateSection,
): CompiledPolicy {
  const given = { [section]: value } as PlatformPolicy;
  switch (section) {
    case "address-lists":
    case "country":
    case "rate-limits":
      return { ...policy, platform: withLayerSection(policy.platform, { section, value }) };
    case "failed-authentication":
      return { ...policy, failedAuthentication: given["failed-authentication"] };
    case "webchat-requests":
      return { ...policy, webchatRequests: given["webchat-requests"] };
    case "ban":
      return { ...policy, ban: given.ban };
    case "hard-limit":
      return { ...policy, hardLimit: given["hard-limit"] };
    case "routes":
      return policy;
    default:
      return section satisfies never;
  }
}

function withLayerSection(
  layer: CompiledLayer,
  { section, value }: CandidateSection,
): CompiledLayer {
  const policy: AccountPolicy = { ...ACCOUNT_POLICY_DEFAULT, [section]: value };
  const { listsMode, countryMode, deniedCountries, rateLimits } = compileLayer(policy);
  switch (section) {
    case "address-lists":
      return { ...layer, listsMode };
    case "country":
      return { ...layer, countryMode, deniedCountries };
    case "rate-limits":
      return { ...layer, rateLimits };
    default:
      return layer;
  }
}

/** What is removed goes first: an entry that is edited stands in both. Returns the next free id. */
function changeEntries(
  layer: LayerState,
  change: Extract<CandidateChange, { kind: "address-list" }>,
  firstId: number,
): number {
  layer.allow = copyAddressSet(layer.allow);
  layer.deny = copyAddressSet(layer.deny);
  for (const entry of change.remove) {
    removeEntry(layer.allow, entry);
    removeEntry(layer.deny, entry);
  }
  // In the order of the overlay each goes to its end, and no row has to move for the next.
  const added = change.add.toSorted(
    (a, b) =>
      a.range.family - b.range.family ||
      compareAddresses(a.range.start, b.range.start) ||
      compareAddresses(b.range.end, a.range.end),
  );
  let id = firstId;
  for (const { range, action, expiresAtMs } of added) {
    addEntry(layer[action], { range, id, expiresAtMs });
    id -= 1;
  }
  return id;
}

// What the network rules are judged on, for one request.

import { UNKNOWN_INDEX } from "./iso-3166.ts";
import type { Mode } from "./network-policy.ts";
import { STEP } from "./network-steps.ts";

/**
 * Flat and numeric so that one request costs one small object. Ids are 0 when nothing was found;
 * a count is 0 when the request was not counted, else it includes this request. `…Account…`
 * facts stay 0 when the account is not known.
 */
export type NetworkFacts = {
  /** Index into SURFACES. */
  surface: number;
  /** Country index of the country table, unknown and private included. */
  country: number;
  /** Loopback, trusted proxies and the nodes themselves: never banned. */
  isProtected: boolean;

  allowEntryId: number;
  denyEntryId: number;
  /** The subscription whose list covers the address. */
  subscriptionId: number;
  /** Of that list; where none covers the address, `off` when there is none to look at. */
  subscribedMode: Mode;
  banId: number;
  banEndsAtMs: number;
  hardCount: number;
  /** Milliseconds until one more request would be under the limit that was counted. */
  hardWaitMs: number;
  webchatCount: number;
  webchatWaitMs: number;
  rateCount: number;
  rateWaitMs: number;
  /** Bans of this address within the last 30 days. */
  repeats: number;

  hasAccount: boolean;
  accountAllowEntryId: number;
  accountDenyEntryId: number;
  accountBanId: number;
  accountBanEndsAtMs: number;
  accountRateCount: number;
  accountRateWaitMs: number;
};

export function emptyNetworkFacts(): NetworkFacts {
  return {
    surface: 0,
    // 0 would be a country; nobody is taken for a visitor from it because a look-up was forgotten.
    country: UNKNOWN_INDEX,
    isProtected: false,
    allowEntryId: 0,
    denyEntryId: 0,
    subscriptionId: 0,
    subscribedMode: "off",
    banId: 0,
    banEndsAtMs: 0,
    hardCount: 0,
    hardWaitMs: 0,
    webchatCount: 0,
    webchatWaitMs: 0,
    rateCount: 0,
    rateWaitMs: 0,
    repeats: 0,
    hasAccount: false,
    accountAllowEntryId: 0,
    accountDenyEntryId: 0,
    accountBanId: 0,
    accountBanEndsAtMs: 0,
    accountRateCount: 0,
    accountRateWaitMs: 0,
  };
}

/** The entry, subscription or ban that a step found: an id, or 0 where the step is about none. */
export function ruleIdOf(facts: NetworkFacts, step: number): number {
  switch (step) {
    case STEP.platformAllow:
      return facts.allowEntryId;
    case STEP.platformDeny:
      return facts.denyEntryId;
    case STEP.subscribed:
      return facts.subscriptionId;
    case STEP.platformBan:
      return facts.banId;
    case STEP.accountAllow:
      return facts.accountAllowEntryId;
    case STEP.accountDeny:
      return facts.accountDenyEntryId;
    case STEP.accountBan:
      return facts.accountBanId;
    default:
      return 0;
  }
}

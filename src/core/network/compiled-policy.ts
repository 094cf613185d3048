// A policy made ready for deciding: modes as flags, countries as one byte each.

import { COUNTRY_CODES, COUNTRY_INDEX_COUNT, PRIVATE_INDEX, UNKNOWN_INDEX } from "./iso-3166.ts";
import { SURFACES } from "./surface.ts";
import { LIMITED_SURFACES } from "./network-policy.ts";
import type {
  AccountPolicy,
  BanRule,
  CountryRule,
  FailedAuthenticationRule,
  HardLimitRule,
  Mode,
  PlatformPolicy,
  RateLimit,
  WebchatRequestsRule,
} from "./network-policy.ts";

export type CompiledLayer = {
  readonly listsMode: Mode;
  readonly countryMode: Mode;
  /** By country index: 1 where the country is denied. */
  readonly deniedCountries: Uint8Array;
  /** By surface index; null where the surface has no limit or it is off. */
  readonly rateLimits: readonly (RateLimit | null)[];
};

export type CompiledPolicy = {
  readonly platform: CompiledLayer;
  readonly failedAuthentication: FailedAuthenticationRule;
  readonly webchatRequests: WebchatRequestsRule;
  readonly ban: BanRule;
  readonly hardLimit: HardLimitRule;
};

export function compileLayer(policy: AccountPolicy): CompiledLayer {
  return {
    listsMode: policy["address-lists"].mode,
    countryMode: policy.country.mode,
    deniedCountries: compileCountries(policy.country),
    rateLimits: SURFACES.map((surface) => {
      const limited = LIMITED_SURFACES.find((name) => name === surface);
      if (limited === undefined) return null;
      const limit = policy["rate-limits"][limited];
      return limit.mode === "off" ? null : limit;
    }),
  };
}

export function compilePolicy(policy: PlatformPolicy): CompiledPolicy {
  return {
    platform: compileLayer(policy),
    failedAuthentication: policy["failed-authentication"],
    webchatRequests: policy["webchat-requests"],
    ban: policy.ban,
    hardLimit: policy["hard-limit"],
  };
}

function compileCountries(rule: CountryRule): Uint8Array {
  const denied = new Uint8Array(COUNTRY_INDEX_COUNT);
  COUNTRY_CODES.forEach((code, index) => {
    if ((rule.countries[code] ?? rule.defaultAction) === "deny") denied[index] = 1;
  });
  // INVARIANT: the default action never reaches these two; each is a choice of its own.
  denied[UNKNOWN_INDEX] = rule.unknown === "deny" ? 1 : 0;
  denied[PRIVATE_INDEX] = rule.private === "deny" ? 1 : 0;
  return denied;
}

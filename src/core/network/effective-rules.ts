// What both layers together do to the requests of one account.

import { LOCATIONS } from "./iso-3166.ts";
import type { Location } from "./iso-3166.ts";
import { HARD_LIMIT } from "./network-policy.ts";
import type {
  AccountPolicy,
  CountryRule,
  FailedAuthenticationRule,
  Mode,
  PlatformPolicy,
  RateLimitsRule,
  WebchatRequestsRule,
} from "./network-policy.ts";

export type RefusedBy = "platform" | "account" | "both";

export type EffectiveRules = {
  readonly platform: {
    readonly addressLists: Mode;
    readonly country: Pick<CountryRule, "mode" | "defaultAction">;
    readonly failedAuthentication: FailedAuthenticationRule;
    readonly webchatRequests: WebchatRequestsRule;
    readonly hardLimit: typeof HARD_LIMIT & { readonly exemptAllowEntries: boolean };
  };
  /** The account's own lists. */
  readonly addressLists: Mode;
  /** Only those refused, in the order of LOCATIONS; a monitored rule refuses nobody. */
  readonly countries: readonly { readonly country: Location; readonly refusedBy: RefusedBy }[];
  /** The account's; the platform's hold where no account is known. */
  readonly rateLimits: RateLimitsRule;
};

export function effectiveRules(platform: PlatformPolicy, account: AccountPolicy): EffectiveRules {
  return {
    platform: {
      addressLists: platform["address-lists"].mode,
      country: { mode: platform.country.mode, defaultAction: platform.country.defaultAction },
      failedAuthentication: platform["failed-authentication"],
      webchatRequests: platform["webchat-requests"],
      hardLimit: { ...HARD_LIMIT, ...platform["hard-limit"] },
    },
    addressLists: account["address-lists"].mode,
    countries: LOCATIONS.flatMap((country) => {
      const refusedBy = whoRefuses(platform.country, account.country, country);
      return refusedBy === null ? [] : [{ country, refusedBy }];
    }),
    rateLimits: account["rate-limits"],
  };
}

function whoRefuses(
  platform: CountryRule,
  account: CountryRule,
  country: Location,
): RefusedBy | null {
  const isPlatforms = isRefused(platform, country);
  const isAccounts = isRefused(account, country);
  if (isPlatforms) return isAccounts ? "both" : "platform";
  return isAccounts ? "account" : null;
}

function isRefused(rule: CountryRule, country: Location): boolean {
  if (rule.mode !== "enforce") return false;
  // INVARIANT: the default action never reaches these two; each is a choice of its own.
  if (country === "unknown" || country === "private") return rule[country] === "deny";
  return (rule.countries[country] ?? rule.defaultAction) === "deny";
}

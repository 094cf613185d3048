// Examples of rules and users of sign-ins, and arbitraries that make others.
import fc from "fast-check";
import {
  FACTOR_FREQUENCIES,
  IDENTITY_BOUNDS,
  IDENTITY_POLICY_DEFAULT,
} from "../../src/core/identity/identity-policy.ts";
import type {
  IdentityPolicy,
  TwoFactorRules,
  UserAuthenticationRules,
} from "../../src/core/identity/identity-policy.ts";
import type { UserFacts } from "../../src/core/identity/user-state.ts";

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 5, 15, 12);

/** The default rules, with others in the place of some. */
export function rulesWith(rules: Partial<UserAuthenticationRules> = {}): UserAuthenticationRules {
  return { ...IDENTITY_POLICY_DEFAULT.userAuthentication, ...rules };
}

/** Somebody who signed in yesterday, with a password of last month. */
export function userWith(facts: Partial<UserFacts> = {}): UserFacts {
  return {
    isDisabled: false,
    hasPassword: true,
    hasOtherWayIn: false,
    lockedAtMs: null,
    lastSignedInAtMs: NOW_MS - DAY_MS,
    activeSinceAtMs: NOW_MS - 400 * DAY_MS,
    passwordChangedAtMs: NOW_MS - 30 * DAY_MS,
    mustChangePassword: false,
    ...facts,
  };
}

const enabled = fc.boolean();
const within = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  fc.integer({ min: minimum, max: maximum });

export const anyRules: fc.Arbitrary<UserAuthenticationRules> = fc.record({
  minimumLength: fc.record({ enabled, characters: within(IDENTITY_BOUNDS.characters) }),
  mixedCharacters: fc.record({ enabled }),
  expiry: fc.record({ enabled, days: within(IDENTITY_BOUNDS.expiryDays) }),
  history: fc.record({ enabled, passwords: within(IDENTITY_BOUNDS.historyPasswords) }),
  lockout: fc.record({ enabled, wrongPasswordsMax: within(IDENTITY_BOUNDS.wrongPasswordsMax) }),
  dormancy: fc.record({ enabled, months: within(IDENTITY_BOUNDS.dormancyMonths) }),
  knownBrowsersStayOpen: fc.record({ enabled }),
});

export const anyTwoFactorRules: fc.Arbitrary<TwoFactorRules> = fc.record({
  frequency: fc.constantFrom(...FACTOR_FREQUENCIES),
  required: fc.record({ enabled }),
});

export const anyPolicy: fc.Arbitrary<IdentityPolicy> = fc.record({
  userAuthentication: anyRules,
  twoFactor: anyTwoFactorRules,
  singleSignOn: fc.record({ askSecondFactor: fc.record({ enabled }) }),
  logOut: fc.record({ enabled, minutes: within(IDENTITY_BOUNDS.idleMinutes) }),
});

/** Instants of the last eleven years, and a little ahead, as after a clock was set back. */
const anyTime = fc.integer({ min: NOW_MS - 4000 * DAY_MS, max: NOW_MS + DAY_MS });
const anyTimeOrNull = fc.option(anyTime);

export const anyUser: fc.Arbitrary<UserFacts> = fc.record({
  isDisabled: fc.boolean(),
  hasPassword: fc.boolean(),
  hasOtherWayIn: fc.boolean(),
  lockedAtMs: anyTimeOrNull,
  lastSignedInAtMs: anyTimeOrNull,
  activeSinceAtMs: anyTime,
  passwordChangedAtMs: anyTimeOrNull,
  mustChangePassword: fc.boolean(),
});

// Finds whose rules hold for a user's sign-in, and merges them where several do.
import type { AccountId, PolicyOwner } from "../accounts/account.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import type { IdentityPolicy, LogOutRule } from "./identity-policy.ts";
import type { TwoFactorRules, UserAuthenticationRules } from "./identity-policy.ts";

export type PolicyUser = {
  readonly isOperator: boolean;
  readonly primaryAccountId: AccountId | null;
  /** The accounts the user is a member of. */
  readonly accountIds: readonly AccountId[];
};

export type EffectivePolicy = {
  /** An account's id, `platform`, or `strictest` where several accounts' rules were merged. */
  readonly owner: string;
  readonly policy: IdentityPolicy;
};

export type IdentityPolicies = {
  readonly platform: IdentityPolicy;
  /** By account id; the defaults hold for those that are not in it. */
  readonly accounts: ReadonlyMap<AccountId, IdentityPolicy>;
};

/**
 * Guide "User Authentication": of a user with several accounts the primary one's rules hold. None
 * is primary: of each rule the strictest. No account at all: the platform's own. For operators they
 * hold whatever accounts they are in, or an account's admin could weaken the platform's people, or
 * shut them out, by the account's rules.
 */
export function effectivePolicy(user: PolicyUser, policies: IdentityPolicies): EffectivePolicy {
  const policyOf = (id: AccountId) => policies.accounts.get(id) ?? IDENTITY_POLICY_DEFAULT;
  const owner = ownerOfRules(user);
  if (owner === "platform") return { owner, policy: policies.platform };
  if (owner !== "strictest") return { owner, policy: policyOf(owner) };
  return { owner, policy: user.accountIds.map(policyOf).reduce(strictestPolicy) };
}

/** An account's id, `platform`, or `strictest` of all the user's accounts. */
function ownerOfRules({ isOperator, primaryAccountId, accountIds }: PolicyUser): string {
  if (isOperator) return "platform";
  if (primaryAccountId !== null && accountIds.includes(primaryAccountId)) return primaryAccountId;
  return accountIds.length === 0 ? "platform" : "strictest";
}

/** Whether the owner's rules hold for the user, if only as some of those that are merged. */
export function isRuledBy(user: PolicyUser, owner: PolicyOwner): boolean {
  const found = ownerOfRules(user);
  return found === owner || (found === "strictest" && user.accountIds.includes(owner));
}

/** At least as strict as both in every rule. */
export function strictestPolicy(a: IdentityPolicy, b: IdentityPolicy): IdentityPolicy {
  return {
    userAuthentication: strictestRules(a.userAuthentication, b.userAuthentication),
    twoFactor: strictestTwoFactor(a.twoFactor, b.twoFactor),
    singleSignOn: {
      askSecondFactor: {
        enabled: a.singleSignOn.askSecondFactor.enabled || b.singleSignOn.askSecondFactor.enabled,
      },
    },
    logOut: strictestLogOut(a.logOut, b.logOut),
  };
}

function strictestRules(
  a: UserAuthenticationRules,
  b: UserAuthenticationRules,
): UserAuthenticationRules {
  return {
    minimumLength: stricter(
      a.minimumLength,
      b.minimumLength,
      ({ characters }, other) => characters > other.characters,
    ),
    mixedCharacters: { enabled: a.mixedCharacters.enabled || b.mixedCharacters.enabled },
    expiry: stricter(a.expiry, b.expiry, ({ days }, other) => days < other.days),
    history: stricter(a.history, b.history, ({ passwords }, other) => passwords > other.passwords),
    lockout: stricter(
      a.lockout,
      b.lockout,
      ({ wrongPasswordsMax }, other) => wrongPasswordsMax < other.wrongPasswordsMax,
    ),
    dormancy: stricter(a.dormancy, b.dormancy, ({ months }, other) => months < other.months),
    // The one switch that admits more when it is on.
    knownBrowsersStayOpen: {
      enabled: a.knownBrowsersStayOpen.enabled && b.knownBrowsersStayOpen.enabled,
    },
  };
}

function strictestTwoFactor(a: TwoFactorRules, b: TwoFactorRules): TwoFactorRules {
  const isSkipped = a.frequency === "14-days-skip" && b.frequency === "14-days-skip";
  return {
    frequency: isSkipped ? "14-days-skip" : "every-login",
    required: { enabled: a.required.enabled || b.required.enabled },
  };
}

function strictestLogOut(a: LogOutRule, b: LogOutRule): LogOutRule {
  return stricter(a, b, ({ minutes }, other) => minutes < other.minutes);
}

/** A rule that is on is stricter than one that is off, whatever its figure. */
function stricter<Rule extends { readonly enabled: boolean }>(
  a: Rule,
  b: Rule,
  isStricter: (rule: Rule, other: Rule) => boolean,
): Rule {
  if (a.enabled !== b.enabled) return a.enabled ? a : b;
  return isStricter(b, a) ? b : a;
}

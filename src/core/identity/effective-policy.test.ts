// Checks whose rules hold: the primary account's, the strictest of all, or the platform's.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyPolicy, rulesWith } from "../../../test/identity/example-identity.ts";
import { effectivePolicy, strictestPolicy } from "./effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import type { IdentityPolicy } from "./identity-policy.ts";

function policyOf(minutes: number): IdentityPolicy {
  return { ...IDENTITY_POLICY_DEFAULT, logOut: { enabled: true, minutes } };
}

const PLATFORM = policyOf(100);
const STRICT = policyOf(20);
const LAX = policyOf(999);
const policies = {
  platform: PLATFORM,
  accounts: new Map([
    ["strict", STRICT],
    ["lax", LAX],
  ]),
};

describe("the rules of a user", () => {
  // attack row 75
  it.each([
    ["of the strict account are its own", "strict", ["strict", "lax"], "strict", STRICT],
    ["of the lax account are its own", "lax", ["strict", "lax"], "lax", LAX],
    ["without a primary account are the strictest", null, ["lax", "strict"], "strictest", STRICT],
    ["whose primary account is gone are the strictest", "gone", ["lax"], "strictest", LAX],
    ["without accounts are the platform's", null, [], "platform", PLATFORM],
    ["who left all accounts are the platform's", "lax", [], "platform", PLATFORM],
    ["of an account that set none are the default", "b", ["b"], "b", IDENTITY_POLICY_DEFAULT],
  ])("%s", (_, primaryAccountId, accountIds, owner, policy) => {
    const user = { isOperator: false, primaryAccountId, accountIds };
    expect(effectivePolicy(user, policies)).toEqual({ owner, policy });
    const operator = { ...user, isOperator: true };
    expect(effectivePolicy(operator, policies)).toEqual({ owner: "platform", policy: PLATFORM });
  });

  it("do not change when another of their accounts loosens its own", () => {
    const user = { isOperator: false, primaryAccountId: "a", accountIds: ["a", "b"] };
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyPolicy, (a, b, looser) => {
        const before = new Map([
          ["a", a],
          ["b", b],
        ]);
        const after = new Map([
          ["a", a],
          ["b", looser],
        ]);
        expect(effectivePolicy(user, { platform: PLATFORM, accounts: after })).toEqual(
          effectivePolicy(user, { platform: PLATFORM, accounts: before }),
        );
      }),
    );
  });
});

describe("the strictest of two policies", () => {
  it("takes a rule that is on before one that is off, whatever its figure", () => {
    const lax = rulesWith({
      expiry: { enabled: true, days: 3650 },
      lockout: { enabled: false, wrongPasswordsMax: 1 },
    });
    const rules = strictestPolicy(
      { ...IDENTITY_POLICY_DEFAULT, userAuthentication: lax },
      IDENTITY_POLICY_DEFAULT,
    ).userAuthentication;
    expect(rules.expiry).toEqual({ enabled: true, days: 3650 });
    expect(rules.lockout).toEqual({ enabled: true, wrongPasswordsMax: 5 });
  });

  it("asks for a factor after a provider's sign-in if one of two accounts does", () => {
    const asking = { ...STRICT, singleSignOn: { askSecondFactor: { enabled: true } } };
    const accounts = new Map([
      ["asking", asking],
      ["lax", LAX],
    ]);
    const asksFor = (user: { readonly isOperator: boolean }, primaryAccountId: string | null) =>
      effectivePolicy(
        { ...user, primaryAccountId, accountIds: ["lax", "asking"] },
        { platform: PLATFORM, accounts },
      ).policy.singleSignOn.askSecondFactor.enabled;
    const [user, operator] = [{ isOperator: false }, { isOperator: true }];
    expect([asksFor(user, null), asksFor(user, "asking"), asksFor(user, "lax")]).toEqual([
      true,
      true,
      false,
    ]);
    // The platform's own rule holds for its people, whatever accounts they are in.
    expect([asksFor(operator, null), asksFor(operator, "asking")]).toEqual([false, false]);
  });

  it("is at least as strict as each in every rule, and asks nothing that neither asks", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const merged = strictness(strictestPolicy(a, b));
        const [ofA, ofB] = [strictness(a), strictness(b)];
        expect(Object.keys(merged)).toHaveLength(11);
        for (const [rule, value] of Object.entries(merged)) {
          expect(value).toBe(Math.max(ofA[rule] ?? -1, ofB[rule] ?? -1));
        }
      }),
    );
  });

  it("is the same in any order and grouping", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyPolicy, (a, b, c) => {
        const merge = (...of: readonly IdentityPolicy[]) => strictness(of.reduce(strictestPolicy));
        expect(merge(a, b, c)).toEqual(merge(c, b, a));
        expect(merge(strictestPolicy(a, b), c)).toEqual(merge(a, strictestPolicy(b, c)));
        expect(strictestPolicy(a, a)).toEqual(a);
      }),
    );
  });
});

/** How much each rule asks, as a number: 0 where it is off. */
function strictness({
  userAuthentication,
  twoFactor,
  singleSignOn,
  logOut,
}: IdentityPolicy): Record<string, number> {
  const { minimumLength, mixedCharacters, expiry, history } = userAuthentication;
  const { lockout, dormancy, knownBrowsersStayOpen } = userAuthentication;
  const more = (rule: { readonly enabled: boolean }, figure: number) => (rule.enabled ? figure : 0);
  return {
    minimumLength: more(minimumLength, minimumLength.characters),
    mixedCharacters: more(mixedCharacters, 1),
    expiry: more(expiry, 1 / expiry.days),
    history: more(history, history.passwords),
    lockout: more(lockout, 1 / lockout.wrongPasswordsMax),
    dormancy: more(dormancy, 1 / dormancy.months),
    knownBrowsersStayOpen: knownBrowsersStayOpen.enabled ? 0 : 1,
    frequency: twoFactor.frequency === "every-login" ? 1 : 0,
    required: more(twoFactor.required, 1),
    askSecondFactor: more(singleSignOn.askSecondFactor, 1),
    logOut: more(logOut, 1 / logOut.minutes),
  };
}

// Checks whom a provider signs in, connects and binds, and in which order that is looked at.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPolicy,
  anyUser,
  DAY_MS,
  NOW_MS,
  rulesWith,
  userWith,
} from "../../../../test/identity/example-identity.ts";
import { strictestPolicy } from "../effective-policy.ts";
import { decideUserState } from "../user-state.ts";
import { decideProviderSignIn } from "./decide-provider-sign-in.ts";
import type { ProviderSignInFacts, ProviderSignInVerdict } from "./decide-provider-sign-in.ts";
import { mayProviderSignIn } from "./may-provider-sign-in.ts";
import { issuerOfTenant, PERSONAL_TENANT } from "./microsoft-tenant.ts";
import { GOOGLE_ISSUER, PROVIDER_KINDS } from "./provider.ts";
import type { Assertion, Provider } from "./provider.ts";

const AT = { nowMs: NOW_MS, isClockTrusted: true, isKnownBrowser: false };
const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const OTHER_TENANT = "0b8a6a3c-5d3c-4a5e-9b0a-1f2e3d4c5b6a";

const GOOGLE: Provider = {
  id: "google",
  accountId: null,
  kind: "google",
  isEnabled: true,
  issuer: GOOGLE_ISSUER,
  tenant: null,
  tenants: [],
  factorAcrs: [],
};
const OWN: Provider = { ...GOOGLE, id: "acme.oidc", accountId: "acme", kind: "oidc" };
const MICROSOFT: Provider = {
  ...GOOGLE,
  id: "microsoft",
  kind: "microsoft",
  issuer: issuerOfTenant("common"),
  tenant: "common",
  tenants: [TENANT],
};

const ASSERTION: Assertion = {
  issuer: GOOGLE_ISSUER,
  subject: "10769150350006150715113082367",
  tenant: "",
  accountShown: "ada@example.com",
  amr: [],
  acr: null,
};
const ofTenant = (tenant: string): Assertion => ({
  ...ASSERTION,
  issuer: issuerOfTenant(tenant),
  tenant,
});

const somebody = (facts: Partial<NonNullable<ProviderSignInFacts["user"]>> = {}) => ({
  ...userWith(),
  isOperator: false,
  accountIds: ["acme"],
  ...facts,
});

function told(facts: Partial<ProviderSignInFacts>): string {
  const { verdict, reason } = decideProviderSignIn(
    { provider: GOOGLE, assertion: ASSERTION, user: somebody(), rules: rulesWith(), ...facts },
    AT,
  );
  return `${verdict} ${reason}`;
}

describe("a provider's word", () => {
  const LONG_AGO = NOW_MS - 300 * DAY_MS;
  const OFF = { provider: { ...GOOGLE, isEnabled: false } };
  it.each([
    ["for somebody connected", {}, "open user-open"],
    ["for somebody of no account", { user: somebody({ accountIds: [] }) }, "open user-open"],
    ["for an operator", { user: somebody({ isOperator: true }) }, "open user-open"],
    ["for nobody we know", { user: null }, "bind identity-unknown"],
    ["that is turned off", OFF, "refuse provider-off"],
    ["that is turned off, for nobody", { ...OFF, user: null }, "refuse provider-off"],
    ["that is gone", { provider: null }, "refuse provider-off"],
    ["that is gone, for nobody", { provider: null, user: null }, "refuse provider-off"],
    ["for a disabled user", { user: somebody({ isDisabled: true }) }, "refuse user-disabled"],
    ["for a locked user", { user: somebody({ lockedAtMs: 1 }) }, "refuse user-locked"],
    [
      "for a dormant user",
      {
        user: somebody({ lastSignedInAtMs: LONG_AGO, activeSinceAtMs: LONG_AGO }),
        rules: rulesWith({ dormancy: { enabled: true, months: 6 } }),
      },
      "refuse user-dormant",
    ],
    [
      "for a user without a password",
      { user: somebody({ hasPassword: false, hasOtherWayIn: true }) },
      "open user-open",
    ],
    [
      "for a user whose password must change",
      { user: somebody({ mustChangePassword: true }) },
      "change-password password-must-change",
    ],
  ] as const)("%s", (_, facts, outcome) => {
    expect(told(facts)).toBe(outcome);
  });
});

describe("Microsoft's word", () => {
  const ANY = { ...MICROSOFT, tenants: [] };
  const WORK = { ...ANY, tenant: "organizations", issuer: issuerOfTenant("organizations") };
  const OTHERS = { ...GOOGLE, kind: "oidc", issuer: issuerOfTenant(OTHER_TENANT) } as const;
  it.each([
    ["of a tenant that is let in", MICROSOFT, ofTenant(TENANT), "open user-open"],
    ["of another", MICROSOFT, ofTenant(OTHER_TENANT), "refuse tenant-refused"],
    ["of any, where all are let in", ANY, ofTenant(OTHER_TENANT), "open user-open"],
    ["of a personal account", ANY, ofTenant(PERSONAL_TENANT), "open user-open"],
    ["of one, for work only", WORK, ofTenant(PERSONAL_TENANT), "refuse tenant-refused"],
    [
      "of one, for work only, though it is listed",
      { ...WORK, tenants: [PERSONAL_TENANT] },
      ofTenant(PERSONAL_TENANT),
      "refuse tenant-refused",
    ],
    ["of any other, for work only", WORK, ofTenant(OTHER_TENANT), "open user-open"],
    ["without a tenant", ANY, { ...ASSERTION, tenant: "" }, "refuse tenant-refused"],
    ["without one, of an issuer that fits", ANY, ofTenant(""), "refuse tenant-refused"],
    [
      "of a tenant that another vouches for",
      MICROSOFT,
      { ...ofTenant(OTHER_TENANT), tenant: TENANT },
      "refuse tenant-refused",
    ],
    [
      "of a tenant by an issuer that is not Microsoft",
      MICROSOFT,
      { ...ASSERTION, tenant: TENANT },
      "refuse tenant-refused",
    ],
    [
      "written in another way",
      ANY,
      { ...ofTenant(TENANT), tenant: TENANT.toUpperCase() },
      "refuse tenant-refused",
    ],
    // `tid` is Microsoft's: from anybody else it means nothing, good or bad.
    ["where it is another provider's", OTHERS, ofTenant(OTHER_TENANT), "open user-open"],
  ] as const)("%s", (_, provider, assertion, outcome) => {
    expect(told({ provider, assertion })).toBe(outcome);
    if (outcome.startsWith("refuse"))
      expect(told({ provider, assertion, user: null })).toBe(outcome);
  });
});

describe("the issuer of a word", () => {
  const OIDC = { ...GOOGLE, kind: "oidc", issuer: "https://id.example.com" } as const;
  const NESTED = { ...OIDC, issuer: "https://id.example.com/realms/a" };
  it.each([
    [GOOGLE, GOOGLE_ISSUER, "open user-open"],
    [GOOGLE, "https://id.example.com", "refuse issuer-differs"],
    [OIDC, "https://id.example.com", "open user-open"],
    [OIDC, "https://id.example.com/", "open user-open"],
    [{ ...OIDC, issuer: "https://id.example.com/" }, "https://id.example.com", "open user-open"],
    // Of one that was given up.
    [OIDC, "https://old.example.com", "refuse issuer-differs"],
    [OIDC, "", "refuse issuer-differs"],
    [NESTED, "https://id.example.com/realms/A", "refuse issuer-differs"],
    [NESTED, "https://id.example.com", "refuse issuer-differs"],
  ] as const)("of %j is %s: %s", (provider, issuer, outcome) => {
    const assertion = { ...ASSERTION, issuer };
    expect(told({ provider, assertion })).toBe(outcome);
    if (outcome.startsWith("refuse"))
      expect(told({ provider, assertion, user: null })).toBe(outcome);
  });
});

// attack row 112
describe("the word of an account's own provider", () => {
  it.each([
    ["for its user", somebody(), "open user-open"],
    ["for nobody we know", null, "bind identity-unknown"],
    ["for a user of another", somebody({ accountIds: ["globex"] }), "refuse user-not-theirs"],
    ["for a user of both", somebody({ accountIds: ["acme", "globex"] }), "refuse user-not-theirs"],
    ["for a user of no account", somebody({ accountIds: [] }), "refuse user-not-theirs"],
    ["for an operator", somebody({ isOperator: true }), "refuse user-not-theirs"],
    [
      "for an operator of no account",
      somebody({ isOperator: true, accountIds: [] }),
      "refuse user-not-theirs",
    ],
    // Who is not theirs is not told about to them either.
    [
      "for a locked user of another",
      somebody({ accountIds: ["globex"], lockedAtMs: 1 }),
      "refuse user-not-theirs",
    ],
    ["for its locked user", somebody({ lockedAtMs: 1 }), "refuse user-locked"],
  ] as const)("%s", (_, user, outcome) => {
    expect(told({ provider: OWN, user })).toBe(outcome);
  });
});

it("is looked at in this order, up to the first rule that applies", () => {
  const stepsOf = (facts: Partial<ProviderSignInFacts>) =>
    decideProviderSignIn(
      { provider: OWN, assertion: ASSERTION, user: somebody(), rules: rulesWith(), ...facts },
      AT,
    ).steps.map(({ step, layer, result }) => `${layer} ${step} ${result}`);
  expect(stepsOf({})).toEqual([
    "account provider-off not-matched",
    "account issuer-differs not-matched",
    "account tenant-refused not-applicable",
    "account identity-unknown not-matched",
    "account user-not-theirs not-matched",
    "account user-disabled not-matched",
    "account user-locked not-matched",
    "account user-dormant not-applicable",
    "account password-missing not-matched",
    "account password-expired not-applicable",
    "account password-must-change not-matched",
  ]);
  expect(stepsOf({ user: null }).at(-1)).toBe("account identity-unknown matched");
  expect(stepsOf({ provider: GOOGLE })[4]).toBe("account user-not-theirs not-applicable");
  const off = { ...MICROSOFT, isEnabled: false };
  expect(stepsOf({ provider: off })).toEqual(["account provider-off matched"]);
  expect(stepsOf({ provider: MICROSOFT }).at(-1)).toBe("account tenant-refused matched");
});

const anyAccountId = fc.constantFrom("acme", "globex", "initech");
const anyTenant = fc.constantFrom("", TENANT, OTHER_TENANT);
const anyProvider: fc.Arbitrary<Provider> = fc.record({
  id: fc.constantFrom("google", "acme.oidc"),
  accountId: fc.option(anyAccountId),
  kind: fc.constantFrom(...PROVIDER_KINDS),
  isEnabled: fc.boolean(),
  issuer: fc.constantFrom(GOOGLE_ISSUER, ...[TENANT, OTHER_TENANT].map(issuerOfTenant)),
  tenant: fc.constantFrom("common", "organizations"),
  tenants: fc.subarray([TENANT, OTHER_TENANT]),
  factorAcrs: fc.constant([]),
});
const anySomebody = fc
  .tuple(anyUser, fc.boolean(), fc.uniqueArray(anyAccountId))
  .map(([user, isOperator, accountIds]) => Object.assign({}, user, { isOperator, accountIds }));
const anyFacts: fc.Arbitrary<ProviderSignInFacts> = fc.record({
  provider: fc.option(anyProvider, { freq: 20 }),
  assertion: fc
    .tuple(anyTenant, anyTenant)
    .map(([tenant, other]) => Object.assign(ofTenant(other), { tenant })),
  user: fc.option(anySomebody, { freq: 10 }),
  rules: anyPolicy.map(({ userAuthentication }) => userAuthentication),
});
const RANK: Readonly<Record<ProviderSignInVerdict, number>> = {
  open: 0,
  "change-password": 1,
  bind: 2,
  refuse: 3,
};

describe("every provider", () => {
  it("opens no door that is shut to the user's own password", () => {
    fc.assert(
      fc.property(anyFacts, fc.boolean(), (facts, isKnownBrowser) => {
        const at = { ...AT, isKnownBrowser };
        const { verdict } = decideProviderSignIn(facts, at);
        const { user } = facts;
        expect(["bind", "refuse"].includes(verdict) || user !== null).toBe(true);
        if (user === null) return;
        const state = decideUserState(user, facts.rules, at);
        expect(RANK[verdict]).toBeGreaterThanOrEqual(RANK[state.verdict]);
        expect(verdict).not.toBe("bind");
      }),
      { numRuns: 500 },
    );
  });

  it("that is an account's own never signs in operators, nor users of other accounts", () => {
    fc.assert(
      fc.property(anyProvider, anyFacts, (provider, facts) => {
        const { user } = facts;
        if (user === null || provider.accountId === null) return;
        const { verdict } = decideProviderSignIn({ ...facts, provider }, AT);
        const isTheirs = mayProviderSignIn(provider, user);
        if (!isTheirs) expect(verdict).toBe("refuse");
        if (user.isOperator) expect(isTheirs).toBe(false);
        const { accountId } = provider;
        for (const other of user.accountIds) if (other !== accountId) expect(isTheirs).toBe(false);
        // Becoming an operator, or a user of one account more, never makes anybody theirs.
        const more = { ...user, accountIds: [...user.accountIds, "another"] };
        expect(mayProviderSignIn(provider, more)).toBe(false);
        expect(mayProviderSignIn(provider, { ...user, isOperator: true })).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("is let in no more by stricter rules, by fewer tenants, or when it is turned off", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, anyPolicy, (given, a, b) => {
        const rankOf = (facts: Partial<ProviderSignInFacts>) =>
          RANK[decideProviderSignIn({ ...given, ...facts }, AT).verdict];
        const merged = rankOf({ rules: strictestPolicy(a, b).userAuthentication });
        expect(merged).toBeGreaterThanOrEqual(rankOf({ rules: a.userAuthentication }));
        const { provider } = given;
        if (provider === null) return;
        const all = rankOf({ provider: { ...provider, tenants: [] } });
        expect(rankOf({ provider })).toBeGreaterThanOrEqual(all);
        expect(rankOf({ provider: { ...provider, isEnabled: false } })).toBe(RANK.refuse);
      }),
      { numRuns: 500 },
    );
  });
});

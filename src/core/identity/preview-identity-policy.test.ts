// Checks what a preview of rules of sign-ins says of a user, by examples.
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW_MS, rulesWith, userWith } from "../../../test/identity/example-identity.ts";
import type { IdentityPolicies } from "./effective-policy.ts";
import type { IdentityEffect } from "./identity-effect.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { previewIdentityPolicy } from "./preview-identity-policy.ts";
import type { IdentityMove, PreviewedUser } from "./preview-identity-policy.ts";
import { endsTrust } from "./trusted-browser.ts";

const MINUTE_MS = 60_000;
const AT = { nowMs: NOW_MS, isClockTrusted: true };
const DEFAULT = IDENTITY_POLICY_DEFAULT;

const WHOLE = {
  stage: "none",
  createdAtMs: NOW_MS - DAY_MS,
  lastActivityAtMs: NOW_MS - 20 * MINUTE_MS,
  isKnownBrowser: true,
} as const;

/** Of acme, signed in twenty minutes ago. */
function previewed(given: Partial<PreviewedUser> = {}): PreviewedUser {
  return {
    isOperator: false,
    primaryAccountId: "acme",
    accountIds: ["acme"],
    facts: userWith(),
    wrongPasswords: 0,
    browser: null,
    methods: [],
    hasConnection: false,
    trusts: [],
    sessions: [],
    ...given,
  };
}

function policiesOf(acme: IdentityPolicy): IdentityPolicies {
  return { platform: DEFAULT, accounts: new Map([["acme", acme]]) };
}

function moveOf(before: Partial<IdentityPolicy>, after: Partial<IdentityPolicy>): IdentityMove {
  const [old, proposed] = [
    { ...DEFAULT, ...before },
    { ...DEFAULT, ...after },
  ];
  const distrusting = endsTrust(old.twoFactor, proposed.twoFactor) ? ["acme"] : [];
  return { before: policiesOf(old), after: policiesOf(proposed), distrusting };
}

const rules = (given: Parameters<typeof rulesWith>[0]) => ({
  userAuthentication: rulesWith(given),
});
const twoFactor = (frequency: "every-login" | "14-days-skip", enabled: boolean) => ({
  twoFactor: { frequency, required: { enabled } },
});

const OLD = previewed({ facts: userWith({ passwordChangedAtMs: NOW_MS - 100 * DAY_MS }) });
const AWAY = previewed({ facts: userWith({ lastSignedInAtMs: NOW_MS - 200 * DAY_MS }) });
const LOCKED = userWith({ lockedAtMs: NOW_MS - DAY_MS });
const KNOWN_LOCKED = previewed({
  facts: LOCKED,
  browser: { wrongPasswords: 0 },
  sessions: [WHOLE],
});
const TRUSTING = previewed({ methods: ["app"], trusts: [{ expiresAtMs: NOW_MS + DAY_MS }] });
const CONNECTED = { facts: userWith({ hasPassword: false, hasOtherWayIn: true }) };
const BY_PROVIDER = previewed({ ...CONNECTED, hasConnection: true });
const BY_PASSKEY = previewed({ ...CONNECTED, methods: ["passkey"] });

const EXPIRY = rules({ expiry: { enabled: true, days: 90 } });
const DORMANCY = rules({ dormancy: { enabled: true, months: 6 } });
const STAYS_OPEN = rules({ knownBrowsersStayOpen: { enabled: true } });
const ASKS = { singleSignOn: { askSecondFactor: { enabled: true } } };
const SHORT = { logOut: { enabled: true, minutes: 15 } };
const SKIP = twoFactor("14-days-skip", false);
const REQUIRED = twoFactor("every-login", true);

type Row = readonly [
  string,
  PreviewedUser,
  Partial<IdentityPolicy>,
  Partial<IdentityPolicy>,
  Partial<Record<IdentityEffect, number>>,
];

describe("a preview of rules of sign-ins", () => {
  it.each<Row>([
    ["a password that expires", OLD, {}, EXPIRY, { "users-must-change-password": 1 }],
    ["and does not any more", OLD, EXPIRY, {}, { "users-keep-password": 1 }],
    ["a newer password", previewed(), {}, EXPIRY, {}],
    [
      "an open session whose password expires",
      { ...OLD, sessions: [WHOLE] },
      {},
      EXPIRY,
      { "users-must-change-password": 1, "sessions-limited": 1 },
    ],
    ["who stays away", AWAY, {}, DORMANCY, { "users-locked-as-dormant": 1 }],
    ["and is let in again", AWAY, DORMANCY, {}, { "users-no-longer-dormant": 1 }],
    [
      "more wrong passwords than are allowed now",
      previewed({ wrongPasswords: 4 }),
      {},
      rules({ lockout: { enabled: true, wrongPasswordsMax: 3 } }),
      { "users-locked-by-wrong-passwords": 1 },
    ],
    [
      "as many as are allowed",
      previewed({ wrongPasswords: 3 }),
      {},
      rules({ lockout: { enabled: true, wrongPasswordsMax: 3 } }),
      {},
    ],
    [
      "a lockout that holds for known browsers again",
      KNOWN_LOCKED,
      STAYS_OPEN,
      {},
      { "users-locked-by-wrong-passwords": 1, "sessions-end": 1 },
    ],
    [
      "a lockout for strangers only",
      KNOWN_LOCKED,
      {},
      STAYS_OPEN,
      { "users-no-longer-locked": 1, "sessions-open-again": 1 },
    ],
    ["no second factor", previewed(), {}, REQUIRED, { "users-set-up-second-factor": 1 }],
    ["not required any more", previewed(), REQUIRED, {}, { "users-spared-set-up": 1 }],
    ["one who has it", previewed({ methods: ["email"] }), {}, REQUIRED, {}],
    [
      "trust, back to every login",
      TRUSTING,
      SKIP,
      {},
      { "users-asked-second-factor": 1, "browsers-distrusted": 1 },
    ],
    ["trust that was given long ago", TRUSTING, {}, SKIP, {}],
    [
      "asked also after a provider",
      { ...BY_PROVIDER, methods: ["app"] },
      {},
      ASKS,
      {
        "users-asked-second-factor": 1,
      },
    ],
    [
      "and not any more",
      { ...BY_PROVIDER, methods: ["app"] },
      ASKS,
      {},
      {
        "users-not-asked-second-factor": 1,
      },
    ],
    ["what a provider says", BY_PROVIDER, {}, REQUIRED, { "users-depend-on-provider": 1 }],
    ["a passkey, which is both factors", BY_PASSKEY, {}, REQUIRED, {}],
    ["an idle session", previewed({ sessions: [WHOLE, WHOLE] }), {}, SHORT, { "sessions-end": 2 }],
    [
      "a longer password from the next time on",
      previewed(),
      {},
      rules({ minimumLength: { enabled: true, characters: 12 } }),
      { "passwords-not-told": 1 },
    ],
    [
      "mixed characters, of one without a password",
      BY_PASSKEY,
      {},
      rules({ mixedCharacters: { enabled: true } }),
      {},
    ],
    [
      "somebody of another account",
      { ...OLD, primaryAccountId: "b", accountIds: ["b"] },
      {},
      EXPIRY,
      {},
    ],
    ["an operator", { ...OLD, isOperator: true }, {}, EXPIRY, {}],
    [
      "somebody of both",
      { ...OLD, primaryAccountId: null, accountIds: ["b", "acme"] },
      {},
      EXPIRY,
      { "users-must-change-password": 1 },
    ],
    ["disabled", previewed({ facts: { ...OLD.facts, isDisabled: true } }), {}, EXPIRY, {}],
  ])("tells of %s", (_, user, before, after, expected) => {
    const effects = previewIdentityPolicy(user, moveOf(before, after), AT);
    expect(Object.fromEntries(effects)).toEqual(expected);
  });
});

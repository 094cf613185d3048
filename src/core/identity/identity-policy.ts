// The rules an account sets for its users' sign-in: passwords, lockout, second factor, log-out.

/** Guide "User Authentication": each rule is a switch, the guide's figures are the defaults. */
export type UserAuthenticationRules = {
  readonly minimumLength: { readonly enabled: boolean; readonly characters: number };
  /** At least one A-Z, one a-z and one 0-9. */
  readonly mixedCharacters: { readonly enabled: boolean };
  readonly expiry: { readonly enabled: boolean; readonly days: number };
  /** Not one of the last so many, the present one among them. */
  readonly history: { readonly enabled: boolean; readonly passwords: number };
  /** Locked by the first wrong password after so many: five allowed, the sixth locks. */
  readonly lockout: { readonly enabled: boolean; readonly wrongPasswordsMax: number };
  readonly dormancy: { readonly enabled: boolean; readonly months: number };
  /** A lockout holds for strangers only, not for browsers in which the user has signed in. */
  readonly knownBrowsersStayOpen: { readonly enabled: boolean };
};

/** Guide "Log-out Policy": never, or after 15..999 minutes without activity; 30 at first. */
export type LogOutRule = { readonly enabled: boolean; readonly minutes: number };

/** Guide "2FA Authentication": at every login, or skipped for 14 days in a browser one trusts. */
export const FACTOR_FREQUENCIES = ["every-login", "14-days-skip"] as const;

export type TwoFactorRules = {
  readonly frequency: (typeof FACTOR_FREQUENCIES)[number];
  /** Users without a second factor set one up when they sign in. */
  readonly required: { readonly enabled: boolean };
};

export type SingleSignOnRules = {
  /** Users who have a second factor are asked for it also after signing in by a provider. */
  readonly askSecondFactor: { readonly enabled: boolean };
};

export type IdentityPolicy = {
  readonly userAuthentication: UserAuthenticationRules;
  readonly twoFactor: TwoFactorRules;
  readonly singleSignOn: SingleSignOnRules;
  readonly logOut: LogOutRule;
};

export const IDENTITY_SECTIONS = [
  "user-authentication",
  "two-factor",
  "single-sign-on",
  "log-out",
] as const;
export type IdentitySection = (typeof IDENTITY_SECTIONS)[number];

export const IDENTITY_BOUNDS = {
  characters: { minimum: 8, maximum: 128 },
  expiryDays: { minimum: 1, maximum: 3650 },
  historyPasswords: { minimum: 1, maximum: 24 },
  wrongPasswordsMax: { minimum: 1, maximum: 100 },
  dormancyMonths: { minimum: 1, maximum: 60 },
  idleMinutes: { minimum: 15, maximum: 999 },
} as const;

/** However long history may be asked for, so many passwords are kept from day one. */
export const PASSWORDS_KEPT = IDENTITY_BOUNDS.historyPasswords.maximum;

export const IDENTITY_POLICY_DEFAULT: IdentityPolicy = {
  userAuthentication: {
    minimumLength: { enabled: true, characters: 8 },
    mixedCharacters: { enabled: false },
    expiry: { enabled: false, days: 90 },
    history: { enabled: false, passwords: 5 },
    lockout: { enabled: true, wrongPasswordsMax: 5 },
    dormancy: { enabled: false, months: 6 },
    knownBrowsersStayOpen: { enabled: false },
  },
  twoFactor: { frequency: "every-login", required: { enabled: false } },
  singleSignOn: { askSecondFactor: { enabled: false } },
  logOut: { enabled: true, minutes: 30 },
};

// The network rules an operator sets: their shapes, the guides' values as defaults, the bounds.

import type { Surface } from "./surface.ts";

/** Off: not looked at. Monitor: decided and recorded, refuses nobody. Enforce: decided and done. */
export type Mode = "off" | "monitor" | "enforce";
export type ListAction = "allow" | "deny";

export type AddressListsRule = { readonly mode: Mode };

export type CountryRule = {
  readonly mode: Mode;
  readonly defaultAction: ListAction;
  /** ISO 3166-1 alpha-2 code → action; codes not named here take the default action. */
  readonly countries: Readonly<Record<string, ListAction>>;
  readonly unknown: ListAction;
  readonly private: ListAction;
};

export type FailedAuthenticationRule = {
  readonly mode: Mode;
  readonly offencesMax: number;
  readonly windowSeconds: number;
};

export type WebchatRequestsRule = {
  readonly mode: Mode;
  readonly requestsMax: number;
  readonly windowSeconds: number;
};

export type BanRule = {
  /** The guide's "blacklist time interval". */
  readonly durationSeconds: number;
  readonly escalation: { readonly enabled: boolean; readonly durationSecondsMax: number };
  /** Where bans for offences, web chat and the hard limit hold. */
  readonly scope: "everywhere" | "surface";
  /** IPv6 clients are counted and banned by this prefix; IPv4 clients by their address. */
  readonly ipv6PrefixLength: number;
};

export type HardLimitRule = { readonly exemptAllowEntries: boolean };

export type RateLimit = {
  readonly mode: Mode;
  readonly requestMaxCount: number;
  readonly requestMaxSeconds: number;
  readonly requestBanExpirySeconds: number;
};

export const LIMITED_SURFACES = ["audio", "portal", "api"] as const satisfies readonly Surface[];
export type LimitedSurface = (typeof LIMITED_SURFACES)[number];
export type RateLimitsRule = Readonly<Record<LimitedSurface, RateLimit>>;

/** A host and path prefix and what requests to it are for. `*` stands for every other host. */
export type SurfaceRoute = {
  readonly host: string;
  readonly pathPrefix: string;
  readonly surface: Surface;
  /** Account code, or null where the account is not known from the address of the page. */
  readonly account: string | null;
};
export type RoutesRule = { readonly routes: readonly SurfaceRoute[] };

/** One account's layer. */
export type AccountPolicy = {
  readonly "address-lists": AddressListsRule;
  readonly country: CountryRule;
  readonly "rate-limits": RateLimitsRule;
};

/** The platform's layer. Its rate limits hold for requests whose account is not known. */
export type PlatformPolicy = AccountPolicy & {
  readonly "failed-authentication": FailedAuthenticationRule;
  readonly "webchat-requests": WebchatRequestsRule;
  readonly ban: BanRule;
  readonly "hard-limit": HardLimitRule;
  readonly routes: RoutesRule;
};

export type PolicySection = keyof PlatformPolicy;

export const PLATFORM_SECTIONS = [
  "address-lists",
  "country",
  "failed-authentication",
  "webchat-requests",
  "ban",
  "hard-limit",
  "rate-limits",
  "routes",
] as const satisfies readonly PolicySection[];

export const ACCOUNT_SECTIONS = [
  "address-lists",
  "country",
  "rate-limits",
] as const satisfies readonly (keyof AccountPolicy)[];

/** Guide: more than 600 requests within 60 seconds; platform-wide and not switchable off. */
export const HARD_LIMIT = { requestsMax: 600, windowSeconds: 60 } as const;

/** What each number may be; the API's schemas and the refusals' words come from here. */
export const BOUNDS = {
  offencesMax: { minimum: 1, maximum: 10_000 },
  requestsMax: { minimum: 1, maximum: 10_000 },
  windowSeconds: { minimum: 1, maximum: 86_400 },
  banDurationSeconds: { minimum: 60, maximum: 31_536_000 },
  requestMaxCount: { minimum: 1, maximum: 60_000 },
  requestMaxSeconds: { minimum: 1, maximum: 86_400 },
  requestBanExpirySeconds: { minimum: 1, maximum: 31_536_000 },
  ipv6PrefixLength: { minimum: 48, maximum: 128 },
} as const;

const LIMIT_DEFAULT = {
  requestMaxCount: 50,
  requestMaxSeconds: 60,
  requestBanExpirySeconds: 3600,
} as const;

export const ACCOUNT_POLICY_DEFAULT: AccountPolicy = {
  "address-lists": { mode: "enforce" },
  country: {
    mode: "off",
    defaultAction: "allow",
    countries: {},
    unknown: "allow",
    private: "allow",
  },
  // One page of a portal makes dozens of requests; only recordings are limited from day one.
  "rate-limits": {
    audio: { mode: "enforce", ...LIMIT_DEFAULT },
    portal: { mode: "off", ...LIMIT_DEFAULT },
    api: { mode: "off", ...LIMIT_DEFAULT },
  },
};

export const PLATFORM_POLICY_DEFAULT: PlatformPolicy = {
  ...ACCOUNT_POLICY_DEFAULT,
  "failed-authentication": { mode: "enforce", offencesMax: 10, windowSeconds: 600 },
  "webchat-requests": { mode: "enforce", requestsMax: 100, windowSeconds: 60 },
  ban: {
    durationSeconds: 1800,
    escalation: { enabled: false, durationSecondsMax: 604_800 },
    scope: "everywhere",
    ipv6PrefixLength: 64,
  },
  "hard-limit": { exemptAllowEntries: false },
  routes: { routes: [] },
};

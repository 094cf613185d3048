// What each section and key of a policy file means, for its comments and its JSON Schema.
import type { FileSection } from "../core/policy/policy-file.ts";

export const FILE_WORDS = {
  version: "the version of this form of files",
  platform: "the rules of the platform as a whole, which come before those of accounts",
  accounts: "rules of client accounts, by the account's code",
  name: "what the account is called where it is made for this file; it renames nobody",
  entries:
    "the whole address list: an entry that is not here is removed. Without this key the list " +
    "stays as it is",
} as const;

export const ENTRY_WORDS = {
  range: "one IPv4 or IPv6 address, a CIDR block, or first-last",
  action: "allow or deny; allow wins",
  note: "one line of text",
  expiresAt: "an RFC 3339 time from which on it no longer holds; without: it has no end",
} as const;

export const SECTION_WORDS: Readonly<Record<FileSection, string>> = {
  "address-lists": "Whether the entries below hold.",
  country: "From which countries requests may come. Allow entries are exempt.",
  "failed-authentication":
    "Failed authentication protection: an address with more offences than this within the " +
    "window is banned.",
  "webchat-requests":
    "Web chat requests protection: an address with more requests than this on webchat within " +
    "the window is banned.",
  ban: "How long bans last, and where they hold.",
  "hard-limit":
    "More than 600 requests of an address within 60 seconds ban it everywhere. This cannot be " +
    "switched off.",
  "rate-limits":
    "HTTP rate limits: an address with more requests than this is banned from that surface. " +
    "None may be looser than the hard limit of 10 a second.",
  routes:
    "What requests to a host and path are for, by the longest prefix that fits; * is every " +
    "other host.",
  "user-authentication": "What passwords must be, and when users are locked.",
  "two-factor": "When a second factor is asked for.",
  "single-sign-on": "What holds after signing in by a provider.",
  "log-out": "After how long without activity a session ends.",
  "audio-download": "Who may hear the account's recordings by their links.",
};

const MODE = "off, monitor (recorded, refuses nobody) or enforce";

/** By section and dotted name; `*` is each member of a list, and each surface. */
export const KEY_WORDS: Readonly<Record<string, string>> = {
  "address-lists.mode": MODE,
  "country.mode": MODE,
  "country.defaultAction": "for countries that are not named",
  "country.countries": "ISO 3166-1 code: allow or deny",
  "country.unknown": "for addresses whose country is not known",
  "country.private": "for private addresses",
  "failed-authentication.mode": MODE,
  "failed-authentication.offencesMax": "so many are let pass",
  "failed-authentication.windowSeconds": "within so many seconds",
  "webchat-requests.mode": MODE,
  "webchat-requests.requestsMax": "so many are let pass",
  "webchat-requests.windowSeconds": "within so many seconds",
  "ban.durationSeconds": "Blacklist time interval, in seconds",
  "ban.escalation": "longer bans for who comes back within 30 days",
  "ban.escalation.enabled": "each repeat doubles it",
  "ban.escalation.durationSecondsMax": "up to so many seconds",
  "ban.scope": "everywhere, or only the surface it came from",
  "ban.ipv6PrefixLength": "IPv6 visitors are counted and banned by this prefix",
  "hard-limit.exemptAllowEntries": "whether addresses on allow entries are exempt",
  "rate-limits.*": "",
  "rate-limits.*.mode": MODE,
  "rate-limits.*.requestMaxCount": "Request Max Count",
  "rate-limits.*.requestMaxSeconds": "Request Max Seconds",
  "rate-limits.*.requestBanExpirySeconds": "Request Ban Expiry, in seconds",
  "routes.routes": "",
  "routes.routes.*.host": "a host name, or * for every other host",
  "routes.routes.*.pathPrefix": "a path that begins with /",
  "routes.routes.*.surface": "portal, api, sign-in, webchat or audio",
  "routes.routes.*.account": "an account's code, or null where the path does not tell",
  "user-authentication.minimumLength": "",
  "user-authentication.minimumLength.enabled": "whether passwords must have a minimum length",
  "user-authentication.minimumLength.characters": "of so many characters",
  "user-authentication.mixedCharacters": "",
  "user-authentication.mixedCharacters.enabled":
    "at least one uppercase, one lowercase letter and one number",
  "user-authentication.expiry": "",
  "user-authentication.expiry.enabled": "whether passwords expire",
  "user-authentication.expiry.days": "after so many days",
  "user-authentication.history": "",
  "user-authentication.history.enabled": "whether former passwords are refused",
  "user-authentication.history.passwords": "so many of the last ones",
  "user-authentication.lockout": "",
  "user-authentication.lockout.enabled": "whether wrong passwords lock the user",
  "user-authentication.lockout.wrongPasswordsMax": "so many are let pass, the next one locks",
  "user-authentication.dormancy": "",
  "user-authentication.dormancy.enabled": "whether who has not signed in is locked",
  "user-authentication.dormancy.months": "for so many months",
  "user-authentication.knownBrowsersStayOpen": "",
  "user-authentication.knownBrowsersStayOpen.enabled":
    "a lockout holds for strangers only, not for browsers in which the user has signed in",
  "two-factor.frequency": "every-login or 14-days-skip",
  "two-factor.required": "",
  "two-factor.required.enabled": "users without a second factor set one up as they sign in",
  "single-sign-on.askSecondFactor": "",
  "single-sign-on.askSecondFactor.enabled":
    "users who have a second factor are asked for it after a provider too",
  "log-out.enabled": "false: never",
  "log-out.minutes": "after so many minutes without activity",
  "audio-download.mode":
    "no-restrictions, ip-whitelist, user-authentication, whitelist-and-user or whitelist-or-user",
  "audio-download.whitelist": "addresses, CIDR blocks and ranges",
  "audio-download.onlyShareable": "the whitelist alone opens only numbers marked shareable",
};

const SURFACES_LIMITED = /^(rate-limits)\.(?:audio|portal|api)\b/;

/** Of a key by its dotted path below the section, numbers for members of lists; "" where none. */
export function wordsOfKey(section: FileSection, path: string): string {
  const name = `${section}.${path}`
    .replace(SURFACES_LIMITED, "$1.*")
    .replaceAll(/\.\d+(?=\.|$)/g, ".*");
  return KEY_WORDS[name] ?? "";
}

// What a policy file holds of each owner: whole sections and a whole list, only what it names.
import { IDENTITY_POLICY_DEFAULT, IDENTITY_SECTIONS } from "../identity/identity-policy.ts";
import type { IdentitySection } from "../identity/identity-policy.ts";
import {
  ACCOUNT_POLICY_DEFAULT,
  ACCOUNT_SECTIONS,
  PLATFORM_POLICY_DEFAULT,
  PLATFORM_SECTIONS,
} from "../network/network-policy.ts";
import type { ListAction, PolicySection } from "../network/network-policy.ts";
import { AUDIO_POLICY_DEFAULT } from "../recordings/audio-policy.ts";

export const AUDIO_SECTION = "audio-download";

export type FileSection = PolicySection | IdentitySection | typeof AUDIO_SECTION;

/** In the order in which they are written. */
export const PLATFORM_FILE_SECTIONS = [
  ...PLATFORM_SECTIONS,
  ...IDENTITY_SECTIONS,
] as const satisfies readonly FileSection[];

export const ACCOUNT_FILE_SECTIONS = [
  ...ACCOUNT_SECTIONS,
  ...IDENTITY_SECTIONS,
  AUDIO_SECTION,
] as const satisfies readonly FileSection[];

/** A longer list is imported and exported by itself. */
export const FILE_ENTRIES_MAX = 100_000;

export type FileEntry = {
  /** Canonical. */
  readonly range: string;
  readonly action: ListAction;
  readonly note: string;
  readonly expiresAtMs: number | null;
};

export type OwnerRules = {
  /** Code; null: the platform. */
  readonly account: string | null;
  /** What an account is called that is made for the file; null: it is not said. */
  readonly name: string | null;
  /** Values that fit their section's schema. A section that is not named stays as it is. */
  readonly sections: ReadonlyMap<FileSection, unknown>;
  /** Each range once; null: the list is not named and stays as it is. */
  readonly entries: readonly FileEntry[] | null;
};

/** Each owner once. */
export type PolicyFile = { readonly owners: readonly OwnerRules[] };

export function sectionsOf(account: string | null): readonly FileSection[] {
  return account === null ? PLATFORM_FILE_SECTIONS : ACCOUNT_FILE_SECTIONS;
}

export function isNetworkSection(section: FileSection): section is PolicySection {
  return (PLATFORM_SECTIONS as readonly string[]).includes(section);
}

export function isIdentitySection(section: FileSection): section is IdentitySection {
  return (IDENTITY_SECTIONS as readonly string[]).includes(section);
}

const DEFAULTS: Readonly<Record<FileSection, unknown>> = {
  ...PLATFORM_POLICY_DEFAULT,
  "user-authentication": IDENTITY_POLICY_DEFAULT.userAuthentication,
  "two-factor": IDENTITY_POLICY_DEFAULT.twoFactor,
  "single-sign-on": IDENTITY_POLICY_DEFAULT.singleSignOn,
  "log-out": IDENTITY_POLICY_DEFAULT.logOut,
  [AUDIO_SECTION]: AUDIO_POLICY_DEFAULT,
};

/** What holds where nobody has set the section. */
export function defaultOfFileSection(account: string | null, section: FileSection): unknown {
  const ofAccounts: Readonly<Record<string, unknown>> = ACCOUNT_POLICY_DEFAULT;
  return (account === null ? undefined : ofAccounts[section]) ?? DEFAULTS[section];
}

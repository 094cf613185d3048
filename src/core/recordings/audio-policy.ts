// Who may hear an account's recordings, as its admins set it: the guide's five access modes.

/**
 * Guide "Audio Download", in its order: no security restrictions, IP whitelist, user
 * authentication, both, either.
 */
export const ACCESS_MODES = [
  "no-restrictions",
  "ip-whitelist",
  "user-authentication",
  "whitelist-and-user",
  "whitelist-or-user",
] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export type AudioPolicy = {
  readonly mode: AccessMode;
  /** Canonical texts of addresses, CIDR blocks and ranges, each once. */
  readonly whitelist: readonly string[];
  /** An address of the whitelist alone opens only numbers that are marked shareable. */
  readonly onlyShareable: boolean;
};

export const AUDIO_POLICY_DEFAULT: AudioPolicy = {
  mode: "user-authentication",
  whitelist: [],
  onlyShareable: false,
};

/** More entries than offices have; whoever needs more writes ranges. */
export const WHITELIST_ENTRIES_MAX = 5000;

export function needsWhitelist(mode: AccessMode): boolean {
  return mode === "ip-whitelist" || mode === "whitelist-and-user";
}

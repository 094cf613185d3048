// What a change of who may hear recordings can do to people and recordings: a closed list.

/** In the order in which people are told. Each is empty where the rules stay as they are. */
export const AUDIO_EFFECTS = [
  // By whom a grant, a role or a visit of late makes one who may hear them.
  "recordings-unheard",
  "recordings-opened",
  // Whoever has the link, signed in or not; and whoever has it at an address of the whitelist.
  "recordings-open-to-anyone",
  "recordings-closed-to-anyone",
  "recordings-open-by-address",
  "recordings-closed-by-address",
  // Who asked of late, a person at an address each.
  "listeners-refused",
  "listeners-asked-to-sign-in",
  "listeners-may-sign-in",
  "listeners-let-in",
  // Nobody knows from where they would ask.
  "listeners-depend-on-address",
  // They asked of late, but are not kept one by one.
  "listeners-not-recorded",
] as const;
export type AudioEffect = (typeof AUDIO_EFFECTS)[number];

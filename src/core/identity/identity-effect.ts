// What a change of the rules of sign-ins can do to people: a closed list.

/** In the order in which people are told. Each is empty where the rules stay as they are. */
export const IDENTITY_EFFECTS = [
  // With the right password, a passkey or a provider, they would be refused, or would not be.
  "users-locked-by-wrong-passwords",
  "users-no-longer-locked",
  "users-locked-as-dormant",
  "users-no-longer-dormant",
  // What their next sign-in would ask for, or would not ask for any more.
  "users-must-change-password",
  "users-keep-password",
  "users-set-up-second-factor",
  "users-spared-set-up",
  "users-asked-second-factor",
  "users-not-asked-second-factor",
  // It depends on whether their provider says that it asked for a second factor itself.
  "users-depend-on-provider",
  "browsers-distrusted",
  "sessions-end",
  "sessions-limited",
  "sessions-open-again",
  // They keep passwords that nobody can measure against the rule: only hashes are kept.
  "passwords-not-told",
] as const;
export type IdentityEffect = (typeof IDENTITY_EFFECTS)[number];

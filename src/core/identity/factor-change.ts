// What can happen to a user's second factors: told in events, and by mail.

export const FACTOR_CHANGES = [
  "app-set-up",
  "app-reset",
  "app-turned-off",
  "email-set-up",
  "email-reset",
  "email-turned-off",
  "passkey-added",
  "passkey-renamed",
  "passkey-removed",
  "backup-codes-made",
  "backup-code-used",
  "reset-by-administrator",
] as const;
export type FactorChange = (typeof FACTOR_CHANGES)[number];

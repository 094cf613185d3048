// The words and figures of second factors: methods, codes, how long each is good.

/** What a user can have on. A passkey also signs in without a password. */
export const FACTOR_METHODS = ["app", "email", "passkey"] as const;
export type FactorMethod = (typeof FACTOR_METHODS)[number];

/** What a six-digit code, or one of the ten backup codes, can come from. */
export const CODE_METHODS = ["app", "email", "backup-code"] as const;
export type CodeMethod = (typeof CODE_METHODS)[number];

/** What an e-mailed code is good for; one for another purpose is refused (row 93). */
export const EMAIL_CODE_PURPOSES = ["sign-in", "set-up", "proof"] as const;
export type EmailCodePurpose = (typeof EMAIL_CODE_PURPOSES)[number];

/** From the moment it is mailed, compared at use (ASVS 6.5.5). */
export const EMAIL_CODE_MS = 600_000;

/** A second factor that is being set up has to be proved within this time. */
export const FACTOR_SETUP_MS = 600_000;

/** So long a password or factor that was asked for again counts as fresh. */
export const PROOF_MS = 600_000;

export const BACKUP_CODES = 10;

/** "Trust this browser" has a fixed end: using it does not move it. */
export const TRUST_DAYS = 14;

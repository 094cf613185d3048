// What a sign-in may still ask for before it is whole.

/** `none`: nothing, it is whole. */
export const SIGN_IN_STAGES = ["none", "change-password"] as const;

export type SignInStage = (typeof SIGN_IN_STAGES)[number];

/** So long a half sign-in may take; after that it begins anew. */
export const HALF_SIGN_IN_MS = 600_000;

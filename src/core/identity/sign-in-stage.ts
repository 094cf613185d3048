// What a sign-in may still ask for before it is whole.

/** In the order in which they are asked for; `none`: nothing, the sign-in is whole. */
export const SIGN_IN_STAGES = [
  "none",
  "second-factor",
  "change-password",
  "set-up-second-factor",
] as const;

export type SignInStage = (typeof SIGN_IN_STAGES)[number];

/** The longest that any stage lasts. */
export const STAGE_MS_MAX = 1_200_000;

/**
 * So long a stage may take; after that the sign-in begins anew. The second factor has time for all
 * five attempts of the guide, with the two pauses of five minutes between them.
 */
export function stageLastsMs(stage: SignInStage): number {
  return stage === "second-factor" ? STAGE_MS_MAX : 600_000;
}

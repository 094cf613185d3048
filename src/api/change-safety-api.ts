// What whoever changes a policy may say about the risks of it: query parameters of each such route.
import { Type } from "typebox";
import type { Static } from "typebox";
import { strict } from "./value-schemas.ts";

/** Typed by whoever means to shut themselves out. */
export const LOCKOUT_OVERRIDE = "let it lock me out";

/** Query parameters of routes whose change cannot go back by itself. */
const LOCKOUT_SAFETY = {
  lockoutOverride: Type.Optional(
    Type.Literal(LOCKOUT_OVERRIDE, {
      description: "makes the change although it refuses you, or every operator of late",
    }),
  ),
} as const;
export const LockoutSafetySchema = Type.Object(LOCKOUT_SAFETY, strict);

/** How long a change may wait to be confirmed: long enough to look, never forgotten for good. */
export const CONFIRM_MINUTES = { min: 1, max: 1440 } as const;

/** Query parameters of every route that changes a policy. */
export const CHANGE_SAFETY = {
  ...LOCKOUT_SAFETY,
  confirmMinutes: Type.Optional(
    Type.Integer({
      minimum: CONFIRM_MINUTES.min,
      maximum: CONFIRM_MINUTES.max,
      description:
        "the change goes back by itself after so many minutes unless it is confirmed; " +
        "without: it stays",
    }),
  ),
} as const;

export const ChangeSafetySchema = Type.Object(CHANGE_SAFETY, strict);
export type ChangeSafety = Static<typeof ChangeSafetySchema>;

// What whoever changes a policy may say about the risks of it: query parameters of each such route.
import { Type } from "typebox";
import type { Static } from "typebox";
import { strict } from "./value-schemas.ts";

/** Typed by whoever means to shut themselves out. */
export const LOCKOUT_OVERRIDE = "let it lock me out";

/** Query parameters of every route that changes a policy. */
export const CHANGE_SAFETY = {
  lockoutOverride: Type.Optional(
    Type.Literal(LOCKOUT_OVERRIDE, {
      description: "makes the change although it refuses you, or every operator of late",
    }),
  ),
} as const;

export const ChangeSafetySchema = Type.Object(CHANGE_SAFETY, strict);
export type ChangeSafety = Static<typeof ChangeSafetySchema>;

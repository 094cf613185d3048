// What travels about sessions, known browsers and recent sign-ins of a user.
import { Type } from "typebox";
import type { Static } from "typebox";
import { IdSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

const placeMembers = {
  address: Type.String(),
  country: Type.String({ description: "ISO 3166-1 code, unknown or private" }),
  device: Type.String({ description: "browser and system, such as Firefox on Windows" }),
};

export const SessionSchema = Type.Object(
  {
    id: IdSchema,
    isCurrent: Type.Boolean(),
    ...placeMembers,
    createdAt: TimeSchema,
    lastActivityAt: TimeSchema,
  },
  strict,
);
export type SessionAnswer = Static<typeof SessionSchema>;
export const SessionListSchema = Type.Object({ sessions: Type.Array(SessionSchema) }, strict);
export const SessionParamsSchema = Type.Object({ id: IdSchema }, strict);
export const UserSessionParamsSchema = Type.Object({ id: IdSchema, sessionId: IdSchema }, strict);
export const EndedSchema = Type.Object({ ended: Type.Integer() }, strict);

export const BrowserSchema = Type.Object(
  {
    id: IdSchema,
    isCurrent: Type.Boolean(),
    ...placeMembers,
    createdAt: TimeSchema,
    lastSeenAt: TimeSchema,
  },
  strict,
);
export type BrowserAnswer = Static<typeof BrowserSchema>;
export const BrowserListSchema = Type.Object({ browsers: Type.Array(BrowserSchema) }, strict);

/**
 * `refused`: somebody tried the user's address, and this is why it did not open.
 * `asked`: password or provider was right, and what else was asked for did not come.
 */
const SignInEventSchema = Type.Object(
  {
    at: TimeSchema,
    outcome: Type.Enum(["signed-in", "refused", "asked"] as const),
    reason: Type.String(),
    provider: Type.Union([Type.String(), Type.Null()], {
      description: "the id of the provider by which it was; null: by none",
    }),
    ...placeMembers,
  },
  strict,
);
export const SignInEventListSchema = Type.Object(
  { signIns: Type.Array(SignInEventSchema) },
  strict,
);
export type SignInEventListAnswer = Static<typeof SignInEventListSchema>;

/** After "stay signed in". */
export const ActivityAnswerSchema = Type.Object(
  { idleEndsAt: NullableTimeSchema, serverTime: TimeSchema },
  strict,
);

export const SessionEndedSchema = Type.Null({ description: "The session has ended" });
export const BrowserForgottenSchema = Type.Null({ description: "The browser is forgotten" });

// What travels when a password is chosen, changed, reset or assessed.
import { Type } from "typebox";
import type { Static } from "typebox";
import {
  EmailSchema,
  LinkTokenSchema,
  PasswordSchema,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

/** The rules a new password of this user has to keep; null where a rule is off. */
export const PasswordRulesSchema = Type.Object(
  {
    charactersMin: Type.Integer(),
    charactersMax: Type.Integer(),
    needsMixedCharacters: Type.Boolean({
      description: "an uppercase letter A-Z, a lowercase letter a-z and a number 0-9",
    }),
    notOneOfLast: Type.Union([Type.Integer(), Type.Null()]),
    expiresAfterDays: Type.Union([Type.Integer(), Type.Null()]),
  },
  strict,
);
export type PasswordRulesAnswer = Static<typeof PasswordRulesSchema>;

export const PasswordChangeSchema = Type.Object(
  { currentPassword: PasswordSchema, newPassword: PasswordSchema },
  strict,
);

/** The same answer whether or not anybody has the address. */
export const ResetRequestSchema = Type.Object({ email: EmailSchema }, strict);
export const ResetRequestAnswerSchema = Type.Object({ accepted: Type.Literal(true) }, strict);

export const LINK_PURPOSES = ["reset", "invitation"] as const;

/** Looking at a link does not use it up. */
export const LinkLookSchema = Type.Object({ token: LinkTokenSchema }, strict);
export const LinkAnswerSchema = Type.Object(
  {
    purpose: Type.Enum(LINK_PURPOSES),
    email: Type.String(),
    expiresAt: TimeSchema,
    rules: PasswordRulesSchema,
  },
  strict,
);

export type LinkAnswer = Static<typeof LinkAnswerSchema>;

export const PasswordResetSchema = Type.Object(
  { token: LinkTokenSchema, newPassword: PasswordSchema },
  strict,
);

export const PasswordRemovedSchema = Type.Null({
  description: "You have no password any more, until you choose one by a mailed link",
});

/** From the host's shell and for admins: the user has to change it at the next sign-in. */
export const PasswordSetSchema = Type.Object({ newPassword: PasswordSchema }, strict);

export const CreatedLinkSchema = Type.Object(
  { url: Type.String(), purpose: Type.Enum(LINK_PURPOSES), expiresAt: TimeSchema },
  strict,
);

export const AssessmentBodySchema = Type.Object(
  {
    password: PasswordSchema,
    words: Type.Optional(
      Type.Array(Type.String({ maxLength: 254 }), {
        maxItems: 5,
        description: "what must not be in it, such as the user's name and address",
      }),
    ),
  },
  strict,
);

export const AssessmentSchema = Type.Object(
  {
    score: Type.Integer({ minimum: 0, maximum: 4, description: "0 guessed at once, 4 very hard" }),
    isCommon: Type.Boolean(),
    warning: Type.Union([Type.String(), Type.Null()]),
    suggestions: Type.Array(Type.String()),
  },
  strict,
);
export type AssessmentAnswer = Static<typeof AssessmentSchema>;

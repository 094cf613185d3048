// What travels when a sign-in, or a change of one's own settings, asks for a second factor.
import { Type } from "typebox";
import type { Static } from "typebox";
import { CODE_METHODS, FACTOR_METHODS } from "../core/identity/second-factor.ts";
import {
  nameSchema,
  NullableTimeSchema,
  PasswordSchema,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

/** Spaces are taken away first; what is a code of each method, core's `readCode` says. */
const CodeSchema = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "six digits such as 123456, or a backup code",
});

/** An e-mailed code that is under way, or good in this session. */
const EmailCodeSchema = Type.Object(
  {
    sentAt: Type.Union([TimeSchema, Type.Null()], { description: "null: the mail is waiting" }),
    expiresAt: NullableTimeSchema,
  },
  strict,
);

/** Codes of every method are counted together, for the user, not for the session. */
export const codeAttemptMembers = {
  attemptsLeft: Type.Integer({
    minimum: 0,
    maximum: 5,
    description: "before the codes are locked",
  }),
  pausedUntil: Type.Union([TimeSchema, Type.Null()], {
    description: "after the third and fourth wrong code: until then every code is refused",
  }),
  lockedUntil: Type.Union([TimeSchema, Type.Null()], { description: "after the fifth" }),
};

/** What the page that asks for a second factor shows. Only a sign-in that waits for it reads it. */
export const SecondFactorSchema = Type.Object(
  {
    methods: Type.Array(Type.Enum(FACTOR_METHODS)),
    hasBackupCodes: Type.Boolean(),
    sentTo: Type.String({ description: "where an e-mailed code goes, partly hidden" }),
    emailCode: Type.Union([EmailCodeSchema, Type.Null()]),
    trustDays: Type.Union([Type.Integer(), Type.Null()], {
      description: "for so long this browser may skip the question; null: it may not",
    }),
    ...codeAttemptMembers,
    endsAt: Type.String({ format: "date-time", description: "then the sign-in begins anew" }),
    serverTime: TimeSchema,
    portalName: Type.String(),
  },
  strict,
);
export type SecondFactorAnswer = Static<typeof SecondFactorSchema>;

export const EmailCodeAnswerSchema = Type.Object(
  { sentTo: Type.String(), emailCode: EmailCodeSchema },
  strict,
);
export type EmailCodeAnswer = Static<typeof EmailCodeAnswerSchema>;

const trustBrowser = Type.Optional(
  Type.Boolean({ default: false, description: "skip the second factor in this browser" }),
);

export const SecondFactorBodySchema = Type.Object(
  { method: Type.Enum(CODE_METHODS), code: CodeSchema, trustBrowser },
  strict,
);
export type SecondFactorBody = Static<typeof SecondFactorBodySchema>;

/** Options and responses are WebAuthn's own shapes (Level 3, 5.1.8 and 5.1.9). */
export const PasskeyOptionsSchema = Type.Object(
  { options: Type.Unsafe<Record<string, unknown>>({ type: "object", additionalProperties: true }) },
  strict,
);
const PasskeyResponseSchema = Type.Unsafe<Record<string, unknown>>({
  type: "object",
  additionalProperties: true,
  description: "what navigator.credentials gave, as JSON",
});

export const PasskeyFactorBodySchema = Type.Object(
  { response: PasskeyResponseSchema, trustBrowser },
  strict,
);
export const PasskeySignInBodySchema = Type.Object(
  {
    response: PasskeyResponseSchema,
    returnTo: Type.Optional(Type.String({ maxLength: 4096 })),
  },
  strict,
);
export const PasskeyCreationBodySchema = Type.Object(
  {
    response: PasskeyResponseSchema,
    name: Type.Optional(nameSchema(100)),
  },
  strict,
);

/** Proves once more who is signed in; good for ten minutes in this session. */
export const ProofBodySchema = Type.Union([
  Type.Object({ method: Type.Literal("password"), password: PasswordSchema }, strict),
  Type.Object({ method: Type.Enum(CODE_METHODS), code: CodeSchema }, strict),
  Type.Object({ method: Type.Literal("passkey"), response: PasskeyResponseSchema }, strict),
]);
export type ProofBody = Static<typeof ProofBodySchema>;
export const ProofAnswerSchema = Type.Object({ provedUntil: TimeSchema }, strict);

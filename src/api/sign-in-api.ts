// What travels when people sign in and out, and when the first operator is set up.
import { Type } from "typebox";
import type { Static } from "typebox";
import { ROLES } from "../core/accounts/role.ts";
import { SIGN_IN_STAGES } from "../core/identity/sign-in-stage.ts";
import { ProviderButtonSchema } from "./connection-api.ts";
import { MembershipSchema } from "./users-api.ts";
import {
  AccountCodeSchema,
  EmailSchema,
  IdSchema,
  LinkTokenSchema,
  nameSchema,
  NullableTimeSchema,
  PasswordSchema,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

const StageSchema = Type.Enum(SIGN_IN_STAGES, {
  description: "What is still asked for; until then nothing else is answered. none: nothing",
});

export const SignInBodySchema = Type.Object(
  {
    email: EmailSchema,
    password: PasswordSchema,
    returnTo: Type.Optional(
      Type.String({ maxLength: 4096, description: "where the visitor wanted to go" }),
    ),
  },
  strict,
);

/** The session travels in a cookie only. */
export const SignInAnswerSchema = Type.Object(
  {
    next: StageSchema,
    returnTo: Type.Union([Type.String(), Type.Null()], {
      description: "`returnTo` when it leads to a known origin; null: go to the console",
    }),
  },
  strict,
);
export type SignInAnswer = Static<typeof SignInAnswerSchema>;

export const SignInPageQuerySchema = Type.Object(
  {
    account: Type.Optional(
      Type.String({
        ...AccountCodeSchema,
        description: "an account's code: the providers of its own are named too",
      }),
    ),
  },
  strict,
);

/** Open to everybody: what the sign-in pages need before anybody is known. */
export const SignInPageSchema = Type.Object(
  {
    portalName: Type.String(),
    isSetupOpen: Type.Boolean({ description: "no operator has been set up yet" }),
    providers: Type.Array(ProviderButtonSchema, {
      description: "by which one can sign in; an unknown account has none of its own",
    }),
  },
  strict,
);

export const SetupBodySchema = Type.Object(
  { token: LinkTokenSchema, email: EmailSchema, name: nameSchema(200), password: PasswordSchema },
  strict,
);

/** Who is signed in, and until when. */
export const MeSchema = Type.Object(
  {
    id: IdSchema,
    email: Type.String(),
    name: Type.String(),
    role: Type.Enum(ROLES, { description: "the highest of the user's roles" }),
    isOperator: Type.Boolean(),
    memberships: Type.Array(MembershipSchema),
    stage: StageSchema,
    address: Type.String({ description: "the client address of this very request" }),
    session: Type.Object(
      {
        id: IdSchema,
        createdAt: TimeSchema,
        idleMinutes: Type.Union([Type.Integer(), Type.Null()], {
          description: "minutes without activity until the log-out; null: never",
        }),
        idleEndsAt: NullableTimeSchema,
      },
      strict,
    ),
    serverTime: TimeSchema,
    portalName: Type.String(),
  },
  strict,
);
export type MeAnswer = Static<typeof MeSchema>;

export const MePatchSchema = Type.Object({ name: nameSchema(200) }, strict);

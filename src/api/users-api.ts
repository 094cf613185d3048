// What travels about users, their memberships and the state of their sign-in.
import { Type } from "typebox";
import type { Static } from "typebox";
import { MEMBER_ROLES } from "../core/accounts/role.ts";
import { UserFactorsSchema } from "./two-factor-api.ts";
import {
  AccountCodeSchema,
  EmailSchema,
  IdSchema,
  nameSchema,
  NextSchema,
  NullableTimeSchema,
  pageQueryMembers,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

const RoleSchema = Type.Enum(MEMBER_ROLES, { description: "admin or agent of the account" });

export const MembershipSchema = Type.Object(
  {
    account: AccountCodeSchema,
    accountName: Type.String(),
    role: RoleSchema,
    isPrimary: Type.Boolean({ description: "This account's rules hold for the user's sign-in" }),
  },
  strict,
);

const SIGN_IN_STATUSES = ["active", "invited", "locked", "dormant", "disabled"] as const;

/**
 * `invited`: has no password, and no other way in. `dormant`: too long without a sign-in, by the
 * account's rule.
 */
export const SignInStateSchema = Type.Object(
  {
    status: Type.Enum(SIGN_IN_STATUSES),
    lockedAt: NullableTimeSchema,
    lastSignedInAt: NullableTimeSchema,
    passwordChangedAt: NullableTimeSchema,
    mustChangePassword: Type.Boolean(),
    sessions: Type.Integer({ description: "open sessions" }),
  },
  strict,
);
export type SignInStateAnswer = Static<typeof SignInStateSchema>;

export const UserSchema = Type.Object(
  {
    id: IdSchema,
    email: Type.String(),
    name: Type.String(),
    isOperator: Type.Boolean(),
    isDisabled: Type.Boolean(),
    memberships: Type.Array(MembershipSchema, { description: "those the asker may see" }),
    createdAt: TimeSchema,
    createdBy: Type.String(),
    signIn: SignInStateSchema,
    twoFactor: UserFactorsSchema,
    isManaged: Type.Boolean({
      description: "The asker may change the user; else only the membership in an own account",
    }),
  },
  strict,
);
export type UserAnswer = Static<typeof UserSchema>;

export const UserListSchema = Type.Object(
  { users: Type.Array(UserSchema), next: NextSchema },
  strict,
);

export const UserQuerySchema = Type.Object(
  {
    ...pageQueryMembers,
    account: Type.Optional(AccountCodeSchema),
    status: Type.Optional(Type.Enum(["disabled", "operator"] as const)),
  },
  strict,
);

export type UserQuery = Static<typeof UserQuerySchema>;

export const NewUserSchema = Type.Object(
  {
    email: EmailSchema,
    name: nameSchema(200),
    isOperator: Type.Optional(Type.Boolean({ default: false })),
    memberships: Type.Optional(
      Type.Array(Type.Object({ account: AccountCodeSchema, role: RoleSchema }, strict), {
        maxItems: 100,
        description: "the first one is primary",
      }),
    ),
    invite: Type.Optional(
      Type.Boolean({ default: true, description: "mail a link to choose a password" }),
    ),
  },
  strict,
);

export type NewUser = Static<typeof NewUserSchema>;

export const UserPatchSchema = Type.Object(
  {
    email: Type.Optional(EmailSchema),
    name: Type.Optional(nameSchema(200)),
    isOperator: Type.Optional(Type.Boolean()),
    isDisabled: Type.Optional(Type.Boolean()),
    primaryAccount: Type.Optional(AccountCodeSchema),
  },
  { ...strict, minProperties: 1 },
);

export type UserPatch = Static<typeof UserPatchSchema>;

export const UserParamsSchema = Type.Object({ id: IdSchema }, strict);
export const MembershipParamsSchema = Type.Object(
  { id: IdSchema, account: AccountCodeSchema },
  strict,
);
export const MembershipBodySchema = Type.Object({ role: RoleSchema }, strict);

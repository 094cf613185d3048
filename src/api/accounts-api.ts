// What travels about client accounts and API tokens.
import { Type } from "typebox";
import type { Static } from "typebox";
import { ScopeSchema } from "./scopes.ts";
import { nameSchema } from "./value-schemas.ts";

const strict = { additionalProperties: false } as const;

const nullableTime = Type.Union([Type.String({ format: "date-time" }), Type.Null()]);

const CodeSchema = Type.String({
  minLength: 1,
  maxLength: 32,
  pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
  description: "a code: lower-case letters, digits and hyphens between them; not the word platform",
});

export const NewAccountSchema = Type.Object(
  {
    code: CodeSchema,
    name: nameSchema(200),
  },
  strict,
);

export const AccountSchema = Type.Object(
  {
    id: Type.String(),
    code: Type.String(),
    name: Type.String(),
    createdAt: Type.String({ format: "date-time" }),
    users: Type.Integer({ description: "users with a membership in it" }),
    trackingNumbers: Type.Integer(),
  },
  strict,
);
export type AccountAnswer = Static<typeof AccountSchema>;

export const AccountListSchema = Type.Object({ accounts: Type.Array(AccountSchema) }, strict);

export const AccountParamsSchema = Type.Object({ code: CodeSchema }, strict);

/** The code stays: it stands in host names, files and records. */
export const AccountPatchSchema = Type.Object({ name: NewAccountSchema.properties.name }, strict);

export const AccountDeletionQuerySchema = Type.Object(
  {
    confirm: Type.Optional(
      Type.String({ maxLength: 32, description: "the account's code once more" }),
    ),
  },
  strict,
);

/** What goes with an account: a member of the refusal that asks for `confirm`. */
export type AccountContents = {
  /** Users who belong to no other account, operators aside: they are deleted with it. */
  readonly usersDeleted: number;
  /** Users who stay and lose their membership in it. */
  readonly usersKept: number;
  readonly trackingNumbers: number;
  readonly grants: number;
  /** Sections of network, identity and recording rules that were set. */
  readonly policies: number;
  readonly entries: number;
  readonly recordings: number;
};

export const NewTokenSchema = Type.Object(
  {
    name: nameSchema(100),
    scopes: Type.Array(ScopeSchema, { minItems: 1, uniqueItems: true }),
    expiresAt: Type.Optional(
      Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
        description: "RFC 3339 time in the future, or null for no end",
      }),
    ),
  },
  strict,
);

const tokenMembers = {
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(ScopeSchema),
  createdAt: Type.String({ format: "date-time" }),
  createdBy: Type.String(),
  expiresAt: nullableTime,
  revokedAt: nullableTime,
  lastUsedAt: nullableTime,
};

export const TokenSchema = Type.Object(tokenMembers, strict);
export type TokenAnswer = Static<typeof TokenSchema>;

export const TokenListSchema = Type.Object({ tokens: Type.Array(TokenSchema) }, strict);

export const CreatedTokenSchema = Type.Object(
  {
    ...tokenMembers,
    token: Type.String({ description: "Shown this once; only its hash is kept" }),
  },
  strict,
);

export const TokenParamsSchema = Type.Object(
  {
    id: Type.String({
      pattern: "^[a-z2-7]{20}$",
      description: "a token's id: 20 letters a-z and digits 2-7",
    }),
  },
  strict,
);

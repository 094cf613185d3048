// What travels when people sign in by a provider, and connect and disconnect their accounts there.
import { Type } from "typebox";
import type { Static } from "typebox";
import { PROVIDER_KINDS } from "../core/identity/single-sign-on/provider.ts";
import { ProviderIdSchema } from "./provider-api.ts";
import {
  EmailSchema,
  IdSchema,
  NullableTimeSchema,
  PasswordSchema,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

/** What a button needs. */
export const ProviderButtonSchema = Type.Object(
  { id: ProviderIdSchema, kind: Type.Enum(PROVIDER_KINDS), name: Type.String() },
  strict,
);
export type ProviderButton = Static<typeof ProviderButtonSchema>;

export const ProviderSignInBodySchema = Type.Object(
  {
    provider: ProviderIdSchema,
    returnTo: Type.Optional(
      Type.String({ maxLength: 4096, description: "where the visitor wanted to go" }),
    ),
    choosesAccount: Type.Optional(
      Type.Boolean({
        description: "the provider asks which account, also of who is signed in there already",
      }),
    ),
  },
  strict,
);

export const AuthorizationSchema = Type.Object(
  {
    url: Type.String({ description: "the provider's page, for this browser to open" }),
    returnTo: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "of a sign-in: `returnTo` when it leads to a known origin, for later stages",
      }),
    ),
  },
  strict,
);
export type AuthorizationAnswer = Static<typeof AuthorizationSchema>;

/** Whom the provider knows and nobody here, in the browser that was there. */
export const BindSchema = Type.Object(
  {
    provider: ProviderButtonSchema,
    accountShown: Type.String({ description: "as the provider calls the person" }),
    expiresAt: TimeSchema,
  },
  strict,
);
export type BindAnswer = Static<typeof BindSchema>;

export const BindBodySchema = Type.Object(
  {
    email: EmailSchema,
    password: PasswordSchema,
    returnTo: Type.Optional(
      Type.String({ maxLength: 4096, description: "where the visitor wanted to go" }),
    ),
  },
  strict,
);

export const ConnectionSchema = Type.Object(
  {
    id: IdSchema,
    provider: ProviderButtonSchema,
    accountShown: Type.String({ description: "as the provider calls the person" }),
    connectedAt: TimeSchema,
    lastUsedAt: NullableTimeSchema,
    isUsable: Type.Boolean({ description: "its provider is on and may sign this user in" }),
  },
  strict,
);
export type ConnectionAnswer = Static<typeof ConnectionSchema>;

export const OwnConnectionsSchema = Type.Object(
  {
    connections: Type.Array(ConnectionSchema),
    available: Type.Array(ProviderButtonSchema, {
      description: "providers one can connect with",
    }),
    hasPassword: Type.Boolean(),
    passkeys: Type.Integer(),
  },
  strict,
);
export type OwnConnectionsAnswer = Static<typeof OwnConnectionsSchema>;

export const UserConnectionsSchema = Type.Object(
  { connections: Type.Array(ConnectionSchema) },
  strict,
);
export type UserConnectionsAnswer = Static<typeof UserConnectionsSchema>;

export const ConnectBodySchema = Type.Object({ provider: ProviderIdSchema }, strict);
export const ConnectionParamsSchema = Type.Object({ id: IdSchema }, strict);
export const UserConnectionParamsSchema = Type.Object(
  { id: IdSchema, connectionId: IdSchema },
  strict,
);
export const ConnectionRemovedSchema = Type.Null();

/** Where to go on after signing out here. */
export const SignedOutSchema = Type.Object(
  {
    providerUrl: Type.Union([Type.String(), Type.Null()], {
      description: "where the provider signs out too; null: nowhere",
    }),
  },
  strict,
);
export type SignedOutAnswer = Static<typeof SignedOutSchema>;

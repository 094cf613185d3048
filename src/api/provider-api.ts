// What travels about OpenID providers: their configuration, and what a test of it found.
import { Type } from "typebox";
import type { Static } from "typebox";
import { PROVIDER_BOUNDS, PROVIDER_KINDS } from "../core/identity/single-sign-on/provider.ts";
import { IdentityOwnerQuerySchema } from "./identity-policy-api.ts";
import { AccountCodeSchema, nameSchema, strict, TimeSchema } from "./value-schemas.ts";

const CODE = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

export const ProviderIdSchema = Type.String({
  maxLength: 65,
  pattern: `^(${CODE}\\.)?${CODE}$`,
  description: "a provider's id: google, or acme.google of an account",
});

const IssuerSchema = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: "the issuer's address, such as https://login.example.com; only of kind oidc",
});
const TenantSchema = Type.String({
  minLength: 1,
  maxLength: 253,
  description: "Microsoft: common, organizations, or a tenant's id or domain",
});
const TenantsSchema = Type.Array(Type.String({ minLength: 1, maxLength: 36 }), {
  maxItems: PROVIDER_BOUNDS.tenants,
  description: "Microsoft: the ids of the tenants that are let in; empty: all of `tenant`",
});
const ClientIdSchema = Type.String({ minLength: 1, maxLength: 500 });
const ClientSecretSchema = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: "as the provider gave it; asked for again when the provider points elsewhere",
});
const FactorAcrsSchema = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
  maxItems: PROVIDER_BOUNDS.factorAcrs,
  description: "values of acr by which the provider says that it asked for a second factor",
});
const PrivateHostsSchema = Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
  maxItems: PROVIDER_BOUNDS.privateHosts,
  description: "hosts that may be in a private network and speak http; for operators to allow",
});
const SignsOutSchema = Type.Boolean({
  description: "signing out here leads to the provider, to sign out there too",
});
const enabledDescription = "people can sign in by it";

const provider = {
  id: ProviderIdSchema,
  account: Type.Union([Type.String(), Type.Null()], {
    description: "the code of the account whose own it is; null: the platform's",
  }),
  kind: Type.Enum(PROVIDER_KINDS),
  name: Type.String({ description: "what its button says: Continue with …" }),
  issuer: Type.String(),
  tenant: Type.Union([Type.String(), Type.Null()]),
  tenants: Type.Array(Type.String()),
  clientId: Type.String(),
  hasSecret: Type.Boolean(),
  factorAcrs: Type.Array(Type.String()),
  privateHosts: Type.Array(Type.String()),
  signsOut: Type.Boolean(),
  isEnabled: Type.Boolean({ description: enabledDescription }),
  redirectUri: Type.String({ description: "to be entered at the provider, exactly so" }),
  connections: Type.Integer({ description: "how many users are connected with it" }),
  onlyWayIn: Type.Integer({ description: "users who could not sign in without it" }),
  version: Type.Integer(),
  createdAt: TimeSchema,
  changedAt: TimeSchema,
  changedBy: Type.String(),
};
export const ProviderSchema = Type.Object(provider, strict);
export type ProviderAnswer = Static<typeof ProviderSchema>;

export const ProviderListSchema = Type.Object(
  {
    providers: Type.Array(ProviderSchema),
    redirectUriPattern: Type.String({
      description: "the redirect URI with {code} where a new provider's code will stand",
    }),
    signInUrl: Type.String({ description: "where these providers' buttons are" }),
  },
  strict,
);
export type ProviderListAnswer = Static<typeof ProviderListSchema>;

export const ProviderParamsSchema = Type.Object({ id: ProviderIdSchema }, strict);
export const ProviderOwnerQuerySchema = IdentityOwnerQuerySchema;

const settings = {
  issuer: Type.Optional(IssuerSchema),
  tenant: Type.Optional(TenantSchema),
  tenants: Type.Optional(TenantsSchema),
  factorAcrs: Type.Optional(FactorAcrsSchema),
  privateHosts: Type.Optional(PrivateHostsSchema),
  signsOut: Type.Optional(SignsOutSchema),
  isEnabled: Type.Optional(Type.Boolean({ description: enabledDescription })),
};

export const NewProviderBodySchema = Type.Object(
  {
    code: Type.String({
      ...AccountCodeSchema,
      description: "stands in the redirect URI and never changes, such as google",
    }),
    kind: Type.Enum(PROVIDER_KINDS),
    name: nameSchema(PROVIDER_BOUNDS.nameLength),
    clientId: ClientIdSchema,
    clientSecret: ClientSecretSchema,
    ...settings,
  },
  strict,
);
export type NewProviderBody = Static<typeof NewProviderBodySchema>;

export const ProviderPatchSchema = Type.Object(
  {
    name: Type.Optional(nameSchema(PROVIDER_BOUNDS.nameLength)),
    clientId: Type.Optional(ClientIdSchema),
    clientSecret: Type.Optional(ClientSecretSchema),
    ...settings,
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "the version that was read; refused if it moved on",
      }),
    ),
  },
  { ...strict, minProperties: 1 },
);
export type ProviderPatch = Static<typeof ProviderPatchSchema>;

/** What a change takes from users; they sign in once more, by whatever way they have. */
const losses = {
  removedConnections: Type.Integer({ description: "connections that this has removed" }),
  endedSessions: Type.Integer({ description: "sessions that this has ended" }),
};
export const ChangedProviderSchema = Type.Object({ ...provider, ...losses }, strict);
export type ChangedProviderAnswer = Static<typeof ChangedProviderSchema>;
export const DeletedProviderSchema = Type.Object(losses, strict);
export type DeletedProviderAnswer = Static<typeof DeletedProviderSchema>;

export const PROVIDER_TEST_STEPS = [
  "settings",
  "metadata",
  "keys",
  "authorization",
  "secret",
] as const;

export const ProviderTestSchema = Type.Object(
  {
    isGood: Type.Boolean({ description: "nothing was found that would keep people out" }),
    steps: Type.Array(
      Type.Object(
        {
          step: Type.Enum(PROVIDER_TEST_STEPS),
          result: Type.Enum(["passed", "warned", "failed", "left-out"] as const),
          message: Type.String({ description: "what was found, in a sentence" }),
          advice: Type.Union([Type.String(), Type.Null()], {
            description: "what to do about it",
          }),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type ProviderTestAnswer = Static<typeof ProviderTestSchema>;

// What travels when network rules are read or set: one strict schema for each section.

import { Type } from "typebox";
import type { Static } from "typebox";
import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { COUNTRY_CODES } from "../core/network/iso-3166.ts";
import { BOUNDS, PLATFORM_SECTIONS } from "../core/network/network-policy.ts";
import { SURFACES } from "../core/network/surface.ts";
import { UnconfirmedChangeSchema } from "./unconfirmed-api.ts";

const strict = { additionalProperties: false } as const;

export const ModeSchema = Type.Union(
  [Type.Literal("off"), Type.Literal("monitor"), Type.Literal("enforce")],
  { description: "off: not looked at; monitor: recorded, refuses nobody; enforce" },
);

export const ListActionSchema = Type.Union([Type.Literal("allow"), Type.Literal("deny")]);

const RateLimitSchema = Type.Object(
  {
    mode: ModeSchema,
    requestMaxCount: Type.Integer({ ...BOUNDS.requestMaxCount, description: "Request Max Count" }),
    requestMaxSeconds: Type.Integer({
      ...BOUNDS.requestMaxSeconds,
      description: "Request Max Seconds",
    }),
    requestBanExpirySeconds: Type.Integer({
      ...BOUNDS.requestBanExpirySeconds,
      description: "Request Ban Expiry, in seconds",
    }),
  },
  strict,
);

const SurfaceSchema = Type.Union(SURFACES.map((surface) => Type.Literal(surface)));

/** By section name, exactly the shapes of core's network policy. */
export const SECTION_SCHEMAS = {
  "address-lists": Type.Object({ mode: ModeSchema }, strict),
  country: Type.Object(
    {
      mode: ModeSchema,
      defaultAction: ListActionSchema,
      countries: Type.Object(
        Object.fromEntries(COUNTRY_CODES.map((code) => [code, Type.Optional(ListActionSchema)])),
        { ...strict, description: "ISO 3166-1 alpha-2 code in upper case → allow or deny" },
      ),
      unknown: ListActionSchema,
      private: ListActionSchema,
    },
    strict,
  ),
  "failed-authentication": Type.Object(
    {
      mode: ModeSchema,
      offencesMax: Type.Integer(BOUNDS.offencesMax),
      windowSeconds: Type.Integer(BOUNDS.windowSeconds),
    },
    strict,
  ),
  "webchat-requests": Type.Object(
    {
      mode: ModeSchema,
      requestsMax: Type.Integer(BOUNDS.requestsMax),
      windowSeconds: Type.Integer(BOUNDS.windowSeconds),
    },
    strict,
  ),
  ban: Type.Object(
    {
      durationSeconds: Type.Integer({
        ...BOUNDS.banDurationSeconds,
        description: "Blacklist time interval, in seconds",
      }),
      escalation: Type.Object(
        {
          enabled: Type.Boolean(),
          durationSecondsMax: Type.Integer(BOUNDS.banDurationSeconds),
        },
        strict,
      ),
      scope: Type.Union([Type.Literal("everywhere"), Type.Literal("surface")]),
      ipv6PrefixLength: Type.Integer(BOUNDS.ipv6PrefixLength),
    },
    strict,
  ),
  "hard-limit": Type.Object({ exemptAllowEntries: Type.Boolean() }, strict),
  "rate-limits": Type.Object(
    { audio: RateLimitSchema, portal: RateLimitSchema, api: RateLimitSchema },
    strict,
  ),
  routes: Type.Object(
    {
      routes: Type.Array(
        Type.Object(
          {
            host: Type.String({ minLength: 1, maxLength: 253 }),
            pathPrefix: Type.String({ minLength: 1, maxLength: 1024 }),
            surface: SurfaceSchema,
            account: Type.Union([Type.String({ maxLength: 32 }), Type.Null()]),
          },
          strict,
        ),
        { maxItems: 1000 },
      ),
    },
    strict,
  ),
} as const;

const SectionNameSchema = Type.Union(PLATFORM_SECTIONS.map((section) => Type.Literal(section)));
export const SectionParamsSchema = Type.Object({ section: SectionNameSchema }, strict);

const AccountSchema = Type.String({
  minLength: 1,
  maxLength: 32,
  description: "Account code; without it: the platform",
});
export const AccountQuerySchema = Type.Object({ account: Type.Optional(AccountSchema) }, strict);

export const AccountChangeQuerySchema = Type.Object(
  { account: Type.Optional(AccountSchema), ...CHANGE_SAFETY },
  strict,
);

export const RequiredAccountQuerySchema = Type.Object(
  { account: Type.String({ minLength: 1, maxLength: 32, description: "Account code" }) },
  strict,
);

/** The value is checked against the section's own schema once the section is known. */
export const PolicyChangeSchema = Type.Object(
  {
    value: Type.Unknown({ description: "The whole section" }),
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "The version that was read; 412 when it has moved on",
      }),
    ),
  },
  strict,
);

/** Several sections in one step. */
export const PolicyChangesSchema = Type.Object(
  {
    account: AccountQuerySchema.properties.account,
    sections: Type.Array(
      Type.Object(
        {
          section: SectionParamsSchema.properties.section,
          ...PolicyChangeSchema.properties,
        },
        strict,
      ),
      { minItems: 1, maxItems: PLATFORM_SECTIONS.length },
    ),
  },
  strict,
);

export const PolicyAnswerSchema = Type.Object({
  section: Type.String(),
  account: Type.Union([Type.String(), Type.Null()]),
  value: Type.Unknown(),
  version: Type.Integer(),
  changedAt: Type.Union([Type.String(), Type.Null()]),
  changedBy: Type.Union([Type.String(), Type.Null()]),
});
export type PolicyAnswer = Static<typeof PolicyAnswerSchema>;

/** Break-glass: these can be switched off at once from the host's shell. */
export const DISABLE_RULES = [
  "address-lists",
  "country",
  "failed-authentication",
  "webchat-requests",
  "rate-limits",
] as const;

export const DisableSchema = Type.Object(
  {
    rule: Type.Union(DISABLE_RULES.map((rule) => Type.Literal(rule))),
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  },
  strict,
);

export const DisabledSchema = Type.Object({
  ...PolicyAnswerSchema.properties,
  takenBack: Type.Array(UnconfirmedChangeSchema, {
    description: "what waited to be confirmed of the rule, and was taken back first",
  }),
});
export type Disabled = Static<typeof DisabledSchema>;

const RefusedBySchema = Type.Union([
  Type.Literal("platform"),
  Type.Literal("account"),
  Type.Literal("both"),
]);

/** What holds for the requests of one account, of both layers together. */
export const EffectivePolicySchema = Type.Object({
  account: Type.String(),
  platform: Type.Object({
    addressLists: ModeSchema,
    country: Type.Object({ mode: ModeSchema, defaultAction: ListActionSchema }),
    failedAuthentication: SECTION_SCHEMAS["failed-authentication"],
    webchatRequests: SECTION_SCHEMAS["webchat-requests"],
    hardLimit: Type.Object({
      requestsMax: Type.Integer(),
      windowSeconds: Type.Integer(),
      exemptAllowEntries: Type.Boolean(),
    }),
  }),
  addressLists: ModeSchema,
  countries: Type.Array(Type.Object({ country: Type.String(), refusedBy: RefusedBySchema }), {
    description: "Only those refused; unknown and private for the two that are no countries",
  }),
  rateLimits: SECTION_SCHEMAS["rate-limits"],
});

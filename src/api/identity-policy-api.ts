// What travels when the rules of sign-ins are read or set: one strict schema for each section.
import { Type } from "typebox";
import type { Static } from "typebox";
import {
  FACTOR_FREQUENCIES,
  IDENTITY_BOUNDS,
  IDENTITY_SECTIONS,
} from "../core/identity/identity-policy.ts";
import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { AccountCodeSchema, strict, TimeSchema } from "./value-schemas.ts";

const enabled = Type.Boolean({ description: "whether the rule holds" });

/** By section name, exactly the shapes of core's identity policy. */
export const IDENTITY_SECTION_SCHEMAS = {
  "user-authentication": Type.Object(
    {
      minimumLength: Type.Object(
        { enabled, characters: Type.Integer(IDENTITY_BOUNDS.characters) },
        strict,
      ),
      mixedCharacters: Type.Object({ enabled }, strict),
      expiry: Type.Object({ enabled, days: Type.Integer(IDENTITY_BOUNDS.expiryDays) }, strict),
      history: Type.Object(
        { enabled, passwords: Type.Integer(IDENTITY_BOUNDS.historyPasswords) },
        strict,
      ),
      lockout: Type.Object(
        { enabled, wrongPasswordsMax: Type.Integer(IDENTITY_BOUNDS.wrongPasswordsMax) },
        strict,
      ),
      dormancy: Type.Object(
        { enabled, months: Type.Integer(IDENTITY_BOUNDS.dormancyMonths) },
        strict,
      ),
      knownBrowsersStayOpen: Type.Object({ enabled }, strict),
    },
    strict,
  ),
  "two-factor": Type.Object(
    {
      frequency: Type.Enum(FACTOR_FREQUENCIES, {
        description: "how often a second factor is asked for, of those who have one",
      }),
      required: Type.Object({ enabled }, strict),
    },
    strict,
  ),
  "single-sign-on": Type.Object(
    { askSecondFactor: Type.Object({ enabled }, strict) },
    {
      ...strict,
      description: "askSecondFactor: asked for also after a provider has signed somebody in",
    },
  ),
  "log-out": Type.Object(
    { enabled, minutes: Type.Integer(IDENTITY_BOUNDS.idleMinutes) },
    { ...strict, description: "enabled false: never logged out" },
  ),
} as const;

export const IdentitySectionParamsSchema = Type.Object(
  { section: Type.Enum(IDENTITY_SECTIONS) },
  strict,
);

const account = Type.Optional(
  Type.String({ ...AccountCodeSchema, description: "an account's code; without: the platform" }),
);
export const IdentityOwnerQuerySchema = Type.Object({ account }, strict);
export const IdentityChangeQuerySchema = Type.Object({ account, ...CHANGE_SAFETY }, strict);

export const IdentitySectionAnswerSchema = Type.Object(
  {
    section: Type.Enum(IDENTITY_SECTIONS),
    account: Type.Union([Type.String(), Type.Null()]),
    value: Type.Unknown({ description: "by section, see PUT" }),
    default: Type.Unknown({ description: "what holds where nothing was saved" }),
    version: Type.Integer({ description: "0 while nothing was saved" }),
    changedAt: Type.Union([TimeSchema, Type.Null()]),
    changedBy: Type.Union([Type.String(), Type.Null()]),
    users: Type.Integer({ description: "users whose sign-in these rules hold for" }),
  },
  strict,
);
export type IdentitySectionAnswer = Static<typeof IdentitySectionAnswerSchema>;

export const IdentitySectionBodySchema = Type.Object(
  {
    value: Type.Union([
      IDENTITY_SECTION_SCHEMAS["user-authentication"],
      IDENTITY_SECTION_SCHEMAS["two-factor"],
      IDENTITY_SECTION_SCHEMAS["single-sign-on"],
      IDENTITY_SECTION_SCHEMAS["log-out"],
    ]),
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "the version that was read; refused if it moved on",
      }),
    ),
  },
  strict,
);

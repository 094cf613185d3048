// What travels when people set up, reset and turn off their second factors.
import { Type } from "typebox";
import type { Static } from "typebox";
import { FACTOR_FREQUENCIES } from "../core/identity/identity-policy.ts";
import { FACTOR_METHODS } from "../core/identity/second-factor.ts";
import { SIGN_IN_STAGES } from "../core/identity/sign-in-stage.ts";
import { codeAttemptMembers } from "./second-factor-api.ts";
import { IdSchema, nameSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

const MethodSchema = Type.Union([
  Type.Object({ setUpAt: TimeSchema }, strict),
  Type.Null({ description: "off" }),
]);

export const PasskeySchema = Type.Object(
  {
    id: IdSchema,
    name: Type.String(),
    isSynced: Type.Boolean({ description: "kept by a password manager for several devices" }),
    createdAt: TimeSchema,
    lastUsedAt: NullableTimeSchema,
  },
  strict,
);
export type PasskeyAnswer = Static<typeof PasskeySchema>;

export const TrustedBrowserSchema = Type.Object(
  {
    id: IdSchema,
    isCurrent: Type.Boolean(),
    address: Type.String(),
    country: Type.String({ description: "ISO 3166-1 code, unknown or private" }),
    device: Type.String(),
    createdAt: TimeSchema,
    lastUsedAt: TimeSchema,
    expiresAt: TimeSchema,
  },
  strict,
);
export type TrustedBrowserAnswer = Static<typeof TrustedBrowserSchema>;

const BackupCodesLeftSchema = Type.Union([
  Type.Object({ left: Type.Integer(), createdAt: TimeSchema }, strict),
  Type.Null({ description: "none were made" }),
]);

/** Everything on the page User settings, Two-factor. */
export const TwoFactorSchema = Type.Object(
  {
    email: MethodSchema,
    app: MethodSchema,
    passkeys: Type.Array(PasskeySchema),
    passkeysRefusal: Type.Union([Type.String(), Type.Null()], {
      description: "why none can be added at this address; null: they can",
    }),
    backupCodes: BackupCodesLeftSchema,
    trustedBrowsers: Type.Array(TrustedBrowserSchema),
    frequency: Type.Enum(FACTOR_FREQUENCIES),
    isRequired: Type.Boolean({ description: "the last method cannot be turned off" }),
    provedUntil: Type.Union([TimeSchema, Type.Null()], {
      description: "until then changes are accepted; null: password or factor is asked for first",
    }),
    sentTo: Type.String({ description: "where an e-mailed code goes, partly hidden" }),
    ...codeAttemptMembers,
    serverTime: TimeSchema,
  },
  strict,
);
export type TwoFactorAnswer = Static<typeof TwoFactorSchema>;

/** The QR code is drawn from `qrCode`: an SVG path in a square of `size` modules. */
export const AppSetupSchema = Type.Object(
  {
    secret: Type.String({ description: "base32, in groups of four; for apps without a camera" }),
    uri: Type.String({ description: "otpauth://totp/…" }),
    qrCode: Type.Object({ size: Type.Integer(), path: Type.String() }, strict),
    expiresAt: TimeSchema,
  },
  strict,
);
export type AppSetupAnswer = Static<typeof AppSetupSchema>;

/** Six digits; spaces are taken away first. */
export const SetupCodeSchema = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 64, description: "six digits such as 123456" }) },
  strict,
);

/** Shown this once: only hashes are kept. */
const BackupCodesSchema = Type.Array(Type.String());

export const FactorOnSchema = Type.Object(
  {
    backupCodes: Type.Union([BackupCodesSchema, Type.Null()], {
      description: "made with the first method; null: those that there are stay good",
    }),
    next: Type.Enum(SIGN_IN_STAGES, { description: "what a sign-in under way still asks for" }),
  },
  strict,
);
export type FactorOnAnswer = Static<typeof FactorOnSchema>;

export const NewBackupCodesSchema = Type.Object({ backupCodes: BackupCodesSchema }, strict);
export const FactorOffSchema = Type.Null({ description: "It is off" });
export const BrowserDistrustedSchema = Type.Null({ description: "It is asked again there" });
export const PasskeyParamsSchema = Type.Object({ id: IdSchema }, strict);
export const PasskeyPatchSchema = Type.Object({ name: nameSchema(100) }, strict);
export const PasskeyRemovedSchema = Type.Null({ description: "It signs in nobody any more" });

/** Of another user, for admins: which methods are on, never more. */
export const UserFactorsSchema = Type.Object(
  {
    methods: Type.Array(Type.Enum(FACTOR_METHODS)),
    lockedUntil: NullableTimeSchema,
    pausedUntil: NullableTimeSchema,
  },
  strict,
);
export type UserFactorsAnswer = Static<typeof UserFactorsSchema>;
export const FactorsResetSchema = Type.Object(
  { removed: Type.Array(Type.Enum(FACTOR_METHODS)) },
  strict,
);

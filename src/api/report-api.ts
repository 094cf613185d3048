// What travels when other systems report failed authentications.

import { Type } from "typebox";
import type { Static } from "typebox";

const strict = { additionalProperties: false } as const;

export const ReportSchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 128, description: "The offender's address" }),
    source: Type.Optional(
      Type.String({ maxLength: 64, description: "The reporting system, for the record" }),
    ),
    user: Type.Optional(Type.String({ maxLength: 320 })),
    fingerprint: Type.Optional(
      Type.String({
        minLength: 8,
        maxLength: 128,
        description: "A digest of what was tried; the same one counts once within the window",
      }),
    ),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1 })),
  },
  strict,
);
export type Report = Static<typeof ReportSchema>;

export const REPORTS_MAX = 1000;

export const ReportsSchema = Type.Union([
  ReportSchema,
  Type.Object(
    { reports: Type.Array(ReportSchema, { minItems: 1, maxItems: REPORTS_MAX }) },
    strict,
  ),
]);

export const ReportsAnswerSchema = Type.Object({
  counted: Type.Integer(),
  notCounted: Type.Integer(),
  banned: Type.Array(Type.String()),
});

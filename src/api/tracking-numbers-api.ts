// What travels about tracking numbers and who is granted them.
import { Type } from "typebox";
import type { Static } from "typebox";
import {
  AccountCodeSchema,
  IdSchema,
  NextSchema,
  pageQueryMembers,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

const LabelSchema = Type.String({
  maxLength: 100,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
  description: "one line of text",
});

const ShareableSchema = Type.Boolean({
  description: "an address of the IP whitelist alone opens its recordings, where that is asked",
});

export const TrackingNumberSchema = Type.Object(
  {
    id: IdSchema,
    number: Type.String({ description: "E.164, such as +61255501234" }),
    label: Type.String(),
    account: AccountCodeSchema,
    grants: Type.Integer({ description: "users who are granted it" }),
    isShareable: ShareableSchema,
    createdAt: TimeSchema,
    createdBy: Type.String(),
  },
  strict,
);
export type TrackingNumberAnswer = Static<typeof TrackingNumberSchema>;

export const TrackingNumberListSchema = Type.Object(
  { trackingNumbers: Type.Array(TrackingNumberSchema), next: NextSchema },
  strict,
);

export const TrackingNumberQuerySchema = Type.Object(
  {
    ...pageQueryMembers,
    account: Type.Optional(AccountCodeSchema),
    user: Type.Optional(IdSchema),
  },
  strict,
);

export type TrackingNumberQuery = Static<typeof TrackingNumberQuerySchema>;

export const NewTrackingNumberSchema = Type.Object(
  {
    account: AccountCodeSchema,
    number: Type.String({
      minLength: 3,
      maxLength: 32,
      description: "E.164; spaces, hyphens, dots and brackets between the digits are left out",
    }),
    label: Type.Optional(LabelSchema),
    isShareable: Type.Optional(ShareableSchema),
  },
  strict,
);

export type NewTrackingNumber = Static<typeof NewTrackingNumberSchema>;

export const TrackingNumberPatchSchema = Type.Object(
  { label: Type.Optional(LabelSchema), isShareable: Type.Optional(ShareableSchema) },
  { ...strict, minProperties: 1 },
);
export type TrackingNumberPatch = Static<typeof TrackingNumberPatchSchema>;

export const TrackingNumberParamsSchema = Type.Object({ id: IdSchema }, strict);
export const GrantParamsSchema = Type.Object({ id: IdSchema, userId: IdSchema }, strict);

export const GrantListSchema = Type.Object(
  {
    grants: Type.Array(
      Type.Object(
        {
          userId: IdSchema,
          email: Type.String(),
          name: Type.String(),
          grantedAt: TimeSchema,
          grantedBy: Type.String(),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type GrantListAnswer = Static<typeof GrantListSchema>;

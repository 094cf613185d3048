// What travels when it is set who may hear an account's recordings, and what that would change.
import { Type } from "typebox";
import type { Static } from "typebox";
import { ACCESS_MODES, WHITELIST_ENTRIES_MAX } from "../core/recordings/audio-policy.ts";
import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { AccountCodeSchema, NullableTimeSchema, strict } from "./value-schemas.ts";

const ModeSchema = Type.Enum(ACCESS_MODES, { description: "the guide's Access Control" });

export const AudioPolicySchema = Type.Object(
  {
    mode: ModeSchema,
    // How long a line may be is told with the number of the line, by the one reader of rules.
    whitelist: Type.Array(Type.String(), {
      maxItems: WHITELIST_ENTRIES_MAX * 2,
      description:
        "the IP whitelist, an entry a line: address, CIDR block or first-last; " +
        "empty lines are left out",
    }),
    onlyShareable: Type.Boolean({
      description: "the whitelist alone opens only numbers that are marked shareable",
    }),
  },
  strict,
);
export type AudioPolicyValue = Static<typeof AudioPolicySchema>;

export const AudioPolicyQuerySchema = Type.Object({ account: AccountCodeSchema }, strict);

export const AudioChangeQuerySchema = Type.Object(
  { account: AccountCodeSchema, ...CHANGE_SAFETY },
  strict,
);

export const AudioPolicyBodySchema = Type.Object(
  {
    value: AudioPolicySchema,
    version: Type.Optional(
      Type.Integer({ minimum: 0, description: "the one that was read; 412 when it has moved on" }),
    ),
    confirmWide: Type.Optional(
      Type.Boolean({ description: "entries wider than an IPv4 /8 or an IPv6 /16 are meant" }),
    ),
  },
  strict,
);

export const AudioPolicyAnswerSchema = Type.Object(
  {
    account: AccountCodeSchema,
    value: AudioPolicySchema,
    default: AudioPolicySchema,
    version: Type.Integer(),
    changedAt: NullableTimeSchema,
    changedBy: Type.Union([Type.String(), Type.Null()]),
    numbers: Type.Integer({ description: "tracking numbers of the account" }),
    shareableNumbers: Type.Integer(),
    recordings: Type.Integer(),
  },
  strict,
);
export type AudioPolicyAnswer = Static<typeof AudioPolicyAnswerSchema>;

export const AudioPreviewBodySchema = Type.Object({ value: AudioPolicySchema }, strict);

const PreviewedVisitorSchema = Type.Object(
  {
    email: Type.Union([Type.String(), Type.Null()], { description: "null: nobody signed in" }),
    address: Type.String(),
    number: Type.String(),
    requests: Type.Integer(),
    lastAt: Type.String({ format: "date-time" }),
    before: Type.String({ description: "the reason of today's decision" }),
    after: Type.String({ description: "the reason it would be decided for" }),
    isYou: Type.Boolean({ description: "whoever asks, or from their address" }),
  },
  strict,
);
export type PreviewedVisitor = Static<typeof PreviewedVisitorSchema>;

const PreviewedChangeSchema = Type.Object(
  {
    visitors: Type.Integer(),
    users: Type.Integer(),
    addresses: Type.Integer(),
    requests: Type.Integer(),
    examples: Type.Array(PreviewedVisitorSchema, { description: "the busiest, at most 20" }),
  },
  strict,
);

/** By the function that decides, over everybody who asked in the days before. */
export const AudioPreviewSchema = Type.Object(
  {
    days: Type.Integer(),
    visitors: Type.Integer(),
    lose: PreviewedChangeSchema,
    gain: PreviewedChangeSchema,
    isWhole: Type.Boolean({ description: "false: more asked than are kept" }),
  },
  strict,
);
export type AudioPreviewAnswer = Static<typeof AudioPreviewSchema>;

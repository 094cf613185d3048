// What travels about subscriptions: deny lists that others keep and the platform takes copies of.
import { Type } from "typebox";
import type { Static } from "typebox";
import { SUBSCRIPTION_BOUNDS, SUBSCRIPTION_FORMATS } from "../core/network/subscription.ts";
import { nameSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

const count = Type.Integer({ minimum: 0 });
const nullableText = Type.Union([Type.String(), Type.Null()]);

const NameSchema = nameSchema(SUBSCRIPTION_BOUNDS.nameLengthMax);
const SourceSchema = Type.String({
  minLength: 1,
  maxLength: SUBSCRIPTION_BOUNDS.sourceLengthMax,
  description:
    "an address that begins with https:// (http:// of this host only), or file: and the path of " +
    "a file in SUBSCRIPTION_DIR, such as file:lists/own.netset",
});
const FormatSchema = Type.Enum(SUBSCRIPTION_FORMATS, {
  description: "auto: told by the first lines of the copy",
});
const ModeSchema = Type.Enum(["off", "monitor", "enforce"]);
const IntervalSchema = Type.Integer({
  ...SUBSCRIPTION_BOUNDS.intervalSeconds,
  description: "how often the source is asked, in seconds",
});

/** INVARIANT: without a mode. Every new one begins in monitor. */
export const NewSubscriptionSchema = Type.Object(
  {
    name: NameSchema,
    source: SourceSchema,
    format: Type.Optional(FormatSchema),
    intervalSeconds: Type.Optional(IntervalSchema),
  },
  strict,
);
export type NewSubscription = Static<typeof NewSubscriptionSchema>;

export const SubscriptionChangeSchema = Type.Object(
  {
    name: Type.Optional(NameSchema),
    source: Type.Optional(SourceSchema),
    format: Type.Optional(FormatSchema),
    mode: Type.Optional(ModeSchema),
    intervalSeconds: Type.Optional(IntervalSchema),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: "The version that was read; 412 when it has another one by now",
      }),
    ),
  },
  { ...strict, minProperties: 1 },
);
export type SubscriptionChange = Static<typeof SubscriptionChangeSchema>;

export const TakeCopySchema = Type.Object(
  {
    contentHash: Type.String({
      pattern: "^[0-9a-f]{64}$",
      description: "`keptBack.contentHash` of the copy that was looked at",
    }),
  },
  strict,
);

/** A copy against the one before it. */
const DifferenceSchema = Type.Object(
  {
    added: count,
    removed: count,
    addedSamples: Type.Array(Type.String(), { description: "a few of the ranges" }),
    removedSamples: Type.Array(Type.String()),
    badLines: Type.Integer({ minimum: 0, description: "lines that could not be read" }),
    badLineSamples: Type.Array(Type.Object({ line: count, message: Type.String() }, strict)),
  },
  strict,
);

const KeptBackSchema = Type.Object(
  { readAt: TimeSchema, ranges: count, contentHash: Type.String(), difference: DifferenceSchema },
  strict,
);

export const SUBSCRIPTION_STATES = ["waiting", "loaded", "kept-back", "failed"] as const;

export const SubscriptionSchema = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    source: Type.String(),
    format: FormatSchema,
    mode: ModeSchema,
    intervalSeconds: Type.Integer(),
    version: Type.Integer({ description: "Grows with each change" }),
    createdAt: TimeSchema,
    createdBy: Type.String(),
    state: Type.Enum(SUBSCRIPTION_STATES, {
      description:
        "waiting: not read yet; kept-back: a new copy waits to be taken; failed: the last " +
        "attempt came to nothing, and the copy before it holds",
    }),
    triedAt: NullableTimeSchema,
    nextAt: TimeSchema,
    fault: nullableText,
    loadedAt: NullableTimeSchema,
    ranges: count,
    contentHash: nullableText,
    difference: Type.Union([DifferenceSchema, Type.Null()]),
    keptBack: Type.Union([KeptBackSchema, Type.Null()]),
  },
  strict,
);
export type SubscriptionAnswer = Static<typeof SubscriptionSchema>;

export const SubscriptionListSchema = Type.Object(
  { subscriptions: Type.Array(SubscriptionSchema) },
  strict,
);

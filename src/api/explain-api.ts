// What travels when a decision is explained before it is made.

import { Type } from "typebox";
import { ACCESS_MODES } from "../core/recordings/audio-policy.ts";
import { RECORDING_VERDICTS } from "../core/recordings/decide-recording.ts";
import { IdSchema } from "./value-schemas.ts";

const strict = { additionalProperties: false } as const;
const nullableText = Type.Union([Type.String(), Type.Null()]);

export const ExplainQuerySchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 128 }),
    surface: Type.Optional(
      Type.Union([
        Type.Literal("portal"),
        Type.Literal("api"),
        Type.Literal("sign-in"),
        Type.Literal("webchat"),
        Type.Literal("audio"),
      ]),
    ),
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    at: Type.Optional(Type.String({ description: "RFC 3339 time; default: now" })),
    recording: Type.Optional(IdSchema),
    user: Type.Optional(
      Type.String({ ...IdSchema, description: "who listens to the recording; default: nobody" }),
    ),
  },
  strict,
);

const StepSchema = Type.Object({
  step: Type.String(),
  layer: Type.String(),
  result: Type.String({
    description: "matched, not-matched, monitored, or not-applicable (which is never a pass)",
  }),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const ExplanationSchema = Type.Object({
  address: Type.String(),
  surface: Type.String(),
  account: nullableText,
  at: Type.String(),
  verdict: Type.Union([Type.Literal("pass"), Type.Literal("refuse")]),
  status: Type.Integer(),
  reason: Type.String(),
  monitored: nullableText,
  steps: Type.Array(StepSchema),
  wouldPassIf: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  country: Type.String(),
  network: Type.String({ description: "The range the country database knows the address by" }),
  countryDatabaseDate: nullableText,
  recording: Type.Union([
    Type.Null(),
    Type.Object({
      id: IdSchema,
      account: Type.String(),
      number: Type.String(),
      mode: Type.Enum(ACCESS_MODES),
      user: Type.Union([IdSchema, Type.Null()], { description: "null: nobody is signed in" }),
      verdict: Type.Union([Type.Enum(RECORDING_VERDICTS), Type.Null()], {
        description: "absent: answered as if there were none; null: the network rules refuse",
      }),
    }),
  ]),
});

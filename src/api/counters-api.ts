// What travels when somebody asks how far an address is from a limit.
import { Type } from "typebox";
import type { Static } from "typebox";
import { COUNTER_RULES } from "../core/network/read-counters.ts";
import { SURFACES } from "../core/network/surface.ts";
import { BanSchema } from "./entry-api.ts";

const strict = { additionalProperties: false } as const;
const nullableText = Type.Union([Type.String(), Type.Null()]);

export const CounterQuerySchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 128, description: "One address" }),
    account: Type.Optional(
      Type.String({ minLength: 1, maxLength: 32, description: "Code: its limits too" }),
    ),
  },
  strict,
);

const CounterSchema = Type.Object({
  rule: Type.Enum(COUNTER_RULES),
  layer: Type.Enum(["platform", "account"]),
  surface: Type.Union([Type.Enum(SURFACES), Type.Null()], {
    description: "null: on every surface",
  }),
  count: Type.Integer({ description: "Within the window; never more than max + 1" }),
  max: Type.Integer({ description: "One more is over the limit" }),
  windowSeconds: Type.Integer(),
  mode: Type.Enum(["off", "monitor", "enforce"]),
  ban: Type.Union([Type.Object({ endsAt: Type.String(), holds: Type.String() }), Type.Null()]),
});

export const CountersSchema = Type.Object({
  address: Type.String(),
  network: Type.String({ description: "What is counted: the IPv4 address, or the IPv6 prefix" }),
  account: nullableText,
  bans: Type.Array(BanSchema, {
    description:
      "In force for this address wherever the asker may see: of the platform and every account, " +
      "or of an admin's accounts; newest first",
  }),
  counters: Type.Array(CounterSchema),
});
export type CountersAnswer = Static<typeof CountersSchema>;

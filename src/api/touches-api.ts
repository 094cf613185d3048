// What travels about whom an entry would touch: who came from its range lately.

import { Type } from "typebox";
import type { Static } from "typebox";
import { IdSchema, strict, TimeSchema } from "./value-schemas.ts";

export const TouchesQuerySchema = Type.Object(
  {
    range: Type.String({
      minLength: 1,
      maxLength: 128,
      description: "One IPv4 or IPv6 address, a CIDR block, or first-last",
    }),
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  },
  strict,
);

export const TouchesSchema = Type.Object(
  {
    range: Type.String({ description: "canonical" }),
    since: TimeSchema,
    requests: Type.Integer(),
    addresses: Type.Integer({ description: "an IPv6 network counts once" }),
    accounts: Type.Array(Type.String(), { description: "codes of those that were asked for" }),
    users: Type.Object(
      {
        count: Type.Integer({ description: "who signed in from there, or has a session open" }),
        names: Type.Array(
          Type.Object({ id: IdSchema, name: Type.String(), email: Type.String() }, strict),
          { description: "at most ten of them" },
        ),
      },
      strict,
    ),
    sessions: Type.Integer({ description: "open, and last used from there" }),
    includesYou: Type.Boolean({ description: "Your own request came from there" }),
  },
  strict,
);
export type TouchesAnswer = Static<typeof TouchesSchema>;

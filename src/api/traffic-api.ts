// What travels when traffic that another server has logged is imported.
import { Type } from "typebox";
import type { Static } from "typebox";
import { SURFACES } from "../core/network/surface.ts";
import { AccountCodeSchema, NullableTimeSchema, strict } from "./value-schemas.ts";

export const TrafficImportQuerySchema = Type.Object(
  {
    account: Type.Optional(AccountCodeSchema),
    surface: Type.Optional(
      Type.Enum(SURFACES, {
        description: "what all lines are for; without it the configured routes tell by the path",
      }),
    ),
    host: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 260,
        description: "the host that was asked, which lines of the combined format do not tell",
      }),
    ),
    timeZone: Type.Optional(
      Type.String({
        pattern: "^[+-](0\\d|1[0-4]):[0-5]\\d$",
        description: "of times that name none, such as +01:00",
      }),
    ),
  },
  strict,
);
export type TrafficImportQuery = Static<typeof TrafficImportQuerySchema>;

const count = Type.Integer({ minimum: 0 });

export const TrafficImportAnswerSchema = Type.Object(
  {
    lines: Type.Integer({ minimum: 0, description: "that say something" }),
    requests: Type.Integer({ minimum: 0, description: "that were read and are young enough" }),
    added: Type.Integer({
      minimum: 0,
      description: "of them not known before, from this server's own record or another import",
    }),
    addresses: count,
    from: NullableTimeSchema,
    until: NullableTimeSchema,
    leftOut: Type.Object(
      {
        tooOld: Type.Integer({ minimum: 0, description: "older than a preview looks back" }),
        inFuture: count,
        noRequests: Type.Integer({
          minimum: 0,
          description: "what the other server answered without reading a request",
        }),
      },
      strict,
    ),
    badLines: Type.Object(
      {
        count,
        first: Type.Array(
          Type.Object({ line: Type.Integer({ minimum: 1 }), message: Type.String() }, strict),
          { description: "at most twenty" },
        ),
      },
      strict,
    ),
  },
  strict,
);
export type TrafficImportAnswer = Static<typeof TrafficImportAnswerSchema>;

// What travels about the traffic of a period and of this second: how much, from where, why refused.
import { Type } from "typebox";
import type { Static } from "typebox";
import { PERIODS } from "./journal-api.ts";
import { AccountCodeSchema, strict, TimeSchema } from "./value-schemas.ts";

const CountSchema = Type.Integer({ minimum: 0 });

/** `monitored` would have been refused, and passed; it is in neither of the two others. */
const verdictMembers = { passed: CountSchema, refused: CountSchema, monitored: CountSchema };

const CountryTrafficSchema = Type.Object(
  {
    country: Type.String({ description: "an ISO 3166-1 code, unknown, or private" }),
    requests: CountSchema,
    refused: CountSchema,
    monitored: CountSchema,
  },
  strict,
);
export type CountryTraffic = Static<typeof CountryTrafficSchema>;

const ReasonTrafficSchema = Type.Object(
  {
    reason: Type.String(),
    verdict: Type.Enum(["refuse", "monitor"]),
    requests: CountSchema,
    byAccounts: Type.Integer({
      minimum: 0,
      description: "how many of them by accounts' own rules; the others by the platform's",
    }),
  },
  strict,
);
export type ReasonTraffic = Static<typeof ReasonTrafficSchema>;

export const OverviewQuerySchema = Type.Object(
  {
    period: Type.Optional(Type.Enum(PERIODS, { default: "24h" })),
    account: Type.Optional(AccountCodeSchema),
  },
  strict,
);

export const LiveQuerySchema = Type.Object({ account: Type.Optional(AccountCodeSchema) }, strict);

/** How far a process has told what it decided, so that counts and ticks can be put together. */
const toldMembers = {
  node: Type.String({ description: "the process that answers, since its start" }),
  tick: Type.Integer({ minimum: 0 }),
};

export const OverviewSchema = Type.Object(
  {
    node: toldMembers.node,
    tick: Type.Integer({
      ...toldMembers.tick,
      description: "what `node` tells live up to this tick is in the counts, what comes after not",
    }),
    period: Type.Enum(PERIODS),
    from: TimeSchema,
    until: TimeSchema,
    bucketSeconds: Type.Integer({ description: "60, 900 or 7200, as the period is" }),
    totals: Type.Object({ requests: CountSchema, ...verdictMembers }, strict),
    timeline: Type.Array(Type.Object({ at: TimeSchema, ...verdictMembers }, strict), {
      description: "oldest first, also those with nothing in them; the last one is still running",
    }),
    countries: Type.Array(CountryTrafficSchema, { description: "most refused first" }),
    reasons: Type.Array(ReasonTrafficSchema, { description: "most requests first" }),
    bansMade: Type.Array(
      Type.Object(
        {
          cause: Type.String(),
          bans: CountSchema,
          byAccounts: Type.Integer({
            minimum: 0,
            description: "how many of them by accounts' own rules; the others by the platform's",
          }),
        },
        strict,
      ),
      { description: "most bans first" },
    ),
  },
  strict,
);
export type OverviewAnswer = Static<typeof OverviewSchema>;

/** The data of an event `traffic`: what this node decided since the one before. */
export const LiveTrafficSchema = Type.Object(
  {
    at: TimeSchema,
    ...toldMembers,
    seconds: Type.Integer({ minimum: 1, description: "the time it counts" }),
    ...verdictMembers,
    countries: Type.Array(CountryTrafficSchema),
    reasons: Type.Array(ReasonTrafficSchema),
  },
  strict,
);
export type LiveTraffic = Static<typeof LiveTrafficSchema>;

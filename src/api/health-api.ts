// What travels about how this installation is: each part of it, in words for a person, and nodes.
import { Type } from "typebox";
import type { Static } from "typebox";
import { strict, TimeSchema } from "./value-schemas.ts";

/** `attention`: the gate decides as it should, but somebody has to look at it. */
export const HEALTH_STATES = ["ok", "attention", "failing"] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

const HEALTH_CHECKS = [
  "store",
  "country-database",
  "subscriptions",
  "mail",
  "nodes",
  "journal",
  "sending",
  "bans",
  "keys",
  "alarms",
] as const;

const FactSchema = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

const HealthCheckSchema = Type.Object(
  {
    name: Type.Enum(HEALTH_CHECKS),
    state: Type.Enum(HEALTH_STATES),
    summary: Type.String({ description: "one sentence; when it is not ok, with what to do" }),
    facts: Type.Record(Type.String(), FactSchema, {
      description: "what it was judged by; units are in the names",
    }),
  },
  strict,
);
export type HealthCheck = Static<typeof HealthCheckSchema>;

const NodeSchema = Type.Object(
  {
    id: Type.String({ description: "of one run of one process" }),
    name: Type.String({ description: "of the machine it runs on" }),
    version: Type.String(),
    startedAt: TimeSchema,
    seenAt: TimeSchema,
    isThis: Type.Boolean({ description: "it gave this answer" }),
    isLost: Type.Boolean({
      description: "not heard of for 20 seconds, and it did not say goodbye",
    }),
  },
  strict,
);

export const HealthSchema = Type.Object(
  {
    status: Type.Enum(HEALTH_STATES, { description: "the worst of the checks" }),
    version: Type.String(),
    startedAt: TimeSchema,
    checks: Type.Array(HealthCheckSchema, { description: "each once, always in the same order" }),
    nodes: Type.Array(NodeSchema, { description: "the one that answers first" }),
  },
  strict,
);
export type HealthAnswer = Static<typeof HealthSchema>;

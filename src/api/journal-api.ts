// What travels about security events and decisions.
import { Type } from "typebox";
import type { Static } from "typebox";
import type { RequestReason } from "../core/gate/decide-request.ts";
import { SURFACES } from "../core/network/surface.ts";

const strict = { additionalProperties: false } as const;

/** What people look for together. */
export const EVENT_GROUPS = [
  "refusals",
  "sign-ins",
  "bans",
  "changes",
  "recordings",
  "alarms",
] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

/** Every kind of event with its group. */
export const GROUP_OF_KIND = {
  decision: "refusals",
  ban: "bans",
  "ban-changed": "bans",
  release: "bans",
  alarm: "alarms",
  offence: "bans",
  "policy-changed": "changes",
  "change-confirmed": "changes",
  "entries-changed": "changes",
  "account-created": "changes",
  "account-changed": "changes",
  "account-deleted": "changes",
  "user-created": "changes",
  "user-changed": "changes",
  "user-deleted": "changes",
  "membership-changed": "changes",
  "tracking-number-changed": "changes",
  "grant-changed": "changes",
  "identity-policy-changed": "changes",
  "setup-completed": "changes",
  "sign-in": "sign-ins",
  "sign-in-refused": "sign-ins",
  "sign-out": "sign-ins",
  "session-ended": "sign-ins",
  lockout: "sign-ins",
  "lockout-released": "sign-ins",
  "password-changed": "sign-ins",
  "password-reset-sent": "sign-ins",
  "password-reset": "sign-ins",
  "browser-forgotten": "sign-ins",
  "sign-in-begun": "sign-ins",
  "second-factor-refused": "sign-ins",
  "second-factor-locked": "sign-ins",
  "second-factor-changed": "sign-ins",
  "browser-trusted": "sign-ins",
  "browser-distrusted": "sign-ins",
  "provider-created": "changes",
  "provider-changed": "changes",
  "provider-deleted": "changes",
  "provider-failed": "alarms",
  "connection-made": "sign-ins",
  "connection-removed": "sign-ins",
  "password-removed": "sign-ins",
  "audio-policy-changed": "changes",
  "recording-added": "recordings",
  "recording-deleted": "recordings",
  "recording-played": "recordings",
  "recording-damaged": "recordings",
  "key-rotated": "changes",
  "mail-failed": "alarms",
  "webhook-created": "changes",
  "webhook-changed": "changes",
  "webhook-deleted": "changes",
  "token-created": "changes",
  "token-revoked": "changes",
  "country-database-changed": "changes",
  "subscription-changed": "changes",
  "store-restored": "changes",
  "traffic-imported": "changes",
} as const satisfies Readonly<Record<string, EventGroup>>;
export type EventKind = keyof typeof GROUP_OF_KIND;
export const EVENT_KINDS = Object.keys(GROUP_OF_KIND) as readonly EventKind[];

/** The kinds of events that belong to a group. */
export function kindsOfGroup(group: EventGroup): readonly EventKind[] {
  return EVENT_KINDS.filter((kind) => GROUP_OF_KIND[kind] === group);
}

/** `monitor`: it would have been refused, and passed. Only those two are kept one by one. */
export const VERDICTS = ["pass", "refuse", "monitor"] as const;
export type Verdict = (typeof VERDICTS)[number];

const REASON_SET: Readonly<Record<RequestReason, true>> = {
  "on-allow-list": true,
  "on-deny-list": true,
  "on-subscribed-list": true,
  banned: true,
  "over-hard-limit": true,
  "country-denied": true,
  "over-webchat-limit": true,
  "over-rate-limit": true,
  "no-rule-matched": true,
  "client-address-unresolvable": true,
  "request-malformed": true,
  "facts-unavailable": true,
  "session-missing": true,
  "role-missing": true,
  "half-sign-in-ended": true,
  "session-idle": true,
  "sign-in-unfinished": true,
  "user-disabled": true,
  "user-locked": true,
  "user-dormant": true,
  "password-missing": true,
  "password-expired": true,
  "password-must-change": true,
  "address-not-whitelisted": true,
  "number-not-shareable": true,
  "recording-unknown": true,
  "account-not-theirs": true,
  "number-not-granted": true,
};
/** Every reason a request is decided for; the compiler holds it complete. */
const REASONS = Object.keys(REASON_SET) as readonly RequestReason[];

const nullableText = Type.Union([Type.String(), Type.Null()]);
const timeSchema = Type.String({ format: "date-time" });
const DetailSchema = Type.Record(Type.String(), Type.Unknown(), {
  description: "Facts of this kind of event, by name; units are in the names",
});

const eventMembers = {
  id: Type.String({ description: "For a decision: the id the visitor was shown" }),
  kind: Type.Enum([...EVENT_KINDS]),
  firstAt: timeSchema,
  lastAt: timeSchema,
  count: Type.Integer({ description: "How many times within a minute" }),
  owner: Type.String({ description: "platform, or the account whose policy it was" }),
  address: nullableText,
  surface: nullableText,
  account: nullableText,
  country: nullableText,
  verdict: nullableText,
  status: Type.Union([Type.Integer(), Type.Null()]),
  reason: nullableText,
  actor: nullableText,
  userId: nullableText,
  detail: DetailSchema,
};

export const EventSchema = Type.Object(eventMembers, strict);
export type EventAnswer = Static<typeof EventSchema>;

const StepSchema = Type.Object(
  {
    step: Type.String(),
    layer: Type.Enum(["request", "platform", "account"]),
    result: Type.Enum(["matched", "not-matched", "not-applicable", "monitored"]),
    detail: Type.Optional(DetailSchema),
  },
  strict,
);

export const DecisionSchema = Type.Object(
  {
    ...eventMembers,
    steps: Type.Array(StepSchema, { description: "As they were at that moment, in order" }),
  },
  strict,
);
export type DecisionAnswer = Static<typeof DecisionSchema>;

export const EventListSchema = Type.Object(
  {
    events: Type.Array(EventSchema),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "`after` for the events before these; null at the end",
    }),
  },
  strict,
);

const filterMembers = {
  kind: Type.Optional(Type.Enum([...EVENT_KINDS])),
  group: Type.Optional(Type.Enum(EVENT_GROUPS)),
  verdict: Type.Optional(Type.Enum(VERDICTS)),
  reason: Type.Optional(Type.Enum([...REASONS])),
  surface: Type.Optional(Type.Enum(SURFACES)),
  account: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 32,
      pattern: "^[a-z0-9-]*$",
      description: "an account's code",
    }),
  ),
  user: Type.Optional(
    Type.String({
      pattern: "^[a-z2-7]{20}$",
      description: "a user's id: 20 letters a-z and digits 2-7",
    }),
  ),
  address: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      description: "one address, a CIDR block, or first-last",
    }),
  ),
  country: Type.Optional(
    Type.String({
      pattern: "^([A-Z]{2}|unknown|private)$",
      description: "an ISO 3166-1 code such as NL, or unknown, or private",
    }),
  ),
};

/** How far back somebody looks. */
export const PERIODS = ["1h", "24h", "7d"] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_SECONDS: Readonly<Record<Period, number>> = {
  "1h": 3_600,
  "24h": 86_400,
  "7d": 604_800,
};

const periodMembers = {
  period: Type.Optional(
    Type.Enum(PERIODS, { description: "the last so long, in place of since and until" }),
  ),
  since: Type.Optional(timeSchema),
  until: Type.Optional(timeSchema),
};

export const TailQuerySchema = Type.Object(filterMembers, strict);
export type TailQuery = Static<typeof TailQuerySchema>;

export const EventQuerySchema = Type.Object(
  {
    ...filterMembers,
    ...periodMembers,
    after: Type.Optional(
      Type.String({ maxLength: 100, description: "`next` of the answer before" }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  strict,
);
export type EventQuery = Static<typeof EventQuerySchema>;

export const EVENT_EXPORT_FORMATS = ["csv", "ndjson"] as const;

export const EventExportQuerySchema = Type.Object(
  {
    ...filterMembers,
    ...periodMembers,
    format: Type.Enum(EVENT_EXPORT_FORMATS),
  },
  strict,
);
export type EventExportQuery = Static<typeof EventExportQuerySchema>;

export const DecisionParamsSchema = Type.Object(
  {
    id: Type.String({
      pattern: "^[a-z2-7]{20}$",
      description: "the decision id from the page or the X-Postern-Decision header",
    }),
  },
  strict,
);

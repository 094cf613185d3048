// What travels about webhooks: whom events are sent to, what became of it, and of syslog.
import { Type } from "typebox";
import type { Static } from "typebox";
import { EVENT_GROUPS } from "./journal-api.ts";
import { IdSchema, nameSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

export const WEBHOOK_BOUNDS = {
  /** Of the platform. */
  webhooks: 20,
  nameLength: 100,
  urlLength: 2_000,
  /** Events that wait for one webhook; more are dropped, and counted. */
  waiting: 10_000,
} as const;

/** `paused`: it failed, and is tried again; `off`: by a person, or after three days of failures. */
const WEBHOOK_STATES = ["sending", "paused", "off"] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

const UrlSchema = Type.String({
  minLength: 1,
  maxLength: WEBHOOK_BOUNDS.urlLength,
  description: "an https address, or http on this machine such as http://127.0.0.1:9000/events",
});
const GroupsSchema = Type.Array(Type.Enum(EVENT_GROUPS), {
  minItems: 1,
  maxItems: EVENT_GROUPS.length,
  uniqueItems: true,
  description: "which events are sent, by group",
});
const CountSchema = Type.Integer({ minimum: 0 });
const NullableTextSchema = Type.Union([Type.String(), Type.Null()]);

const webhook = {
  id: IdSchema,
  name: Type.String(),
  url: Type.String(),
  groups: Type.Array(Type.Enum(EVENT_GROUPS)),
  state: Type.Enum(WEBHOOK_STATES),
  isOn: Type.Boolean(),
  waiting: Type.Integer({ minimum: 0, description: "events that have still to be sent" }),
  lost: Type.Integer({
    minimum: 0,
    description: "events that were not sent: too many waited, a day went by, or it was off",
  }),
  deliveredAt: NullableTimeSchema,
  failingSince: NullableTimeSchema,
  nextAttemptAt: NullableTimeSchema,
  failures: Type.Integer({ minimum: 0, description: "attempts since the last that succeeded" }),
  fault: Type.Union([Type.String(), Type.Null()], {
    description: "what became of the last attempt that failed, or why it is off",
  }),
  version: Type.Integer(),
  createdAt: TimeSchema,
  createdBy: Type.String(),
};
export const WebhookSchema = Type.Object(webhook, strict);
export type WebhookAnswer = Static<typeof WebhookSchema>;

const SyslogSchema = Type.Object(
  {
    url: Type.String({ description: "where SYSLOG_URL sends to" }),
    isConnected: Type.Boolean({ description: "always true for UDP, which tells nothing" }),
    sent: Type.Integer({ minimum: 0, description: "messages of this node since its start" }),
    waiting: CountSchema,
    lost: Type.Integer({ minimum: 0, description: "messages that found no room in memory" }),
    fault: NullableTextSchema,
  },
  strict,
);
export type SyslogAnswer = Static<typeof SyslogSchema>;

export const WebhookListSchema = Type.Object(
  {
    webhooks: Type.Array(WebhookSchema),
    syslog: Type.Union([SyslogSchema, Type.Null()], {
      description: "of this node; null: SYSLOG_URL is not set",
    }),
  },
  strict,
);
export type WebhookListAnswer = Static<typeof WebhookListSchema>;

export const WebhookParamsSchema = Type.Object({ id: IdSchema }, strict);

export const NewWebhookBodySchema = Type.Object(
  { name: nameSchema(WEBHOOK_BOUNDS.nameLength), url: UrlSchema, groups: GroupsSchema },
  strict,
);
export type NewWebhookBody = Static<typeof NewWebhookBodySchema>;

export const WebhookPatchSchema = Type.Object(
  {
    name: Type.Optional(nameSchema(WEBHOOK_BOUNDS.nameLength)),
    url: Type.Optional(UrlSchema),
    groups: Type.Optional(GroupsSchema),
    isOn: Type.Optional(
      Type.Boolean({ description: "false: nothing is sent, and what waits is dropped" }),
    ),
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "the version that was read; refused if it moved on",
      }),
    ),
  },
  { ...strict, minProperties: 1 },
);
export type WebhookPatch = Static<typeof WebhookPatchSchema>;

const SecretSchema = Type.String({
  description: "what the receiver checks signatures with; it is shown this once",
});
export const NewWebhookSchema = Type.Object({ ...webhook, secret: SecretSchema }, strict);
export type NewWebhookAnswer = Static<typeof NewWebhookSchema>;
export const WebhookSecretSchema = Type.Object({ secret: SecretSchema }, strict);

export const DeletedWebhookSchema = Type.Object(
  { dropped: Type.Integer({ minimum: 0, description: "events that waited for it" }) },
  strict,
);
export type DeletedWebhookAnswer = Static<typeof DeletedWebhookSchema>;

export const WebhookTestSchema = Type.Object(
  {
    isGood: Type.Boolean(),
    status: Type.Union([Type.Integer(), Type.Null()], {
      description: "the receiver's; null: it did not answer",
    }),
    fault: NullableTextSchema,
    milliseconds: CountSchema,
  },
  strict,
);
export type WebhookTestAnswer = Static<typeof WebhookTestSchema>;

/** What a receiver gets as JSON, by the form of Standard Webhooks; `data` is an event's answer. */
export type WebhookMessage = {
  /** `bans.ban_changed`: group and kind; `test` for a test. */
  readonly type: string;
  /** ISO 8601: when it last happened. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
};

// What travels about mails that wait, were sent or failed; for operators.
import { Type } from "typebox";
import type { Static } from "typebox";
import { EmailSchema, IdSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

export const MAIL_KINDS = [
  "password-reset",
  "invitation",
  "password-changed",
  "email-changed",
  "lockout",
  "second-factor-code",
  "second-factor-changed",
  "second-factor-locked",
  "connection-changed",
  "password-removed",
  "missed-call",
  "test",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export const MailSchema = Type.Object(
  {
    id: IdSchema,
    kind: Type.Enum(MAIL_KINDS),
    to: Type.String(),
    state: Type.Enum(["waiting", "sent", "failed"] as const),
    createdAt: TimeSchema,
    sentAt: NullableTimeSchema,
    nextAttemptAt: NullableTimeSchema,
    attempts: Type.Integer(),
    lastError: Type.Union([Type.String(), Type.Null()]),
  },
  strict,
);

export type MailAnswer = Static<typeof MailSchema>;

export const MailParamsSchema = Type.Object({ id: IdSchema }, strict);

export const TestMailSchema = Type.Object(
  { to: Type.Optional(EmailSchema) },
  { ...strict, description: "without `to` it goes to the operator who asks" },
);

export const MailStatusSchema = Type.Object(
  {
    transport: Type.Enum(["smtp", "outbox"] as const, {
      description: "outbox: no SMTP_URL is set, mails are files in DATA_DIR/outbox",
    }),
    outboxDirectory: Type.Union([Type.String(), Type.Null()]),
    from: Type.String(),
    waiting: Type.Integer(),
    failed: Type.Integer(),
    mails: Type.Array(MailSchema, { description: "the newest hundred" }),
  },
  strict,
);
export type MailStatusAnswer = Static<typeof MailStatusSchema>;

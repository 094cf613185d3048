// What travels about the audit: what administrators did, and whether its chain is whole.
import { Type } from "typebox";
import type { Static } from "typebox";
import { EVENT_KINDS } from "./journal-api.ts";
import { IdSchema, NextSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

const nullableText = Type.Union([Type.String(), Type.Null()]);
const NumberSchema = Type.Integer({
  description: "its place in the chain, from 1; no other was written by Postern",
});
const HashSchema = Type.String({ description: "SHA-256 as 64 hexadecimal digits" });

const AuditEntrySchema = Type.Object(
  {
    number: NumberSchema,
    eventId: Type.String({ description: "the event in the journal, as long as that is kept" }),
    at: TimeSchema,
    kind: Type.Enum([...EVENT_KINDS]),
    owner: Type.String({ description: "platform, or the account whose policy it was" }),
    account: nullableText,
    userId: nullableText,
    actor: nullableText,
    address: nullableText,
    reason: nullableText,
    detail: Type.Record(Type.String(), Type.Unknown(), {
      description: "Facts of this kind of event, by name; units are in the names",
    }),
    previousHash: Type.String({ description: "of the entry before; empty for the first" }),
    hash: HashSchema,
  },
  strict,
);
export type AuditEntryAnswer = Static<typeof AuditEntrySchema>;

export const AuditListSchema = Type.Object(
  { entries: Type.Array(AuditEntrySchema), next: NextSchema },
  strict,
);
export type AuditListAnswer = Static<typeof AuditListSchema>;

export const AuditQuerySchema = Type.Object(
  {
    since: Type.Optional(TimeSchema),
    until: Type.Optional(TimeSchema),
    kind: Type.Optional(Type.Enum([...EVENT_KINDS])),
    actor: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: "part of who did it: an e-mail address, an id, a token's name, host shell",
      }),
    ),
    user: Type.Optional(IdSchema),
    after: Type.Optional(
      Type.String({
        pattern: "^-?[0-9]{1,15}$",
        description: "`next` of the answer before, unchanged",
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  strict,
);
export type AuditQuery = Static<typeof AuditQuerySchema>;

/** What can be wrong with a chain, at one spot. */
export const AUDIT_FLAWS = [
  "missing",
  "changed",
  "reordered",
  "cut-off",
  "before-first",
  "beyond-head",
  "differs-from-anchor",
  "anchor-unreadable",
] as const;
export type AuditFlaw = (typeof AUDIT_FLAWS)[number];

const AuditProblemSchema = Type.Object(
  {
    flaw: Type.Enum(AUDIT_FLAWS),
    number: Type.Integer({ minimum: 0, description: "the first entry that is not as it was" }),
    at: NullableTimeSchema,
    message: Type.String({ description: "what is wrong there, in a sentence" }),
  },
  strict,
);
export type AuditProblem = Static<typeof AuditProblemSchema>;

export const AuditCheckSchema = Type.Object(
  {
    isIntact: Type.Boolean(),
    entries: Type.Integer({ minimum: 0, description: "how many were found whole, from the first" }),
    head: Type.String({ description: "hash of the last entry; empty: there is none" }),
    anchors: Type.Integer({ minimum: 0, description: "lines of audit-anchors compared with it" }),
    problem: Type.Union([AuditProblemSchema, Type.Null()]),
  },
  strict,
);
export type AuditCheckAnswer = Static<typeof AuditCheckSchema>;

// What travels about address lists: entries, imports, exports and bans.

import { Type } from "typebox";
import type { Static } from "typebox";
import { ListActionSchema } from "./policy-api.ts";

const strict = { additionalProperties: false } as const;
const Account = Type.String({ minLength: 1, maxLength: 32, description: "Account code" });
const Expiry = Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
  description: "RFC 3339 time, or null for no end",
});
const nullableText = Type.Union([Type.String(), Type.Null()]);

export const NOTE_LENGTH_MAX = 500;
/** One line of text: control characters are no note, and one of them no store keeps. */
export const NOTE_PATTERN = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
const NoteSchema = Type.String({
  maxLength: NOTE_LENGTH_MAX,
  pattern: NOTE_PATTERN,
  description: "one line of text without control characters",
});

export const NewEntrySchema = Type.Object(
  {
    range: Type.Unknown({
      description: "One IPv4 or IPv6 address, a CIDR block, or first-last",
    }),
    action: ListActionSchema,
    note: Type.Optional(NoteSchema),
    expiresAt: Type.Optional(Expiry),
    account: Type.Optional(Account),
    confirmWide: Type.Optional(
      Type.Boolean({ description: "Needed for ranges over /8 (IPv4) or /16 (IPv6)" }),
    ),
  },
  strict,
);

export const EntryChangeSchema = Type.Object(
  {
    action: Type.Optional(ListActionSchema),
    note: Type.Optional(NoteSchema),
    expiresAt: Type.Optional(Expiry),
  },
  { ...strict, minProperties: 1 },
);

export const EntrySchema = Type.Object({
  id: Type.Integer(),
  range: Type.String(),
  action: ListActionSchema,
  origin: Type.Union([Type.Literal("manual"), Type.Literal("automatic")]),
  account: nullableText,
  note: Type.String(),
  author: Type.String(),
  createdAt: Type.String(),
  expiresAt: nullableText,
});
export type EntryAnswer = Static<typeof EntrySchema>;

export const SavedEntrySchema = Type.Object({
  entry: EntrySchema,
  warnings: Type.Array(Type.String()),
});

export const EntryQuerySchema = Type.Object(
  {
    account: Type.Optional(Account),
    action: Type.Optional(ListActionSchema),
    covering: Type.Optional(Type.String({ maxLength: 128 })),
    search: Type.Optional(
      Type.String({ maxLength: 128, pattern: NOTE_PATTERN, description: "Part of a note" }),
    ),
    after: Type.Optional(Type.Integer({ minimum: 0, description: "The last answer's `next`" })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  strict,
);

export const EntryListSchema = Type.Object({
  entries: Type.Array(EntrySchema),
  total: Type.Integer(),
  next: Type.Union([Type.Integer(), Type.Null()]),
});

export const IdParamsSchema = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict);

export const BatchDeleteSchema = Type.Object(
  { ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10_000 }) },
  strict,
);

export const FORMATS = ["text", "csv", "ndjson"] as const;
const FormatSchema = Type.Union([
  Type.Literal("text"),
  Type.Literal("csv"),
  Type.Literal("ndjson"),
]);

export const ImportQuerySchema = Type.Object(
  {
    format: Type.Optional(FormatSchema),
    action: Type.Optional(ListActionSchema),
    account: Type.Optional(Account),
    confirmWide: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type ImportQuery = Static<typeof ImportQuerySchema>;

export const ImportAnswerSchema = Type.Object({
  added: Type.Integer(),
  unchanged: Type.Integer(),
  warnings: Type.Array(Type.String()),
});
export type ImportAnswer = Static<typeof ImportAnswerSchema>;

export const ExportQuerySchema = Type.Object(
  {
    format: Type.Optional(FormatSchema),
    action: Type.Optional(ListActionSchema),
    account: Type.Optional(Account),
  },
  strict,
);

export const BanSchema = Type.Object({
  id: Type.Integer(),
  range: Type.String(),
  account: nullableText,
  holds: Type.String({ description: "everywhere, or the surface it holds on" }),
  cause: Type.String(),
  note: Type.String(),
  decision: nullableText,
  createdAt: Type.String(),
  endsAt: Type.String(),
  releasedAt: nullableText,
  releasedBy: nullableText,
});
export type BanAnswer = Static<typeof BanSchema>;

export const BanQuerySchema = Type.Object(
  {
    account: Type.Optional(Account),
    covering: Type.Optional(Type.String({ maxLength: 128 })),
    ended: Type.Optional(Type.Boolean({ description: "Also bans that have ended" })),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  strict,
);

export const BanListSchema = Type.Object({
  bans: Type.Array(BanSchema),
  next: Type.Union([Type.Integer(), Type.Null()]),
});

export const BanChangeSchema = Type.Object(
  {
    endsAt: Type.Optional(Type.String({ format: "date-time" })),
    note: Type.Optional(NoteSchema),
  },
  { ...strict, minProperties: 1 },
);

export const ReleaseAddressSchema = Type.Object(
  { address: Type.String({ minLength: 1, maxLength: 128 }) },
  strict,
);
export const ReleasedSchema = Type.Object({ released: Type.Array(BanSchema) });

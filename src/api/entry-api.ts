// What travels about address lists: entries, imports, exports and bans.

import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { Type } from "typebox";
import type { Static } from "typebox";
import { NOTE_LENGTH_MAX, NOTE_PATTERN } from "../core/network/entry-note.ts";
import { ListActionSchema } from "./policy-api.ts";

const strict = { additionalProperties: false } as const;
const Account = Type.String({ minLength: 1, maxLength: 32, description: "Account code" });
const Expiry = Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
  description: "RFC 3339 time, or null for no end",
});
const nullableText = Type.Union([Type.String(), Type.Null()]);

const NoteSchema = Type.String({
  maxLength: NOTE_LENGTH_MAX,
  pattern: NOTE_PATTERN,
  description: "one line of text without control characters",
});

const Range = Type.Unknown({
  description: "One IPv4 or IPv6 address, a CIDR block, or first-last",
});
const ConfirmWide = Type.Boolean({
  description: "Needed for ranges over /8 (IPv4) or /16 (IPv6)",
});

export const NewEntrySchema = Type.Object(
  {
    range: Range,
    action: ListActionSchema,
    note: Type.Optional(NoteSchema),
    expiresAt: Type.Optional(Expiry),
    account: Type.Optional(Account),
    confirmWide: Type.Optional(ConfirmWide),
  },
  strict,
);

export const EntryChangeSchema = Type.Object(
  {
    range: Type.Optional(Range),
    action: Type.Optional(ListActionSchema),
    note: Type.Optional(NoteSchema),
    expiresAt: Type.Optional(Expiry),
    confirmWide: Type.Optional(ConfirmWide),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: "The version that was read; 412 with the entry as it is now otherwise",
      }),
    ),
  },
  { ...strict, minProperties: 1 },
);
export type EntryChange = Static<typeof EntryChangeSchema>;

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
  version: Type.Integer({ description: "Grows with each change" }),
});
export type EntryAnswer = Static<typeof EntrySchema>;

export const SavedEntrySchema = Type.Object({
  entry: EntrySchema,
  warnings: Type.Array(Type.String()),
});

export const ENTRY_SORTS = ["address", "newest"] as const;
export type EntrySort = (typeof ENTRY_SORTS)[number];

export const EntryQuerySchema = Type.Object(
  {
    account: Type.Optional(Account),
    action: Type.Optional(ListActionSchema),
    covering: Type.Optional(
      Type.String({
        maxLength: 128,
        description:
          "An address, CIDR block or first-last: every entry that holds all of it, the most " +
          "specific first",
      }),
    ),
    search: Type.Optional(
      Type.String({
        maxLength: 128,
        pattern: NOTE_PATTERN,
        description:
          "An address (what covers it), a range or the beginning of an address such as " +
          "203.0.113. or 2001:db8: (what overlaps it: what reaches into it from " +
          "before, then what begins in it), or else part of a note, whatever the case of " +
          "its ASCII letters",
      }),
    ),
    sort: Type.Optional(
      Type.Enum(ENTRY_SORTS, {
        default: "address",
        description: "by the first address, IPv4 before IPv6; or what was added last first",
      }),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 32, default: 0 })),
    after: Type.Optional(
      Type.Integer({ minimum: 0, description: "By id instead: the last answer's `next`" }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  strict,
);
export type EntryQuery = Static<typeof EntryQuerySchema>;

export const EntryListSchema = Type.Object({
  entries: Type.Array(EntrySchema),
  total: Type.Integer({ description: "how many there are of this question on all pages" }),
  next: Type.Union([Type.Integer(), Type.Null()], {
    description: "for `after`; null: there is no more, or `offset` was asked",
  }),
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
    ...CHANGE_SAFETY,
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
    covering: Type.Optional(
      Type.String({
        maxLength: 128,
        description: "An address, CIDR block or first-last: bans that hold for all of it",
      }),
    ),
    overlapping: Type.Optional(
      Type.String({
        maxLength: 128,
        description: "An address, CIDR block or first-last: bans that hold for any of it",
      }),
    ),
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

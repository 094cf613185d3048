// What travels about the history of the rules: each change a revision, and going back to one.
import { Type } from "typebox";
import type { Static } from "typebox";
import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { ListActionSchema } from "./policy-api.ts";
import { ProposedChangeSchema } from "./proposed-change-api.ts";
import { AccountCodeSchema, NullableTimeSchema, strict, TimeSchema } from "./value-schemas.ts";

/** By which way a change came; closed, the words are the console's. */
export const CHANGE_WAYS = [
  "console",
  "token",
  "host-shell",
  "restore",
  "policy-file",
  "subscription",
  "went-back",
  "system",
] as const;
export type ChangeWay = (typeof CHANGE_WAYS)[number];

/** Subject of a revision of an address list; of a section it is the section's name. */
export const ENTRIES_SUBJECT = "entries";

const NumberSchema = Type.Integer({ minimum: 1, description: "a revision's number" });

export const RevisionQuerySchema = Type.Object(
  {
    account: Type.Optional(
      Type.String({ ...AccountCodeSchema, description: "only this account's; without: all" }),
    ),
    layer: Type.Optional(
      Type.Literal("platform", { description: "only the platform's; not with an account" }),
    ),
    subject: Type.Optional(
      Type.String({ pattern: "^[a-z-]{1,64}$", description: "a section's name, or entries" }),
    ),
    before: Type.Optional(NumberSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  strict,
);

const members = {
  number: NumberSchema,
  changeId: Type.String({ description: "one for everything changed in one step" }),
  at: TimeSchema,
  subject: Type.String(),
  account: Type.Union([Type.String(), Type.Null()], { description: "null: the platform" }),
  way: Type.Enum(CHANGE_WAYS),
  actor: Type.String(),
  address: Type.Union([Type.String(), Type.Null()], {
    description: "from where; told to operators",
  }),
  entries: Type.Integer({ description: "how many entries it changed" }),
  restores: Type.Union([NumberSchema, Type.Null()], { description: "what it went back to" }),
  overrode: Type.Union([Type.String(), Type.Null()], {
    description: "what the guard against lock-outs would have refused",
  }),
};

export const RevisionSchema = Type.Object(members, strict);
export type RevisionAnswer = Static<typeof RevisionSchema>;

export const RevisionListSchema = Type.Object(
  {
    revisions: Type.Array(RevisionSchema),
    next: Type.Union([NumberSchema, Type.Null()], { description: "`before` of the next page" }),
  },
  strict,
);

const ScalarSchema = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

const RevisedStateSchema = Type.Union([
  Type.Object(
    { action: ListActionSchema, note: Type.String(), expiresAt: NullableTimeSchema },
    strict,
  ),
  Type.Null(),
]);

export const REVISED_ENTRIES_SHOWN = 100;

export const RevisionDetailSchema = Type.Object(
  {
    ...members,
    values: Type.Array(
      Type.Object({ path: Type.String(), before: ScalarSchema, after: ScalarSchema }, strict),
    ),
    lists: Type.Array(
      Type.Object(
        {
          path: Type.String(),
          added: Type.Array(Type.String()),
          removed: Type.Array(Type.String()),
        },
        strict,
      ),
    ),
    firstEntries: Type.Array(
      Type.Object(
        { range: Type.String(), before: RevisedStateSchema, after: RevisedStateSchema },
        strict,
      ),
      { description: `the first ${REVISED_ENTRIES_SHOWN} entries that it changed` },
    ),
    diff: Type.String({
      description: "unified, of the section as YAML; empty for entries, and for very long ones",
    }),
  },
  strict,
);
export type RevisionDetail = Static<typeof RevisionDetailSchema>;

export const RevisionParamsSchema = Type.Object({ number: NumberSchema }, strict);

const to = Type.Enum(["before", "after"], {
  description: "as it was before that change (takes it back), or after it",
});
export const RestoreQuerySchema = Type.Object({ to, ...CHANGE_SAFETY }, strict);
export const RestoredStateQuerySchema = Type.Object({ to }, strict);
export type RestoredState = Static<typeof RestoredStateQuerySchema>["to"];

/** Empty: nothing is other than it was then. */
export const RestoreChangesSchema = Type.Object(
  { changes: Type.Array(ProposedChangeSchema) },
  strict,
);

export const RestoredSchema = Type.Object(
  {
    revisions: Type.Array(NumberSchema, {
      description: "that were made; empty: nothing was other than it was then",
    }),
  },
  strict,
);

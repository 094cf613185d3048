// What travels about changes that are in force until a time unless somebody confirms them.
import { Type } from "typebox";
import type { Static } from "typebox";
import { strict, TimeSchema } from "./value-schemas.ts";

/** Header of the answer to whoever changed rules: the change's id in the history. */
export const CHANGE_HEADER = "postern-change";

const nullableText = Type.Union([Type.String(), Type.Null()]);

export const UnconfirmedParamsSchema = Type.Object(
  {
    changeId: Type.String({
      pattern: "^[a-z2-7]{20}$",
      description: "a change's id: 20 letters a-z and digits 2-7",
    }),
  },
  strict,
);

const parts = Type.Array(
  Type.Object(
    {
      revision: Type.Integer({ description: "its number in the history" }),
      subject: Type.String({ description: "a section's name, audio-download or entries" }),
      account: Type.Union([Type.String(), Type.Null()], { description: "null: the platform" }),
      entries: Type.Integer({ description: "how many entries it changed" }),
    },
    strict,
  ),
);

export const UnconfirmedChangeSchema = Type.Object(
  {
    changeId: Type.String({ description: "as the history's revisions have it" }),
    madeAt: TimeSchema,
    goesBackAt: TimeSchema,
    secondsLeft: Type.Integer({ minimum: 0, description: "by the server's clock" }),
    actor: Type.String(),
    address: Type.Union([Type.String(), Type.Null()], {
      description: "from where; told to operators",
    }),
    parts,
  },
  strict,
);
export type UnconfirmedChange = Static<typeof UnconfirmedChangeSchema>;

const WentBackSchema = Type.Object(
  {
    changeId: Type.String({ description: "of the change that was made, not of its going back" }),
    madeAt: TimeSchema,
    wentBackAt: TimeSchema,
    actor: Type.String({ description: "who made it" }),
    parts,
  },
  strict,
);
export type WentBack = Static<typeof WentBackSchema>;

/** Older ones are in the history only. */
export const WENT_BACK_MAX = 20;

export const UnconfirmedListSchema = Type.Object(
  {
    changes: Type.Array(UnconfirmedChangeSchema, { description: "the next to go back first" }),
    wentBack: Type.Array(WentBackSchema, {
      maxItems: WENT_BACK_MAX,
      description:
        "what went back by itself in the last 24 hours, the latest first: of what whoever asks " +
        "made; the host's shell is told of everybody's",
    }),
  },
  strict,
);
export type UnconfirmedList = Static<typeof UnconfirmedListSchema>;

/** Members of the refusal `change-waits`. */
export const ChangeWaitsSchema = Type.Object(
  { changeId: Type.String(), goesBackAt: TimeSchema, actor: nullableText },
  strict,
);
export type ChangeWaits = Static<typeof ChangeWaitsSchema>;

export const ConfirmedSchema = Type.Object({ changeId: Type.String() }, strict);

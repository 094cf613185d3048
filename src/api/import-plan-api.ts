// What travels when it is asked what an import of a list would change, before it is made.
import { Type } from "typebox";
import type { Static } from "typebox";
import { ImportAnswerSchema, ImportQuerySchema } from "./entry-api.ts";
import { PROPOSED_ENTRIES_MAX, ProposedChangeSchema } from "./proposed-change-api.ts";
import { strict } from "./value-schemas.ts";

const { format, action, account, confirmWide } = ImportQuerySchema.properties;

export const ImportPlanQuerySchema = Type.Object({ format, action, account, confirmWide }, strict);
export type ImportPlanQuery = Static<typeof ImportPlanQuerySchema>;

export const ImportPlanSchema = Type.Object(
  {
    ...ImportAnswerSchema.properties,
    changes: Type.Union([Type.Array(ProposedChangeSchema), Type.Null()], {
      description:
        "for a preview; empty: nothing on the list would do anything; null: more than " +
        `${PROPOSED_ENTRIES_MAX} entries are not previewed`,
    }),
  },
  strict,
);
export type ImportPlanAnswer = Static<typeof ImportPlanSchema>;

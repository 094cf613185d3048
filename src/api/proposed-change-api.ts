// What travels for a change of a policy that is proposed, whatever way it will be made.
import { Type } from "typebox";
import type { Static } from "typebox";
import { IDENTITY_SECTIONS } from "../core/identity/identity-policy.ts";
import { NewEntrySchema } from "./entry-api.ts";
import { PLATFORM_SECTIONS } from "../core/network/network-policy.ts";
import { PolicyChangeSchema } from "./policy-api.ts";
import { AccountCodeSchema, strict } from "./value-schemas.ts";

const account = Type.Optional(AccountCodeSchema);
const { value } = PolicyChangeSchema.properties;

/** Of one save; more is imported, or is a policy file. */
export const PROPOSED_ENTRIES_MAX = 10_000;

export const ProposedChangeSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal("network-policy"),
        account,
        sections: Type.Array(
          Type.Object({ section: Type.Enum(PLATFORM_SECTIONS), value }, strict),
          { minItems: 1, maxItems: 8 },
        ),
      },
      strict,
    ),
    Type.Object(
      {
        kind: Type.Literal("address-list"),
        account,
        add: Type.Array(
          Type.Object(
            {
              range: NewEntrySchema.properties.range,
              action: NewEntrySchema.properties.action,
              expiresAt: NewEntrySchema.properties.expiresAt,
            },
            strict,
          ),
          { maxItems: PROPOSED_ENTRIES_MAX },
        ),
        remove: Type.Array(Type.Integer({ minimum: 1, description: "an entry's id" }), {
          maxItems: PROPOSED_ENTRIES_MAX,
        }),
      },
      strict,
    ),
    Type.Object(
      {
        kind: Type.Literal("identity-policy"),
        account,
        section: Type.Enum(IDENTITY_SECTIONS),
        value,
      },
      strict,
    ),
    Type.Object({ kind: Type.Literal("audio-policy"), account: AccountCodeSchema, value }, strict),
  ],
  {
    description:
      "A change of one account's rules, or without an account of the platform's. An entry that " +
      "is edited is removed and added.",
  },
);
export type ProposedChange = Static<typeof ProposedChangeSchema>;

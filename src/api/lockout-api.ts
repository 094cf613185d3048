// What travels when a change is refused because it would lock out whoever makes it.
import { Type } from "typebox";
import type { Static } from "typebox";
import { SURFACES } from "../core/network/surface.ts";
import { LOCKOUT_OVERRIDE } from "./change-safety-api.ts";

const nullableText = Type.Union([Type.String(), Type.Null()]);

const LockoutStepSchema = Type.Object({
  step: Type.String(),
  layer: Type.String(),
  result: Type.String(),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/**
 * What to do before the change is made again. `allow-address` and `add-to-whitelist`: enter the
 * range first. `sign-in-again`: the count or the time begins anew. `set-otherwise`: nothing helps
 * but a rule that asks less.
 */
export const LockoutRemedySchema = Type.Union([
  Type.Object({
    code: Type.Enum(["allow-address", "add-to-whitelist"]),
    range: Type.String(),
    account: Type.Union([Type.String(), Type.Null()], {
      description: "whose list; null: the platform's",
    }),
  }),
  Type.Object({ code: Type.Enum(["set-up-second-factor", "sign-in-again", "set-otherwise"]) }),
]);
export type LockoutRemedy = Static<typeof LockoutRemedySchema>;

/** Members of the problem `would-lock-out` (409); a preview tells the same beforehand. */
export const LockoutSchema = Type.Object({
  who: Type.Enum(["you", "operators"], {
    description: "operators: every one of those who could get in until now",
  }),
  address: Type.Union([Type.String(), Type.Null()], {
    description: "whose requests would be refused; null: wherever they sign in from",
  }),
  surface: Type.Enum(SURFACES),
  account: nullableText,
  at: Type.Union([Type.String(), Type.Null()], {
    description:
      "when an entry ends, or a change goes back, that lets them in until then; null: at once",
  }),
  decision: Type.Object({
    verdict: Type.Literal("refuse"),
    reason: Type.String(),
    steps: Type.Array(LockoutStepSchema),
  }),
  remedy: LockoutRemedySchema,
  phrase: Type.Literal(LOCKOUT_OVERRIDE, {
    description: "send it as lockoutOverride to make the change all the same",
  }),
});
export type LockoutAnswer = Static<typeof LockoutSchema>;

// What saving drafted network rules would change, as a preview asks for it.
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import type { PolicySection } from "../../core/network/network-policy.ts";
import { isSameValue } from "../../core/policy/is-same-value.ts";
import type { RulesOf } from "./network-rules-query.ts";

/** Null: something is not accepted yet. */
export function toRuleChanges<Section extends PolicySection>(
  account: string | null,
  from: RulesOf<Section>,
  to: RulesOf<Section> | null,
): readonly ProposedChange[] | null {
  if (to === null) return null;
  const sections = (Object.keys(to) as Section[])
    .filter((section) => !isSameValue(from[section], to[section]))
    .map((section) => ({ section, value: to[section] }));
  if (sections.length === 0) return [];
  return [{ kind: "network-policy", ...(account === null ? {} : { account }), sections }];
}

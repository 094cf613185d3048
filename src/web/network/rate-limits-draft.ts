// The rate limits of every surface while they are edited, and who is exempt from the hard limit.
import { LIMITED_SURFACES } from "../../core/network/network-policy.ts";
import type { LimitedSurface, RateLimit } from "../../core/network/network-policy.ts";
import type { RuleChange } from "../shell/rule-change.ts";
import { describeLimitChanges, readLimitDraft, toLimitDraft } from "./limit-draft.ts";
import type { LimitDraft } from "./limit-draft.ts";
import type { RulesOf } from "./network-rules-query.ts";

/** An account has no hard limit of its own to set. */
export const ACCOUNT_LIMIT_SECTIONS = ["rate-limits"] as const;
export const PLATFORM_LIMIT_SECTIONS = ["rate-limits", "hard-limit"] as const;

/** `hard-limit` is there where it is the platform's. */
export type LimitRules = RulesOf<"rate-limits"> & Partial<RulesOf<"hard-limit">>;

export type RateLimitsDraft = {
  readonly limits: Readonly<Record<LimitedSurface, LimitDraft>>;
  /** Null: it is not theirs to set. */
  readonly exemptAllowEntries: boolean | null;
};

function eachSurface<T>(make: (surface: LimitedSurface) => T): Readonly<Record<LimitedSurface, T>> {
  const rows = LIMITED_SURFACES.map((surface) => [surface, make(surface)] as const);
  return Object.fromEntries(rows) as Record<LimitedSurface, T>;
}

export function toRateLimitsDraft(rules: LimitRules): RateLimitsDraft {
  return {
    limits: eachSurface((surface) => toLimitDraft(rules["rate-limits"][surface])),
    exemptAllowEntries: rules["hard-limit"]?.exemptAllowEntries ?? null,
  };
}

/** Null while a number is not accepted. */
export function readRateLimitsDraft({
  limits,
  exemptAllowEntries,
}: RateLimitsDraft): LimitRules | null {
  const read = eachSurface((surface) => readLimitDraft(limits[surface]));
  if (LIMITED_SURFACES.some((surface) => read[surface] === null)) return null;
  const rule = read as Readonly<Record<LimitedSurface, RateLimit>>;
  if (exemptAllowEntries === null) return { "rate-limits": rule };
  return { "rate-limits": rule, "hard-limit": { exemptAllowEntries } };
}

export function describeRateLimitsChanges(from: LimitRules, to: LimitRules): readonly RuleChange[] {
  const changes = LIMITED_SURFACES.flatMap((surface) =>
    describeLimitChanges(from["rate-limits"][surface], to["rate-limits"][surface], surface),
  );
  const [before, after] = [from["hard-limit"], to["hard-limit"]].map((rule) =>
    rule?.exemptAllowEntries === true ? "on" : "off",
  );
  if (before === after) return changes;
  return [
    ...changes,
    { title: "Allow entries are exempt from the hard limit", from: before!, to: after! },
  ];
}

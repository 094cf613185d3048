// The HTTP rate limit of one surface while it is edited: numbers as text, the server's own faults.
import { checkRateLimits } from "../../core/network/check-policy.ts";
import { ACCOUNT_POLICY_DEFAULT, BOUNDS } from "../../core/network/network-policy.ts";
import type { LimitedSurface, Mode, RateLimit } from "../../core/network/network-policy.ts";
import type { RuleChange } from "../shell/rule-change.ts";
import { SURFACE_NAMES } from "../journal/surface-words.ts";
import { readWholeNumber } from "../shell/whole-number.ts";
import { nameOfMode } from "./mode-words.ts";

export type LimitDraft = {
  readonly mode: Mode;
  readonly countText: string;
  readonly secondsText: string;
  readonly expiryText: string;
};

export function toLimitDraft(limit: RateLimit): LimitDraft {
  return {
    mode: limit.mode,
    countText: String(limit.requestMaxCount),
    secondsText: String(limit.requestMaxSeconds),
    expiryText: String(limit.requestBanExpirySeconds),
  };
}

export type LimitFaults = Readonly<Partial<Record<"count" | "seconds" | "expiry", string>>>;

/** The hard limit is told beside the count, in the server's words, also while the limit is off. */
export function limitFaults(draft: LimitDraft): LimitFaults {
  const { count, seconds, expiry } = readNumbers(draft);
  const faults = {
    ...(count.ok ? {} : { count: count.fault }),
    ...(seconds.ok ? {} : { seconds: seconds.fault }),
    ...(expiry.ok ? {} : { expiry: expiry.fault }),
  };
  const limit = toLimit(draft);
  // Which surface it is makes no difference to the hard limit.
  const looser = limit === null ? [] : checkRateLimits({ ...DEFAULTS, audio: limit });
  return looser[0] === undefined ? faults : { ...faults, count: looser[0].message };
}

const DEFAULTS = ACCOUNT_POLICY_DEFAULT["rate-limits"];

/** Null while something is not accepted. */
export function readLimitDraft(draft: LimitDraft): RateLimit | null {
  return limitFaults(draft).count === undefined ? toLimit(draft) : null;
}

function readNumbers({ countText, secondsText, expiryText }: LimitDraft) {
  return {
    count: readWholeNumber(countText, BOUNDS.requestMaxCount),
    seconds: readWholeNumber(secondsText, BOUNDS.requestMaxSeconds),
    expiry: readWholeNumber(expiryText, BOUNDS.requestBanExpirySeconds),
  };
}

function toLimit(draft: LimitDraft): RateLimit | null {
  const { count, seconds, expiry } = readNumbers(draft);
  if (!count.ok || !seconds.ok || !expiry.ok) return null;
  return {
    mode: draft.mode,
    requestMaxCount: count.value,
    requestMaxSeconds: seconds.value,
    requestBanExpirySeconds: expiry.value,
  };
}

/** By the guide's names; each begins with the surface where several are told together. */
export function describeLimitChanges(
  from: RateLimit,
  to: RateLimit,
  surface?: LimitedSurface,
): readonly RuleChange[] {
  const pairs = [
    ["Mode", nameOfMode(from.mode), nameOfMode(to.mode)],
    ["Request Max Count", from.requestMaxCount, to.requestMaxCount],
    ["Request Max Seconds", from.requestMaxSeconds, to.requestMaxSeconds],
    ["Request Ban Expiry", from.requestBanExpirySeconds, to.requestBanExpirySeconds],
  ] as const;
  const prefix = surface === undefined ? "" : `${SURFACE_NAMES[surface]}, `;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([title, before, after]) => ({
      title: `${prefix}${title}`,
      from: String(before),
      to: String(after),
    }));
}

// The HTTP rate limit of recordings while it is edited: numbers as text, the server's own faults.
import { checkRateLimits } from "../../../core/network/check-policy.ts";
import { BOUNDS } from "../../../core/network/network-policy.ts";
import type { Mode, RateLimit, RateLimitsRule } from "../../../core/network/network-policy.ts";
import type { RuleChange } from "../../identity/security/authentication-rules.ts";
import { readWholeNumber } from "../../identity/security/whole-number.ts";
import { describeCountdown } from "../../shell/describe-time.ts";

export type LimitDraft = {
  readonly mode: Mode;
  readonly countText: string;
  readonly secondsText: string;
  readonly expiryText: string;
};

export function toLimitDraft({ audio }: RateLimitsRule): LimitDraft {
  return {
    mode: audio.mode,
    countText: String(audio.requestMaxCount),
    secondsText: String(audio.requestMaxSeconds),
    expiryText: String(audio.requestBanExpirySeconds),
  };
}

export type LimitFaults = Readonly<Partial<Record<"count" | "seconds" | "expiry", string>>>;

/** The hard limit is told beside the count, in the server's words. */
export function limitFaults(draft: LimitDraft, saved: RateLimitsRule): LimitFaults {
  const { count, seconds, expiry } = readNumbers(draft);
  const faults = {
    ...(count.ok ? {} : { count: count.fault }),
    ...(seconds.ok ? {} : { seconds: seconds.fault }),
    ...(expiry.ok ? {} : { expiry: expiry.fault }),
  };
  const audio = toLimit(draft);
  if (audio === null) return faults;
  const looser = checkRateLimits({ ...saved, audio }).find(({ path }) =>
    path.startsWith("/audio/"),
  );
  return looser === undefined ? faults : { ...faults, count: looser.message };
}

/** The whole section: what is set for portal and API stays as it is. */
export function readLimitDraft(draft: LimitDraft, saved: RateLimitsRule): RateLimitsRule | null {
  const audio = toLimit(draft);
  if (audio === null || limitFaults(draft, saved).count !== undefined) return null;
  return { ...saved, audio };
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

/** What happens under this limit, in one sentence. */
export function describeLimit({ audio }: RateLimitsRule): string {
  const { mode, requestMaxCount: count, requestMaxSeconds, requestBanExpirySeconds } = audio;
  const within = `within ${describeSpan(requestMaxSeconds)}`;
  if (mode === "off") return "Plays of one address are not counted.";
  const next = `The ${(count + 1).toLocaleString("en")}${ordinalEnd(count + 1)} recording`;
  const span = describeSpan(requestBanExpirySeconds);
  const asked = `${next} that one address plays ${within}`;
  return mode === "enforce"
    ? `${asked} bans it from recordings of this account for ${span}. ` +
        "It is told “429 Too Many Requests”."
    : `${asked} is recorded as over the limit; nobody is refused.`;
}

function describeSpan(seconds: number): string {
  if (seconds % 86_400 === 0) return amountOf(seconds / 86_400, "day");
  if (seconds % 3600 === 0) return amountOf(seconds / 3600, "hour");
  return describeCountdown(seconds);
}

function amountOf(count: number, unit: string): string {
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}

function ordinalEnd(count: number): string {
  const [tens, ones] = [count % 100, count % 10];
  if (tens >= 11 && tens <= 13) return "th";
  return ["th", "st", "nd", "rd"][ones] ?? "th";
}

export function describeLimitChanges(
  from: RateLimitsRule,
  to: RateLimitsRule,
): readonly RuleChange[] {
  const [one, other] = [from.audio, to.audio];
  const pairs = [
    ["Mode", one.mode, other.mode],
    ["Request Max Count", one.requestMaxCount, other.requestMaxCount],
    ["Request Max Seconds", one.requestMaxSeconds, other.requestMaxSeconds],
    ["Request Ban Expiry", one.requestBanExpirySeconds, other.requestBanExpirySeconds],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([title, before, after]) => ({ title, from: String(before), to: String(after) }));
}

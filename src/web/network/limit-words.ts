// Says what a rate limit does to whoever goes over it, in one sentence.
import { HARD_LIMIT } from "../../core/network/network-policy.ts";
import type { LimitedSurface, RateLimit } from "../../core/network/network-policy.ts";
import { describeOrdinal, describeSpan } from "./describe-span.ts";

type SurfaceWords = {
  /** "The 51st … that one address plays" */
  readonly thing: string;
  readonly verb: string;
  /** From what a ban keeps away; `whose` is "of this account" or nothing. */
  readonly place: (whose: string) => string;
  readonly idle: string;
};

const WORDS: Readonly<Record<LimitedSurface, SurfaceWords>> = {
  audio: {
    thing: "recording",
    verb: "plays",
    place: (whose) => `recordings${whose}`,
    idle: "Plays of one address are not counted.",
  },
  portal: {
    thing: "request",
    verb: "makes to the portal",
    place: (whose) => `the portal${whose}`,
    idle: "Requests of one address to the portal are not counted.",
  },
  api: {
    thing: "request",
    verb: "makes to the API",
    place: (whose) => `the API${whose}`,
    idle: "Requests of one address to the API are not counted.",
  },
};

/** @param account whose rule it is; null: the platform's */
export function describeLimit(
  surface: LimitedSurface,
  limit: RateLimit,
  account: string | null,
): string {
  const { mode, requestMaxCount: count, requestMaxSeconds, requestBanExpirySeconds } = limit;
  const { thing, verb, place, idle } = WORDS[surface];
  if (mode === "off") return idle;
  const within = `within ${describeSpan(requestMaxSeconds)}`;
  const asked = `The ${describeOrdinal(count + 1)} ${thing} that one address ${verb} ${within}`;
  if (mode === "monitor") return `${asked} is recorded as over the limit; nobody is refused.`;
  const where = place(account === null ? "" : " of this account");
  const span = describeSpan(requestBanExpirySeconds);
  return `${asked} bans it from ${where} for ${span}. It is told “429 Too Many Requests”.`;
}

/**
 * Where the hard limit is what stops an address first: a window longer than its own leaves room for
 * more than it lets through in a minute. Null: this limit comes first.
 */
export function describeHardLimitBind(limit: RateLimit): string | null {
  const { requestsMax, windowSeconds } = HARD_LIMIT;
  if (limit.mode === "off" || limit.requestMaxCount < requestsMax) return null;
  return limit.requestMaxSeconds === windowSeconds
    ? `This is as loose as the hard limit: whoever goes over it is banned everywhere at once.`
    : `Whoever makes more than ${requestsMax} of them in ${windowSeconds} seconds goes over the ` +
        `hard limit first, and is banned everywhere.`;
}

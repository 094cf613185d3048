// Decides one request by the network rules, in their order, from facts alone.

import { banDurationSeconds } from "./ban-duration.ts";
import type { CompiledLayer, CompiledPolicy } from "./compiled-policy.ts";
import type { NetworkFacts } from "./network-facts.ts";
import { banForLimit, pass, refuse, slow } from "./network-outcome.ts";
import type { NetworkOutcome } from "./network-outcome.ts";
import { HARD_LIMIT } from "./network-policy.ts";
import type { Mode } from "./network-policy.ts";
import { MATCHED, MONITORED, NOT_MATCHED, STEP, withResult } from "./network-steps.ts";

/**
 * The ordered chain: allow, deny, subscribed lists and ban, hard limit, country, limits; then the
 * account's own.
 * Pure: counters were raised before, entries and bans found are in the facts, and what must
 * change comes back as data.
 * @param context.account the account's own layer, or null when the account is not known
 */
export function decideNetwork(
  facts: NetworkFacts,
  policy: CompiledPolicy,
  context: { readonly account: CompiledLayer | null; readonly nowMs: number },
): NetworkOutcome {
  const { platform } = policy;
  const { nowMs } = context;
  if (facts.allowEntryId !== 0 && platform.listsMode !== "off") {
    return decideAllowed(facts, policy);
  }
  let bits = judge(0, STEP.platformAllow, false, platform.listsMode);
  bits = judge(bits, STEP.platformDeny, facts.denyEntryId !== 0, platform.listsMode);
  if (isMatched(bits, STEP.platformDeny)) return refuse(STEP.platformDeny, bits);

  bits = judge(bits, STEP.subscribed, facts.subscriptionId !== 0, facts.subscribedMode);
  if (isMatched(bits, STEP.subscribed)) return refuse(STEP.subscribed, bits);

  bits = judge(bits, STEP.platformBan, facts.banId !== 0, "enforce");
  if (isMatched(bits, STEP.platformBan)) return refuse(STEP.platformBan, bits);

  bits = judgeCount(bits, STEP.hardLimit, facts.hardCount, HARD_LIMIT_RULE);
  if (isMatched(bits, STEP.hardLimit)) {
    return banForLimit(STEP.hardLimit, bits, {
      isProtected: facts.isProtected,
      waitMs: facts.hardWaitMs,
      cause: "hard-limit",
      holds: policy.ban.scope,
      durationSeconds: banDurationSeconds(policy.ban, facts.repeats),
      nowMs,
    });
  }

  const isDenied = platform.deniedCountries[facts.country] === 1;
  bits = judge(bits, STEP.platformCountry, isDenied, platform.countryMode);
  if (isMatched(bits, STEP.platformCountry)) return refuse(STEP.platformCountry, bits);

  const webchat = policy.webchatRequests;
  bits = judgeCount(bits, STEP.webchatLimit, facts.webchatCount, {
    countMax: webchat.requestsMax,
    mode: webchat.mode,
  });
  if (isMatched(bits, STEP.webchatLimit)) {
    return banForLimit(STEP.webchatLimit, bits, {
      isProtected: facts.isProtected,
      waitMs: facts.webchatWaitMs,
      cause: "webchat-requests",
      holds: policy.ban.scope,
      durationSeconds: banDurationSeconds(policy.ban, facts.repeats),
      nowMs,
    });
  }
  return decideByRate(facts, policy, { account: context.account, nowMs, bits });
}

const HARD_LIMIT_RULE = { countMax: HARD_LIMIT.requestsMax, mode: "enforce" } as const;

/** An allow entry exempts from everything but the hard limit, which slows without a ban. */
function decideAllowed(facts: NetworkFacts, policy: CompiledPolicy): NetworkOutcome {
  let bits = withResult(0, STEP.platformAllow, MATCHED);
  if (policy.hardLimit.exemptAllowEntries) return pass(STEP.platformAllow, bits);
  bits = judgeCount(bits, STEP.hardLimit, facts.hardCount, HARD_LIMIT_RULE);
  return isMatched(bits, STEP.hardLimit)
    ? slow(STEP.hardLimit, bits, { waitMs: facts.hardWaitMs, change: null })
    : pass(STEP.platformAllow, bits);
}

/** The platform's own rate limits hold only where no account's do. */
function decideByRate(
  facts: NetworkFacts,
  policy: CompiledPolicy,
  context: {
    readonly account: CompiledLayer | null;
    readonly nowMs: number;
    readonly bits: number;
  },
): NetworkOutcome {
  const { account, nowMs, bits } = context;
  if (account !== null) return decideAccount(facts, account, { bits, nowMs });
  return judgeRate(STEP.platformRate, facts, {
    bits,
    nowMs,
    layer: policy.platform,
    count: facts.rateCount,
    waitMs: facts.rateWaitMs,
  });
}

function decideAccount(
  facts: NetworkFacts,
  account: CompiledLayer,
  context: { readonly bits: number; readonly nowMs: number },
): NetworkOutcome {
  let { bits } = context;
  if (facts.accountAllowEntryId !== 0 && account.listsMode !== "off") {
    return pass(STEP.accountAllow, withResult(bits, STEP.accountAllow, MATCHED));
  }
  bits = judge(bits, STEP.accountAllow, false, account.listsMode);
  bits = judge(bits, STEP.accountDeny, facts.accountDenyEntryId !== 0, account.listsMode);
  if (isMatched(bits, STEP.accountDeny)) return refuse(STEP.accountDeny, bits);

  bits = judge(bits, STEP.accountBan, facts.accountBanId !== 0, "enforce");
  if (isMatched(bits, STEP.accountBan)) return refuse(STEP.accountBan, bits);

  const isDenied = account.deniedCountries[facts.country] === 1;
  bits = judge(bits, STEP.accountCountry, isDenied, account.countryMode);
  if (isMatched(bits, STEP.accountCountry)) return refuse(STEP.accountCountry, bits);

  return judgeRate(STEP.accountRate, facts, {
    bits,
    nowMs: context.nowMs,
    layer: account,
    count: facts.accountRateCount,
    waitMs: facts.accountRateWaitMs,
  });
}

function judgeRate(
  step: number,
  facts: NetworkFacts,
  context: {
    readonly bits: number;
    readonly nowMs: number;
    readonly layer: CompiledLayer;
    readonly count: number;
    readonly waitMs: number;
  },
): NetworkOutcome {
  const limit = context.layer.rateLimits[facts.surface];
  if (limit === null || limit === undefined) return pass(-1, context.bits);
  const bits = judgeCount(context.bits, step, context.count, {
    countMax: limit.requestMaxCount,
    mode: limit.mode,
  });
  if (!isMatched(bits, step)) return pass(-1, bits);
  return banForLimit(step, bits, {
    isProtected: facts.isProtected,
    waitMs: context.waitMs,
    cause: "rate-limit",
    holds: "surface",
    durationSeconds: limit.requestBanExpirySeconds,
    nowMs: context.nowMs,
  });
}

function isMatched(bits: number, step: number): boolean {
  return ((bits >>> (step * 2)) & 3) === MATCHED;
}

/** A rule that is off stays "not applicable": it is never reported as passed. */
function judge(bits: number, step: number, applies: boolean, mode: Mode): number {
  if (mode === "off") return bits;
  if (!applies) return withResult(bits, step, NOT_MATCHED);
  return withResult(bits, step, mode === "enforce" ? MATCHED : MONITORED);
}

/** A request that was not counted (0) leaves the step "not applicable". */
function judgeCount(
  bits: number,
  step: number,
  count: number,
  rule: { readonly countMax: number; readonly mode: Mode },
): number {
  return count === 0 ? bits : judge(bits, step, count > rule.countMax, rule.mode);
}

// Spells out the packed steps of a network decision, with the facts each of them saw.

import type { Step } from "../decision.ts";
import { SURFACES } from "./surface.ts";
import { BAN_BEING_STORED } from "./ban-table.ts";
import type { CompiledLayer, CompiledPolicy } from "./compiled-policy.ts";
import { locationOfIndex } from "./iso-3166.ts";
import type { NetworkFacts } from "./network-facts.ts";
import type { NetworkOutcome } from "./network-outcome.ts";
import { HARD_LIMIT } from "./network-policy.ts";
import type { RateLimit } from "./network-policy.ts";
import { NETWORK_STEPS, STEP, resultOf } from "./network-steps.ts";

type Detail = NonNullable<Step["detail"]>;

export type SpelledFrom = {
  readonly facts: NetworkFacts;
  readonly policy: CompiledPolicy;
  readonly account: CompiledLayer | null;
};

/**
 * The steps in the order they were looked at, up to the one that decided. Steps of the account's
 * layer are left out where no account is known.
 */
export function spellSteps(outcome: NetworkOutcome, from: SpelledFrom): readonly Step[] {
  const last = outcome.step === -1 ? NETWORK_STEPS.length - 1 : lastLookedAt(outcome);
  const steps: Step[] = [];
  for (let index = 0; index <= last; index += 1) {
    const { step, layer } = NETWORK_STEPS[index]!;
    if (layer === "account" && from.account === null) break;
    const detail = describeStep(index, from);
    const result = resultOf(outcome.stepBits, index);
    if (result === "not-applicable" && index < last && isSkipped(outcome, index)) continue;
    steps.push(detail === null ? { step, layer, result } : { step, layer, result, detail });
  }
  return steps;
}

/** After an allow entry only the hard limit is looked at; the steps between are exempted. */
function isSkipped(outcome: NetworkOutcome, index: number): boolean {
  return (
    index !== STEP.platformAllow && resultOf(outcome.stepBits, STEP.platformAllow) === "matched"
  );
}

function lastLookedAt(outcome: NetworkOutcome): number {
  const isAllowed = outcome.step === STEP.platformAllow;
  return isAllowed && resultOf(outcome.stepBits, STEP.hardLimit) !== "not-applicable"
    ? STEP.hardLimit
    : outcome.step;
}

function describeStep(index: number, from: SpelledFrom): Detail | null {
  const { facts, policy, account } = from;
  switch (index) {
    case STEP.platformAllow:
      return describeEntry(facts.allowEntryId, policy.platform);
    case STEP.platformDeny:
      return describeEntry(facts.denyEntryId, policy.platform);
    case STEP.subscribed:
      return describeSubscription(facts);
    case STEP.platformBan:
      return describeBan(facts.banId, facts.banEndsAtMs);
    case STEP.hardLimit:
      return facts.hardCount === 0
        ? null
        : {
            count: facts.hardCount,
            requestsMax: HARD_LIMIT.requestsMax,
            windowSeconds: HARD_LIMIT.windowSeconds,
          };
    case STEP.platformCountry:
      return describeCountry(facts.country, policy.platform);
    case STEP.webchatLimit:
      return {
        mode: policy.webchatRequests.mode,
        count: facts.webchatCount,
        requestsMax: policy.webchatRequests.requestsMax,
        windowSeconds: policy.webchatRequests.windowSeconds,
      };
    case STEP.platformRate:
      return describeRate(facts.rateCount, facts.surface, policy.platform);
    case STEP.accountAllow:
      return describeEntry(facts.accountAllowEntryId, account!);
    case STEP.accountDeny:
      return describeEntry(facts.accountDenyEntryId, account!);
    case STEP.accountBan:
      return describeBan(facts.accountBanId, facts.accountBanEndsAtMs);
    case STEP.accountCountry:
      return describeCountry(facts.country, account!);
    default:
      return describeRate(facts.accountRateCount, facts.surface, account!);
  }
}

function describeEntry(entryId: number, layer: CompiledLayer): Detail {
  return entryId === 0 ? { mode: layer.listsMode } : { mode: layer.listsMode, entryId };
}

function describeSubscription({ subscriptionId, subscribedMode: mode }: NetworkFacts): Detail {
  return subscriptionId === 0 ? { mode } : { mode, subscriptionId };
}

function describeBan(banId: number, endsAtMs: number): Detail | null {
  if (banId === 0) return null;
  return { banId: banId === BAN_BEING_STORED ? null : banId, endsAtMs };
}

function describeCountry(country: number, layer: CompiledLayer): Detail {
  return {
    mode: layer.countryMode,
    country: locationOfIndex(country),
    action: layer.deniedCountries[country] === 1 ? "deny" : "allow",
  };
}

function describeRate(count: number, surface: number, layer: CompiledLayer): Detail {
  const limit: RateLimit | null | undefined = layer.rateLimits[surface];
  const name = SURFACES[surface]!;
  if (limit === null || limit === undefined) return { mode: "off", surface: name };
  return {
    mode: limit.mode,
    surface: name,
    count,
    requestMaxCount: limit.requestMaxCount,
    requestMaxSeconds: limit.requestMaxSeconds,
    requestBanExpirySeconds: limit.requestBanExpirySeconds,
  };
}

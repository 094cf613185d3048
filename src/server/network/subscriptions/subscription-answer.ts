// Subscriptions as the API tells of them.

import type { SubscriptionAnswer } from "../../../api/subscription-api.ts";
import { timeText, timeTextOrNull } from "../network-answers.ts";
import { nextAttemptMs } from "./create-subscriptions.ts";
import type { CopyDifference, KeptBackCopy, StoredSubscription } from "./subscription-store.ts";

export function toSubscriptionAnswer(
  subscription: StoredSubscription,
  { nowMs, isToldKeys }: { readonly nowMs: number; readonly isToldKeys: boolean },
): SubscriptionAnswer {
  const { id, name, format, mode, version, fault, ranges } = subscription;
  const { difference, keptBack } = subscription;
  return {
    id,
    name,
    source: isToldKeys ? subscription.source : sourceWithoutKeys(subscription.source),
    format,
    mode,
    intervalSeconds: subscription.interval_seconds,
    version,
    createdAt: timeText(subscription.created_at),
    createdBy: subscription.created_by,
    state: stateOfSubscription(subscription),
    triedAt: timeTextOrNull(subscription.tried_at),
    nextAt: timeText(nextAttemptMs(subscription, nowMs)),
    fault,
    loadedAt: timeTextOrNull(subscription.loaded_at),
    ranges,
    contentHash: subscription.content_hash,
    difference: difference === null ? null : toDifference(difference),
    keptBack: keptBack === null ? null : toKeptBack(keptBack),
  };
}

/** Publishers put keys into the query. */
export function sourceWithoutKeys(source: string): string {
  if (source.startsWith("file:")) return source;
  const { origin, pathname } = new URL(source);
  return `${origin}${pathname}`;
}

export function stateOfSubscription(
  subscription: Pick<StoredSubscription, "keptBack" | "fault" | "loaded_at">,
): SubscriptionAnswer["state"] {
  if (subscription.keptBack !== null) return "kept-back";
  if (subscription.fault !== null) return "failed";
  return subscription.loaded_at === null ? "waiting" : "loaded";
}

function toDifference(difference: CopyDifference): NonNullable<SubscriptionAnswer["difference"]> {
  return {
    ...difference,
    addedSamples: [...difference.addedSamples],
    removedSamples: [...difference.removedSamples],
    badLineSamples: [...difference.badLineSamples],
  };
}

function toKeptBack({ readAtMs, ranges, contentHash, difference }: KeptBackCopy) {
  return { readAt: timeText(readAtMs), ranges, contentHash, difference: toDifference(difference) };
}

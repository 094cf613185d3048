// Says what a webhook is and how it fares: never its secret.
import type { WebhookAnswer } from "../../../api/webhook-api.ts";
import type { Principal } from "../../accounts/index.ts";
import type { StoredWebhook } from "./webhook-store.ts";

export function describeWebhook(
  webhook: StoredWebhook,
  at: {
    readonly waiting: ReadonlyMap<string, number>;
    readonly nowMs: number;
    readonly principal: Principal;
  },
): WebhookAnswer {
  const { id, name, url, groups, isOn, failures, nextAtMs } = webhook;
  const isPaused = isOn && failures > 0;
  return {
    id,
    name,
    // A receiver's path is often as good as a password: people see what they typed, tokens do not.
    url: at.principal.kind === "token" ? new URL(url).origin : url,
    groups: [...groups],
    state: isPaused ? "paused" : isOn ? "sending" : "off",
    isOn,
    waiting: at.waiting.get(id) ?? 0,
    lost: webhook.lost,
    deliveredAt: timeText(webhook.deliveredAtMs),
    failingSince: isPaused ? timeText(webhook.failedAtMs) : null,
    nextAttemptAt: isPaused ? timeText(Math.max(nextAtMs, at.nowMs)) : null,
    failures,
    fault: webhook.fault,
    version: webhook.version,
    createdAt: new Date(webhook.createdAtMs).toISOString(),
    createdBy: webhook.createdBy,
  };
}

function timeText(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

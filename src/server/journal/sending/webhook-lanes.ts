// Works off what waits for webhooks: one lane for each, so that a slow one holds up no other.
import { deliverBatch } from "./deliver-batch.ts";
import type { DeliverParts } from "./deliver-batch.ts";
import { findWebhook, listWebhooks } from "./webhook-store.ts";
import type { StoredWebhook } from "./webhook-store.ts";

export type WebhookLanes = {
  /** Opens a lane for each webhook that may be sent to now and has none. */
  readonly look: () => Promise<void>;
  /** Resolves when no lane is open. */
  readonly settled: () => Promise<void>;
};

export function createWebhookLanes(
  parts: DeliverParts & { readonly onError: (error: unknown) => void },
): WebhookLanes {
  const lanes = new Map<string, Promise<void>>();

  async function run(webhook: StoredWebhook): Promise<void> {
    // A change of it holds for the next batch at the latest.
    while (!parts.isClosed() && (await deliverBatch(parts, webhook))) {
      const now = await findWebhook(parts.database.kysely, webhook.id);
      if (now?.isOn !== true || now.version !== webhook.version) return;
    }
  }

  async function look(): Promise<void> {
    const nowMs = parts.nowMs();
    for (const webhook of await listWebhooks(parts.database.kysely)) {
      const isDue = webhook.isOn && webhook.nextAtMs <= nowMs;
      if (!isDue || lanes.has(webhook.id) || parts.isClosed()) continue;
      const lane = run(webhook)
        .catch(parts.onError)
        .finally(() => lanes.delete(webhook.id));
      lanes.set(webhook.id, lane);
    }
  }

  async function settled(): Promise<void> {
    while (lanes.size > 0) await Promise.all(lanes.values());
  }

  return { look, settled };
}

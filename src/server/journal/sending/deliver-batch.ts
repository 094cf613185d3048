// Sends the oldest messages of one webhook, one after the other, and writes down what became of it.
import type { Transaction } from "kysely";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { NewEvent } from "../record-event.ts";
import {
  claimDeliveries,
  CLAIM_MS,
  dropDeliveries,
  putBack,
  removeDeliveries,
} from "./delivery-store.ts";
import type { Delivery } from "./delivery-store.ts";
import { postMessage } from "./post-message.ts";
import type { PostOutcome, PostParts } from "./post-message.ts";
import { GIVE_UP_AFTER_MS, messagePauseMs, SWITCH_OFF_AFTER_MS } from "./retry-webhook.ts";
import { addLost, noteDelivered, noteFailed, switchOff } from "./webhook-store.ts";
import type { StoredWebhook } from "./webhook-store.ts";

export type DeliverParts = PostParts & {
  readonly database: Database<Schema>;
  readonly recordEvent: (trx: Transaction<Schema>, event: NewEvent) => Promise<unknown>;
  /** Called for each attempt. */
  readonly onAttempt: (outcome: PostOutcome) => void;
  /** Called when a webhook has been switched off, after the commit. */
  readonly onAlarm: () => void;
  readonly isClosed: () => boolean;
};

/** So many are sent before it is written down: so many may be sent again after a kill. */
const BATCH = 20;
/** No message is begun later: it takes 15 seconds at most, and another node waits for the claim. */
const BEGIN_MAX_MS = CLAIM_MS / 2;

/** False when there is nothing more to send now. Rejects when the store is away. */
export async function deliverBatch(parts: DeliverParts, webhook: StoredWebhook): Promise<boolean> {
  const { database } = parts;
  const claim = { webhookId: webhook.id, nowMs: parts.nowMs(), limit: BATCH };
  const claimed = await database.transaction((trx) => claimDeliveries(trx, claim));
  if (claimed.length === 0) return false;
  const sent: Delivery[] = [];
  let failure: Failure | null = null;
  const beganAtMs = performance.now();
  for (const delivery of claimed) {
    if (parts.isClosed() || performance.now() - beganAtMs > BEGIN_MAX_MS) break;
    const { messageId: id, body } = delivery;
    const outcome = await postMessage(parts, webhook, { id, body });
    parts.onAttempt(outcome);
    if (outcome.ok) {
      sent.push(delivery);
      continue;
    }
    failure = { delivery, ...outcome };
    break;
  }
  const untried = claimed.slice(sent.length + (failure === null ? 0 : 1));
  const isOff = await settle(parts, webhook, { sent, failure, untried });
  if (isOff) parts.onAlarm();
  return failure === null && untried.length === 0;
}

type Failure = Extract<PostOutcome, { readonly ok: false }> & { readonly delivery: Delivery };

type Settlement = {
  readonly sent: readonly Delivery[];
  readonly failure: Failure | null;
  readonly untried: readonly Delivery[];
};

/** True when the webhook was switched off by it. */
async function settle(
  parts: DeliverParts,
  { id }: StoredWebhook,
  { sent, failure, untried }: Settlement,
): Promise<boolean> {
  const nowMs = parts.nowMs();
  return await parts.database.transaction(async (trx) => {
    await removeDeliveries(trx, sent);
    for (const delivery of untried) await putBack(trx, delivery, { nextAtMs: 0, isTried: false });
    if (sent.length > 0) await noteDelivered(trx, id, nowMs);
    return failure === null ? false : await settleFailure(trx, parts, { id, nowMs, failure });
  });
}

async function settleFailure(
  trx: Transaction<Schema>,
  parts: DeliverParts,
  {
    id,
    nowMs,
    failure,
  }: { readonly id: string; readonly nowMs: number; readonly failure: Failure },
): Promise<boolean> {
  const { delivery, fault, isGone } = failure;
  const nextAtMs = nowMs + messagePauseMs(delivery.attempts);
  if (nextAtMs > delivery.createdAtMs + GIVE_UP_AFTER_MS) {
    await removeDeliveries(trx, [delivery]);
    await addLost(trx, id, 1);
  } else {
    await putBack(trx, delivery, { nextAtMs, isTried: true });
  }
  const webhook = await noteFailed(trx, id, { nowMs, fault });
  if (webhook === null) return false;
  const failingMs = nowMs - (webhook.failedAtMs ?? nowMs);
  if (!isGone && failingMs < SWITCH_OFF_AFTER_MS) return false;
  return await turnOff(trx, parts, { webhook, nowMs, why: isGone ? GONE : FAILING });
}

const GONE = "the receiver said that it wants no more events (410)";
const FAILING = "it has failed for three days";

async function turnOff(
  trx: Transaction<Schema>,
  { recordEvent }: Pick<DeliverParts, "recordEvent">,
  off: { readonly webhook: StoredWebhook; readonly nowMs: number; readonly why: string },
): Promise<boolean> {
  const { webhook, nowMs, why } = off;
  const { id, name, fault } = webhook;
  if (!(await switchOff(trx, id, `switched off, as ${why}: ${fault ?? ""}`))) return false;
  const dropped = await dropDeliveries(trx, id);
  await addLost(trx, id, dropped);
  await recordEvent(trx, {
    kind: "alarm",
    atMs: nowMs,
    reason: "webhook-switched-off",
    detail: {
      meaning: `${name} was switched off, as ${why}. Mend the receiver, then turn it on.`,
      webhook: id,
      fault,
      dropped,
    },
  });
  return true;
}

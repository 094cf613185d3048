// What operators do with webhooks: list, add, change, delete, test, and give a new secret.
import type {
  DeletedWebhookAnswer,
  NewWebhookAnswer,
  NewWebhookBody,
  WebhookAnswer,
  WebhookPatch,
  WebhookTestAnswer,
} from "../../../api/webhook-api.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { Principal } from "../../accounts/index.ts";
import { countWaiting } from "./delivery-store.ts";
import { describeWebhook } from "./describe-webhook.ts";
import { changeWebhook, createWebhook, deleteWebhook, renewSecret } from "./edit-webhook.ts";
import type { EditParts } from "./edit-webhook.ts";
import { postMessage } from "./post-message.ts";
import type { PostParts } from "./post-message.ts";
import { toTestBody } from "./webhook-message.ts";
import { webhookProblem } from "./webhook-problem.ts";
import { findWebhook, listWebhooks, noteDelivered } from "./webhook-store.ts";
import type { StoredWebhook } from "./webhook-store.ts";

export type WebhooksParts = EditParts &
  PostParts & {
    /** Looks at once for what may be sent now. */
    readonly wake: () => void;
  };

export type Webhooks = {
  readonly list: (principal: Principal) => Promise<readonly WebhookAnswer[]>;
  /**
   * A token is told only the origin of its url. Throws `webhook-not-found` (404), as all that are
   * given an id.
   */
  readonly read: (principal: Principal, id: string) => Promise<WebhookAnswer>;
  /** Throws `webhook-refused`, `webhooks-full`, `webhook-not-editable`. */
  readonly create: (principal: Principal, body: NewWebhookBody) => Promise<NewWebhookAnswer>;
  /** Throws `webhook-refused`, `webhook-moved-on`, `webhook-not-editable`. */
  readonly change: (
    principal: Principal,
    id: string,
    patch: WebhookPatch,
  ) => Promise<WebhookAnswer>;
  readonly delete: (principal: Principal, id: string) => Promise<DeletedWebhookAnswer>;
  /** The one before is good for nothing when it returns. */
  readonly renewSecret: (principal: Principal, id: string) => Promise<{ readonly secret: string }>;
  /** Sends at once, also to one that is off; one that failed goes on when it succeeds. */
  readonly test: (id: string) => Promise<WebhookTestAnswer>;
};

export function createWebhooks(parts: WebhooksParts): Webhooks {
  const { database, nowMs, wake } = parts;

  async function find(id: string): Promise<StoredWebhook> {
    const webhook = await findWebhook(database.kysely, id);
    if (webhook === null) throw webhookProblem("webhook-not-found");
    return webhook;
  }

  async function read(principal: Principal, id: string): Promise<WebhookAnswer> {
    const waiting = await countWaiting(database.kysely);
    return describeWebhook(await find(id), { waiting, nowMs: nowMs(), principal });
  }

  async function list(principal: Principal): Promise<readonly WebhookAnswer[]> {
    const waiting = await countWaiting(database.kysely);
    const webhooks = await listWebhooks(database.kysely);
    const at = { waiting, nowMs: nowMs(), principal };
    return webhooks.map((webhook) => describeWebhook(webhook, at));
  }

  async function test(id: string): Promise<WebhookTestAnswer> {
    const webhook = await find(id);
    const message = { id: randomId(), body: toTestBody(webhook.name, nowMs()) };
    const beganAtMs = performance.now();
    const outcome = await postMessage(parts, webhook, message);
    const milliseconds = Math.round(performance.now() - beganAtMs);
    if (!outcome.ok) {
      return { isGood: false, status: outcome.status, fault: outcome.fault, milliseconds };
    }
    await database.transaction((trx) => noteDelivered(trx, id, nowMs()));
    wake();
    return { isGood: true, status: outcome.status, fault: null, milliseconds };
  }

  return {
    list,
    read,
    create: async (principal, body) => {
      const { id, secret } = await createWebhook(parts, principal, body);
      return { ...(await read(principal, id)), secret };
    },
    change: async (principal, id, patch) => {
      await changeWebhook(parts, principal, { id, patch });
      wake();
      return await read(principal, id);
    },
    delete: (principal, id) => deleteWebhook(parts, principal, id),
    renewSecret: async (principal, id) => {
      const secret = await renewSecret(parts, principal, id);
      wake();
      return { secret };
    },
    test,
  };
}

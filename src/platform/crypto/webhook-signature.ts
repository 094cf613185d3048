// Secrets of webhooks and the headers that prove who sent a message, by Standard Webhooks.
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

export type WebhookHeaders = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};

/** The specification asks for 24 to 64 random bytes. */
const SECRET_BYTES = 32;

/** `whsec_` and base64, as receivers' libraries take it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/**
 * @param message.id the same at each attempt, by which a receiver knows what it has got already
 * @param message.atMs of this attempt: receivers refuse what is older than five minutes
 */
export function signWebhook(
  secret: string,
  message: { readonly id: string; readonly atMs: number; readonly body: string },
): WebhookHeaders {
  const { id, atMs, body } = message;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(atMs / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, new Date(atMs), body),
  };
}

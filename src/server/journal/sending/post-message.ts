// Sends one signed message to a webhook's receiver and says what became of it.
import { signWebhook } from "../../../platform/crypto/webhook-signature.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import { OutboundError } from "../../../platform/http/outbound-error.ts";
import type { OutboundFetch } from "../../../platform/http/outbound-fetch.ts";
import { PROGRAM_VERSION } from "../../../platform/program-version.ts";
import { readWebhookAddress } from "./webhook-address.ts";
import { webhookSecretRow } from "./webhook-store.ts";
import type { StoredWebhook } from "./webhook-store.ts";

export type PostParts = {
  readonly keyRing: Pick<KeyRing, "open">;
  /** Bounded to 15 seconds; follows no redirect. */
  readonly outbound: Pick<OutboundFetch, "fetchFor">;
  readonly nowMs: () => number;
};

export type PostOutcome =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      /** Null: there was no answer. */
      readonly status: number | null;
      readonly fault: string;
      /** 410: the receiver wants no more, by Standard Webhooks. */
      readonly isGone: boolean;
    };

const GONE = 410;

/** Never rejects for what a receiver does. */
export async function postMessage(
  parts: PostParts,
  webhook: Pick<StoredWebhook, "id" | "url" | "sealedSecret">,
  message: { readonly id: string; readonly body: string },
): Promise<PostOutcome> {
  const secret = parts.keyRing.open(webhook.sealedSecret, webhookSecretRow(webhook.id));
  if (!secret.ok) return failed(SEALED_FAULT);
  const address = readWebhookAddress(webhook.url);
  if (!address.ok) return failed(address.why);
  const signature = signWebhook(Buffer.from(secret.plain).toString("utf8"), {
    ...message,
    atMs: parts.nowMs(),
  });
  try {
    const { status } = await parts.outbound.fetchFor(address.privateHosts)(address.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": `Postern/${PROGRAM_VERSION}`,
        ...signature,
      },
      body: message.body,
    });
    if (status >= 200 && status < 300) return { ok: true, status };
    return failed(`the receiver answered with status ${status}`, status);
  } catch (error) {
    if (error instanceof OutboundError) return failed(error.message);
    throw error;
  }
}

const SEALED_FAULT =
  "its secret is sealed with a master key that is not here: put the key back, or give the " +
  "webhook a new secret";

function failed(fault: string, status: number | null = null): PostOutcome {
  return { ok: false, status, fault, isGone: status === GONE };
}

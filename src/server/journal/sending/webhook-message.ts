// What a webhook is sent: an event's answer in the envelope of Standard Webhooks.
import { GROUP_OF_KIND } from "../../../api/journal-api.ts";
import type { EventGroup } from "../../../api/journal-api.ts";
import type { WebhookMessage } from "../../../api/webhook-api.ts";
import { toEventAnswer } from "../journal-event.ts";
import type { JournalEvent } from "../journal-event.ts";

export function groupOf({ kind }: Pick<JournalEvent, "kind">): EventGroup {
  return GROUP_OF_KIND[kind];
}

/** Standard Webhooks has letters, digits, underscores and full stops in a type. */
export function toMessageBody(event: JournalEvent): string {
  const message: WebhookMessage = {
    type: `${groupOf(event)}.${event.kind}`.replaceAll("-", "_"),
    timestamp: new Date(event.lastAtMs).toISOString(),
    data: toEventAnswer(event),
  };
  return JSON.stringify(message);
}

export function toTestBody(name: string, nowMs: number): string {
  const message: WebhookMessage = {
    type: "test",
    timestamp: new Date(nowMs).toISOString(),
    data: { webhook: name },
  };
  return JSON.stringify(message);
}

// Tells clients of new events as they are written, each only of those that it asked for.
import type {
  EventStreamHub,
  JoinInput,
  StreamTopic,
} from "../../platform/http/event-stream-hub.ts";
import { matchesFilter } from "./event-filter.ts";
import type { EventFilter } from "./event-filter.ts";
import { toEventAnswer } from "./journal-event.ts";
import type { JournalEvent } from "./journal-event.ts";

export type EventFollowers = {
  /** False, with nothing sent, when there are as many clients as accepted. */
  readonly follow: (filter: EventFilter, input: JoinInput) => boolean;
  readonly publish: (events: readonly JournalEvent[]) => void;
  readonly isFollowed: () => boolean;
};

/** Half of what a client may leave unread. */
const MESSAGE_BYTES_MAX = 32_768;

/** Clients with the same filter are one topic: what they are sent is put together once. */
export function createEventFollowers(hub: EventStreamHub): EventFollowers {
  const topics = new Map<string, { readonly filter: EventFilter; readonly topic: StreamTopic }>();

  function follow(filter: EventFilter, input: JoinInput): boolean {
    const key = JSON.stringify(filter);
    const topic = topics.get(key)?.topic ?? hub.createTopic(() => topics.delete(key));
    if (!hub.join(topic, input)) return false;
    if (topic.streams.size > 0) topics.set(key, { filter, topic });
    return true;
  }

  function publish(events: readonly JournalEvent[]): void {
    const messages: string[] = [];
    for (const { filter, topic } of topics.values()) {
      hub.send(topic, () => compose(filter, events, messages));
    }
  }

  return { follow, publish, isFollowed: () => topics.size > 0 };
}

/**
 * In a flood nobody reads every line: what is over the bound is said as a number, and is in the
 * list. `messages`: those that are spelled out already, by the place of the event.
 */
function compose(
  filter: EventFilter,
  events: readonly JournalEvent[],
  messages: string[],
): string | null {
  const parts: string[] = [];
  let bytes = 0;
  let missed = 0;
  for (const [index, event] of events.entries()) {
    if (!matchesFilter(event, filter)) continue;
    if (bytes > MESSAGE_BYTES_MAX) {
      missed += 1;
      continue;
    }
    const message = (messages[index] ??= toMessage(event));
    bytes += Buffer.byteLength(message);
    if (bytes > MESSAGE_BYTES_MAX) missed += 1;
    else parts.push(message);
  }
  if (missed > 0) parts.push(`event: missed\ndata: ${JSON.stringify({ events: missed })}\n\n`);
  return parts.length === 0 ? null : parts.join("");
}

/** JSON has no line breaks of its own, so one event is one `data` line. */
function toMessage(event: JournalEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(toEventAnswer(event))}\n\n`;
}

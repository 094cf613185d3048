// Sends new events to one client as server-sent events, as long as it keeps up and may see them.
import type { ServerResponse } from "node:http";
import type { EventFilter } from "./event-filter.ts";
import { matchesFilter } from "./event-filter.ts";
import { toEventAnswer } from "./journal-event.ts";
import type { JournalEvent } from "./journal-event.ts";
import type { LiveTail } from "./live-tail.ts";

/** What a client has not taken yet; one that lets more gather is cut off. */
const UNSENT_BYTES_MAX = 256 * 1024;
/** Events waiting to be checked and sent. */
const WAITING_MAX = 2_000;
const HEARTBEAT_MS = 15_000;

export type FollowInput = {
  readonly response: ServerResponse;
  readonly filter: EventFilter;
  /** Rejects once the client may no longer see events; asked before each batch is sent. */
  readonly authorize: () => Promise<unknown>;
};

/** Returns false, with nothing sent, when there are as many clients as accepted. */
export function followEvents(tail: Pick<LiveTail, "subscribe">, input: FollowInput): boolean {
  const { response, filter, authorize } = input;
  let waiting: JournalEvent[] = [];
  let isSending = false;

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    try {
      do {
        await authorize();
        const batch = waiting;
        waiting = [];
        write(response, batch.length === 0 ? ": still here\n\n" : batch.map(toMessage).join(""));
      } while (waiting.length > 0);
    } catch {
      response.end();
    } finally {
      isSending = false;
    }
  }

  const unsubscribe = tail.subscribe({
    onEvents: (events) => {
      const wanted = events.filter((event) => matchesFilter(event, filter));
      waiting.push(...wanted);
      if (waiting.length > WAITING_MAX) response.destroy();
      else if (wanted.length > 0) void send();
    },
    onEnd: () => response.end(),
  });
  if (unsubscribe === null) return false;

  const heartbeat = setInterval(() => void send(), HEARTBEAT_MS).unref();
  response.once("close", () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    // nginx would otherwise hold events back until its buffer is full.
    "x-accel-buffering": "no",
  });
  write(response, ": events follow\n\n");
  return true;
}

function write(response: ServerResponse, text: string): void {
  if (response.destroyed || response.writableEnded) return;
  response.write(text);
  if (response.writableLength > UNSENT_BYTES_MAX) response.destroy();
}

/** JSON has no line breaks of its own, so one event is one `data` line. */
function toMessage(event: JournalEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(toEventAnswer(event))}\n\n`;
}

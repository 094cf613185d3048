// Reads the journal's live tail (server-sent events), one event at a time.
import type { IncomingMessage } from "node:http";
import type { EventAnswer } from "../api/journal-api.ts";
import { createLineSplitter } from "../platform/line-splitter.ts";

/** Resolves at the tail's end, also when it is cut off by destroying it. */
export async function followTail(
  tail: IncomingMessage,
  onEvent: (event: EventAnswer) => void,
): Promise<void> {
  const splitter = createLineSplitter({
    onLine: (line) => {
      // One event is one data line (follow-events.ts); names and comments are not needed.
      if (line.startsWith("data: ")) onEvent(JSON.parse(line.slice(6)) as EventAnswer);
    },
    onOverlong: () => undefined,
  });
  await new Promise<void>((resolve) => {
    tail.on("data", (chunk: Buffer) => splitter.push(chunk));
    tail.once("error", () => resolve());
    tail.once("close", () => resolve());
  });
}

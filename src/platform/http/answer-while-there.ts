// Works on an answer for as long as somebody waits for it.

import type { ServerResponse } from "node:http";

type WaitingReply<Left> = {
  readonly raw: Pick<ServerResponse, "once">;
  readonly hijack: () => Left;
};

/**
 * Whoever leaves frees the place for the next: the signal is given, and what `work` throws from
 * then on is told to nobody, because nothing went wrong. Otherwise throws what `work` throws.
 */
export async function answerWhileThere<Answer, Left>(
  reply: WaitingReply<Left>,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | Left> {
  const left = new AbortController();
  reply.raw.once("close", () => left.abort());
  try {
    return await work(left.signal);
  } catch (error) {
    if (!left.signal.aborted) throw error;
    return reply.hijack();
  }
}

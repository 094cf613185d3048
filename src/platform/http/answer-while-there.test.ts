// Who waits is answered or told what failed; who leaves stops the work, and is no fault.
import { EventEmitter, once } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { answerWhileThere } from "./answer-while-there.ts";

function waiting() {
  const raw = new EventEmitter();
  const reply = { raw: raw as ServerResponse, hijack: () => "nobody is there" };
  return { reply, leave: () => raw.emit("close") };
}

it("answers whoever stays", async () => {
  const { reply } = waiting();
  const answer = await answerWhileThere(reply, async ({ aborted }) => ({ aborted }));
  expect(answer).toEqual({ aborted: false });
});

it("throws what failed to whoever stays", async () => {
  const { reply } = waiting();
  const failing = answerWhileThere(reply, () => Promise.reject(new Error("the disk is full")));
  await expect(failing).rejects.toThrow("the disk is full");
});

it("stops the work of whoever leaves, and makes no error of it", async () => {
  const { reply, leave } = waiting();
  const answer = answerWhileThere(reply, async (signal) => {
    const stopped = once(signal, "abort");
    leave();
    await stopped;
    signal.throwIfAborted();
    return "an answer";
  });
  expect(await answer).toBe("nobody is there");
});

// Checks that a machine that is too slow is no word against a file.
import { afterEach, expect, it, vi } from "vitest";
import { readAudioFile } from "./read-audio-file.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("is busy where the file was not read in time, and says when to come back", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const reading = readAudioFile(import.meta.filename, "acme");
  // Before the thread can answer.
  vi.advanceTimersByTime(15_000);
  await expect(reading).rejects.toMatchObject({
    code: "busy",
    status: 503,
    detail: "The file was not read within 15 seconds; nothing was stored.",
    extra: { retryAfterSeconds: 10 },
  });
});

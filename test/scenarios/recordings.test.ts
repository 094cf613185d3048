// Runs the recordings scenario: fresh audio, imported and played through real nginx in each mode.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECORDINGS_CHECKS } from "./recordings-checks.ts";
import { startRecordingsWorld } from "./recordings-world.ts";
import type { RecordingsWorld } from "./recordings-world.ts";
import { isSkipped } from "./scenario-settings.ts";

const NEEDED = ["recordings", "nginx", "espeak-ng", "ffmpeg"] as const;
const LEFT_OUT = NEEDED.filter(isSkipped);

it.for(LEFT_OUT)("%s: left out by POSTERN_SKIP_SUITES", (suite, { skip }) => {
  expect(NEEDED).toContain(suite);
  skip();
});

for (const suite of LEFT_OUT.length > 0 ? [] : ["recordings"]) {
  describe(`${suite} behind nginx`, () => {
    let world: RecordingsWorld;
    beforeAll(async () => {
      world = await startRecordingsWorld();
    });
    afterAll(async () => world?.stop());

    // In their order: each goes on from the one before it.
    it.for(RECORDINGS_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

// Runs the access log scenario: days of a portal's log, imported, previewed, and then decided.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCESS_LOG_CHECKS } from "./access-log-checks.ts";
import { startAccessLogWorld } from "./access-log-world.ts";
import type { AccessLogWorld } from "./access-log-world.ts";
import { isSkipped } from "./scenario-settings.ts";

const SUITES = ["access-log"] as const;
/** `npm run scenario -- access-log` takes ten times as many. */
const SMALL_SIZE = { lines: 10_000, visitorsEach: 100 };

it.for(SUITES.filter(isSkipped))("%s: left out by POSTERN_SKIP_SUITES", (suite, { skip }) => {
  expect(SUITES).toContain(suite);
  skip();
});

for (const suite of SUITES.filter((one) => !isSkipped(one))) {
  describe(`${suite} imported`, () => {
    let world: AccessLogWorld;
    beforeAll(async () => {
      world = await startAccessLogWorld(SMALL_SIZE);
    });
    afterAll(async () => world?.stop());

    // In their order: each goes on from the one before it.
    it.for(ACCESS_LOG_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

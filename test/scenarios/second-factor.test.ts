// Runs the second-factor scenario: built program, real mail, oathtool. A missing one is a failure.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FACTOR_CHECKS } from "./factor-checks.ts";
import { startFactorWorld } from "./factor-world.ts";
import type { FactorWorld } from "./factor-world.ts";
import { isSkipped } from "./scenario-settings.ts";

const SUITES = ["second-factor"] as const;

it.for(SUITES.filter(isSkipped))("%s: left out by POSTERN_SKIP_SUITES", (suite, { skip }) => {
  expect(SUITES).toContain(suite);
  skip();
});

for (const suite of SUITES.filter((one) => !isSkipped(one))) {
  describe(`${suite}, from end to end`, () => {
    let world: FactorWorld;
    beforeAll(async () => {
      world = await startFactorWorld();
    });
    afterAll(async () => world?.stop());

    // In their order: each goes on from the one before it.
    it.for(FACTOR_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

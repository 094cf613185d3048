// Runs the single sign-on scenario: the whole server between people and real OpenID providers.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isSkipped } from "./scenario-settings.ts";
import { SSO_CHECKS } from "./sso-checks.ts";
import { startSsoWorld } from "./sso-world.ts";
import type { SsoWorld } from "./sso-world.ts";

const SUITES = ["sso"] as const;

it.for(SUITES.filter(isSkipped))("%s: left out by POSTERN_SKIP_SUITES", (suite, { skip }) => {
  expect(SUITES).toContain(suite);
  skip();
});

for (const suite of SUITES.filter((one) => !isSkipped(one))) {
  describe(`${suite}, from end to end`, () => {
    let world: SsoWorld;
    beforeAll(async () => {
      world = await startSsoWorld();
    });
    afterAll(async () => world?.stop());

    // In their order: each goes on from the one before it.
    it.for(SSO_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

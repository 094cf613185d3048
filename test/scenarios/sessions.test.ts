// Runs the sessions scenario behind real nginx, Caddy and HAProxy. A missing one is a failure.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROXY_KINDS } from "./proxy-files.ts";
import { isSkipped } from "./scenario-settings.ts";
import { SESSION_CHECKS } from "./session-checks.ts";
import { startSessionWorld } from "./session-world.ts";
import type { SessionWorld } from "./session-world.ts";

const LEFT_OUT = PROXY_KINDS.filter(
  (kind) => isSkipped("sessions") || isSkipped(`sessions-${kind}`) || isSkipped(`proxies-${kind}`),
);

it.for(LEFT_OUT)("behind %s: left out by POSTERN_SKIP_SUITES", (kind, { skip }) => {
  expect(PROXY_KINDS).toContain(kind);
  skip();
});

for (const kind of PROXY_KINDS.filter((one) => !LEFT_OUT.includes(one))) {
  describe(`signed in behind ${kind}`, () => {
    let world: SessionWorld;
    beforeAll(async () => {
      world = await startSessionWorld(kind);
    });
    afterAll(async () => world?.stop());

    it.for(SESSION_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

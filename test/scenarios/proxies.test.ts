// Runs the proxies scenario behind real nginx, Caddy and HAProxy. A missing one is a failure.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROXY_KINDS } from "./proxy-files.ts";
import { PROXY_CHECKS } from "./proxy-scenario.ts";
import { startProxyWorld } from "./proxy-world.ts";
import type { ProxyWorld } from "./proxy-world.ts";
import { isSkipped } from "./scenario-settings.ts";

const LEFT_OUT = PROXY_KINDS.filter((kind) => isSkipped("proxies") || isSkipped(`proxies-${kind}`));

it.for(LEFT_OUT)("behind %s: left out by POSTERN_SKIP_SUITES", (kind, { skip }) => {
  expect(PROXY_KINDS).toContain(kind);
  skip();
});

for (const kind of PROXY_KINDS.filter((one) => !LEFT_OUT.includes(one))) {
  describe(`behind ${kind}`, () => {
    let world: ProxyWorld;
    beforeAll(async () => {
      world = await startProxyWorld(kind);
    });
    afterAll(async () => world?.stop());

    it.for(PROXY_CHECKS)("$name", async ({ run }) => {
      expect(await run(world)).not.toBe("");
    });
  });
}

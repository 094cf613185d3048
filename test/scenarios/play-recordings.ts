// Plays recordings through a proxy, each another one: going on with the same would not count.

import { assertPasses } from "./proxy-check.ts";
import type { ProxyWorld } from "./proxy-world.ts";
import { AUDIO_PREFIX } from "./scenario-policy.ts";

export async function playRecordings(
  world: ProxyWorld,
  clientAddress: string,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await assertPasses(world, { clientAddress, path: `${AUDIO_PREFIX}/recording-${index}` });
  }
}

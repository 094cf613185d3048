// All that one proxy's scenario runs against: a portal, Postern with its policy, and the proxies.

import { startBackend } from "./start-backend.ts";
import type { RunningBackend } from "./start-backend.ts";
import { startPostern } from "./start-postern.ts";
import type { RunningPostern } from "./start-postern.ts";
import { startProxy } from "./start-proxy.ts";
import type { RunningProxy } from "./start-proxy.ts";
import type { ProxyKind } from "./proxy-files.ts";
import { setScenarioPolicy } from "./scenario-policy.ts";

export type ProxyWorld = {
  readonly backend: RunningBackend;
  readonly postern: RunningPostern;
  /** The shipped file's variant for a proxy behind a load balancer: any client address. */
  readonly fronted: RunningProxy;
  /** The shipped file as it is: visitors connect to the proxy. */
  readonly direct: RunningProxy;
  /** As fronted; for nginx with a cache on the gate's answers besides. */
  readonly caching: RunningProxy;
  readonly stop: () => Promise<void>;
};

export async function startProxyWorld(kind: ProxyKind): Promise<ProxyWorld> {
  const started: { readonly stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started.toReversed()) await one.stop();
  };
  const keep = <Running extends { readonly stop: () => Promise<void> }>(one: Running): Running => {
    started.push(one);
    return one;
  };
  try {
    const backend = keep(await startBackend());
    const postern = keep(await startPostern());
    await setScenarioPolicy(postern);
    const ports = { gatePort: postern.port, backendPort: backend.port };
    const plain = { kind, ...ports, isCaching: false, asksSession: false };
    const fronted = keep(await startProxy({ ...plain, front: "load-balancer" }));
    const direct = keep(await startProxy({ ...plain, front: "visitors" }));
    const caching =
      kind === "nginx"
        ? keep(await startProxy({ ...plain, front: "load-balancer", isCaching: true }))
        : fronted;
    return { backend, postern, fronted, direct, caching, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

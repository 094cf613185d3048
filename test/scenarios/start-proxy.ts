// Starts a real nginx, Caddy or HAProxy on the shipped configuration.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { writeProxyFiles } from "./proxy-files.ts";
import type { Front, ProxyKind, ProxySetup } from "./proxy-files.ts";
import { SCENARIO_SETTINGS } from "./scenario-settings.ts";
import { startProcess } from "./start-process.ts";
import type { RunningProcess } from "./start-process.ts";

export type RunningProxy = {
  readonly kind: ProxyKind;
  readonly front: Front;
  readonly port: number;
  readonly process: RunningProcess;
  readonly stop: () => Promise<void>;
};

/** @throws Error with the proxy's own words when it is missing or refuses the configuration. */
export async function startProxy(wanted: Omit<ProxySetup, "port">): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), `postern-${wanted.kind}-`));
  const setup = { ...wanted, port: await freePort() };
  await writeProxyFiles(setup, folder);
  const process = await startProcess({
    command: setup.kind,
    args: argumentsOf(setup.kind, folder),
    cwd: folder,
    port: setup.port,
    env: {
      // nginx and HAProxy live in /usr/sbin, which an ordinary user's path often lacks.
      PATH: `${SCENARIO_SETTINGS.searchPath}:/usr/local/sbin:/usr/sbin:/sbin`,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      PORTAL_SITE: `http://portal.example.com:${setup.port}`,
      PORTAL: `127.0.0.1:${setup.backendPort}`,
      ...(setup.kind === "caddy" ? { POSTERN: `127.0.0.1:${setup.gatePort}` } : {}),
    },
  }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    kind: setup.kind,
    front: setup.front,
    port: setup.port,
    process,
    stop: async () => {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function argumentsOf(kind: ProxyKind, folder: string): readonly string[] {
  switch (kind) {
    case "nginx":
      return ["-p", folder, "-c", join(folder, "nginx.conf")];
    case "caddy":
      return ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
    case "haproxy":
      return ["-db", "-f", join(folder, "haproxy.cfg")];
    default:
      return kind satisfies never;
  }
}

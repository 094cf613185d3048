// Starts Debian's OpenStack Swift on this machine: one of each server, with its S3 API before it.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { startProcess } from "./start-process.ts";
import type { RunningProcess } from "./start-process.ts";

export type RunningSwift = {
  /** Of its S3 API, which verifies signatures. */
  readonly address: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly stop: () => Promise<void>;
};

const run = promisify(execFile);
const STORES = ["account", "container", "object"] as const;
const PACKAGES = "swift-proxy swift-account swift-container swift-object memcached";

/** @throws Error that names the packages where they are not installed. */
export async function startSwift(): Promise<RunningSwift> {
  const directory = await mkdtemp(join(tmpdir(), "postern-swift-"));
  const processes: RunningProcess[] = [];

  async function start(command: string, args: readonly string[], port: number): Promise<void> {
    const env = { PATH: process.env["PATH"] ?? "", HOME: directory };
    processes.push(await startProcess({ command, args, env, cwd: directory, port }));
  }

  async function stop(): Promise<void> {
    for (const process of processes.toReversed()) await process.stop();
    await rm(directory, { recursive: true, force: true });
  }

  try {
    for (const kind of STORES) {
      await mkdir(join(directory, "devices/disk"), { recursive: true });
      const port = await freePort();
      await buildRing(directory, kind, port);
      const config = join(directory, `${kind}.conf`);
      await writeFile(config, storeConfig(directory, kind, port));
      await start(`swift-${kind}-server`, [config], port);
    }
    const cachePort = await freePort();
    const asWhom = ["-u", userInfo().username, "-l", "127.0.0.1", "-p", String(cachePort)];
    await start("memcached", asWhom, cachePort);
    const port = await freePort();
    const config = join(directory, "proxy.conf");
    await writeFile(config, proxyConfig(directory, port, cachePort));
    await start("swift-proxy-server", [config], port);
    return {
      address: `http://127.0.0.1:${port}`,
      accessKeyId: "postern:recordings",
      secretAccessKey: "swift-secret",
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`Swift does not start; it needs ${PACKAGES} (apt-get install)`, {
      cause: error,
    });
  }
}

async function buildRing(directory: string, kind: string, port: number): Promise<void> {
  const builder = join(directory, `${kind}.builder`);
  await run("swift-ring-builder", [builder, "create", "4", "1", "1"]);
  await run("swift-ring-builder", [builder, "add", `r1z1-127.0.0.1:${port}/disk`, "1"]);
  await run("swift-ring-builder", [builder, "rebalance"]);
}

function storeConfig(directory: string, kind: string, port: number): string {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${userInfo().username}
swift_dir = ${directory}
devices = ${directory}/devices
mount_check = false
workers = 0
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;
}

function proxyConfig(directory: string, port: number, cachePort: number): string {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${userInfo().username}
swift_dir = ${directory}
workers = 0
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${cachePort}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_postern_recordings = swift-secret .admin
[filter:slo]
use = egg:swift#slo
`;
}

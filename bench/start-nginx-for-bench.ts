// Starts nginx on the shipped configuration, sending recordings of a directory, for the benches.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../test/scenarios/free-port.ts";
import { writeProxyFiles } from "../test/scenarios/proxy-files.ts";
import type { BenchServer } from "./bench-server.ts";
import { setTimeout as wait } from "node:timers/promises";

/** `/static/` is the directory as nginx alone sends it: nobody asks who may have it. */
export async function startNginxForBench(
  posternPort: number,
  directory: string,
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "postern-nginx-"));
  const port = await freePort();
  const plain = { kind: "nginx", front: "visitors", isCaching: false, asksSession: false } as const;
  const ports = { port, gatePort: posternPort, backendPort: posternPort };
  await writeProxyFiles({ ...plain, ...ports, recordingsDirectory: directory }, folder);
  await changeFile(join(folder, "site.conf"), [
    // Visitors are many, and come from one machine: the file's own switch for a load balancer.
    ["#set_real_ip_from 10.0.0.10;", "set_real_ip_from 127.0.0.1;"],
    ["#real_ip_header X-Forwarded-For;", "real_ip_header X-Forwarded-For;"],
    ["    location / {", staticLocation(directory)],
    ["    server_name portal.example.com;", "    server_name _;"],
  ]);
  await changeFile(join(folder, "nginx.conf"), [
    ["worker_processes 1;", "master_process off;"],
    // As Debian ships it; nginx ends a connection after a thousand requests otherwise.
    [
      "access_log off;",
      "access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;",
    ],
  ]);
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/local/sbin:/usr/sbin:/sbin` },
  });
  const exited = once(child, "exit");
  await listening(port);
  return {
    name: "nginx",
    processId: child.pid ?? 0,
    port,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function staticLocation(directory: string): string {
  return `    location /static/ { auth_request off; alias ${directory}/; }\n    location / {`;
}

async function changeFile(
  path: string,
  changes: readonly (readonly [string, string])[],
): Promise<void> {
  let text = await readFile(path, "utf8");
  for (const [old, wanted] of changes) {
    if (text.split(old).length !== 2) throw new Error(`expected once in ${path}: ${old}`);
    text = text.replace(old, () => wanted);
  }
  await writeFile(path, text);
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isThere = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await wait(50);
  }
  throw new Error("nginx does not listen: apt-get install nginx");
}

// Opens event streams of the console from a process of its own, which reads them all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { BenchPostern } from "./start-postern-for-bench.ts";

const CLIENTS = fileURLToPath(new URL("../test/system/stream-clients.mjs", import.meta.url));

export type OpenStreams = { readonly close: () => Promise<void> };

/** Resolves when all of them follow the live figures. */
export async function openStreams(server: BenchPostern, count: number): Promise<OpenStreams> {
  const token = await createToken(server);
  const request = [
    "GET /api/v1/overview/live HTTP/1.1",
    "Host: localhost",
    `Authorization: Bearer ${token}`,
  ];
  const child = spawn(process.execPath, [CLIENTS, String(server.port), "", String(count), "0"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, READER_REQUEST: `${request.join("\r\n")}\r\n\r\n` },
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  if (line !== "begun") throw new Error(`streams were not opened: ${line}`);

  async function close(): Promise<void> {
    const exited = once(child, "exit");
    child.kill();
    await exited;
  }
  return { close };
}

async function createToken(server: BenchPostern): Promise<string> {
  const answer = await server.call({
    method: "POST",
    path: "/api/v1/tokens",
    body: { name: "bench", scopes: ["journal:read"] },
  });
  return (answer as { readonly token: string }).token;
}

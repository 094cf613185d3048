// Starts a server for the benches as a process of its own and waits until it listens.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A running server that answers the gate's question on loopback. */
export type BenchServer = {
  readonly name: string;
  readonly processId: number;
  readonly port: number;
  /** What it is asked; by default the gate's door for Caddy, with nothing beside the visit. */
  readonly asked?: {
    readonly path: string;
    readonly headers: readonly string[];
    readonly visitors?: number;
  };
  readonly stop: () => Promise<void>;
};

const START_SECONDS_MAX = 120;

/**
 * Runs one of bench/peers with the number of entries as its argument. A peer listens on a free
 * port of 127.0.0.1 and prints `listening PORT`.
 */
export async function startPeer(name: string, entryCount: number): Promise<BenchServer> {
  const path = fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", path, String(entryCount)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  const timer = setTimeout(() => child.kill("SIGKILL"), START_SECONDS_MAX * 1000);
  for await (const line of createInterface({ input: child.stdout })) {
    const port = Number(/^listening (\d+)$/.exec(line)?.[1] ?? 0);
    if (port === 0 || child.pid === undefined) continue;
    clearTimeout(timer);
    return { name, processId: child.pid, port, stop };
  }
  clearTimeout(timer);
  throw new Error(`${name} ended before it listened`);
}

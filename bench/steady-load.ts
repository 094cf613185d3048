// Asks the gate so many times a second, whether it keeps up or not, and says how long each waited.
import { Agent, get } from "node:http";
import type { BenchPostern } from "./start-postern-for-bench.ts";
import type { Figures } from "./rounds.ts";
import { sampleVisitor } from "./sample-entries.ts";

const SOCKETS = 64;

/**
 * A request that is sent late has waited since it was due: a server that stands still for a while
 * is seen to, which clients that wait for their answer before they ask again would hide.
 */
export async function loadSteadily(
  server: BenchPostern,
  options: { readonly requestsPerSecond: number; readonly seconds: number },
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const { requestsPerSecond, seconds } = options;
  const total = Math.round(requestsPerSecond * seconds);
  const startedAt = performance.now();
  const waits: Promise<number>[] = [];
  while (waits.length < total) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * requestsPerSecond);
    while (waits.length < Math.min(due, total)) {
      const dueAt = startedAt + (waits.length / requestsPerSecond) * 1_000;
      waits.push(askOnce(server, { agent, dueAt, visitor: sampleVisitor(waits.length) }));
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const times = (await Promise.all(waits)).toSorted((a, b) => a - b);
  agent.destroy();
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    p50Milliseconds: at(0.5),
    p99Milliseconds: at(0.99),
    longestMilliseconds: times.at(-1) ?? Number.NaN,
  };
}

/** Milliseconds from when it was due to the end of the answer. */
function askOnce(
  server: BenchPostern,
  asked: { readonly agent: Agent; readonly dueAt: number; readonly visitor: string },
): Promise<number> {
  const { agent, dueAt, visitor } = asked;
  return new Promise((resolve, reject) => {
    const headers = {
      "X-Forwarded-For": visitor,
      "X-Forwarded-Method": "GET",
      "X-Forwarded-Proto": "https",
      "X-Forwarded-Host": "portal.example.com",
      "X-Forwarded-Uri": "/inbox",
    };
    const where = { host: "127.0.0.1", port: server.port, path: "/gate/caddy", agent, headers };
    get(where, (response) => {
      response.resume();
      response.once("end", () => resolve(performance.now() - dueAt));
    }).once("error", reject);
  });
}

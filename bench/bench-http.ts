// How fast the gate answers over HTTP, beside a bare Node server and a set of known packages.
import { startPeer } from "./bench-server.ts";
import type { BenchServer } from "./bench-server.ts";
import { hasWrk, loadWithWrk } from "./load-with-wrk.ts";
import { runRounds } from "./rounds.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import { formatTable } from "./table.ts";
import type { Column } from "./table.ts";

export const HTTP_COLUMNS: readonly Column[] = [
  { figure: "requestsPerSecond", heading: "req/s", digits: 0, hasRatio: true },
  { figure: "cpuMicrosecondsPerRequest", heading: "CPU µs/req", digits: 1, hasRatio: true },
  { figure: "p50Milliseconds", heading: "p50 ms", digits: 2, hasRatio: false },
  { figure: "p99Milliseconds", heading: "p99 ms", digits: 2, hasRatio: false },
  { figure: "memoryMegabytes", heading: "MB", digits: 0, hasRatio: false },
];

/** Beyond this net.BlockList needs most of a second for each request: there is nothing to learn. */
const BLOCK_LIST_ENTRIES_MAX = 100_000;

export type HttpBenchOptions = {
  readonly entryCounts: readonly number[];
  readonly roundCount: number;
  readonly seconds: number;
};

/** Prints one table for each number of entries. Throws when a server refuses or does not answer. */
export async function benchHttp(options: HttpBenchOptions): Promise<void> {
  if (!(await hasWrk())) throw new Error("this bench needs wrk: apt-get install wrk");
  for (const entryCount of options.entryCounts) {
    const servers: BenchServer[] = [];
    try {
      servers.push(await startPeer("bare-node-server", entryCount));
      servers.push(await startPosternForBench(entryCount));
      if (entryCount <= BLOCK_LIST_ENTRIES_MAX) {
        servers.push(await startPeer("fastify-peer", entryCount));
      }
      for (const server of servers) await loadWithWrk(server, 1);
      const contestants = servers.map((server) => ({
        name: server.name,
        measure: () => loadWithWrk(server, options.seconds),
      }));
      const standings = await runRounds(contestants, options.roundCount);
      console.log(`\nforward-auth over HTTP, ${entryCount.toLocaleString("en")} entries`);
      console.log(formatTable(standings, HTTP_COLUMNS));
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  }
}

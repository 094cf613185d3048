// How fast the gate answers visitors who are signed in, and that a known session asks no store.
import { HTTP_COLUMNS } from "./bench-http.ts";
import type { HttpBenchOptions } from "./bench-http.ts";
import { startPeer } from "./bench-server.ts";
import type { BenchServer } from "./bench-server.ts";
import { countSessionQueries } from "./count-session-queries.ts";
import { hasWrk, loadWithWrk } from "./load-with-wrk.ts";
import { runRounds } from "./rounds.ts";
import { signInForBench } from "./sign-in-for-bench.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import { formatTable } from "./table.ts";

/** Prints the check alone, then one table; target: 0.7 of the bare server. */
export async function benchSession(options: HttpBenchOptions): Promise<void> {
  if (!(await hasWrk())) throw new Error("this bench needs wrk: apt-get install wrk");
  const { checks, queries, nanosecondsPerCheck } = await countSessionQueries();
  console.log(`${checks.toLocaleString("en")} checks of a known session in the process:`);
  console.log(`${nanosecondsPerCheck.toFixed(0)} ns each, ${queries} questions to the store`);
  if (queries !== 0) throw new Error("a known session asked the store");
  for (const entryCount of options.entryCounts) {
    const stops: (() => Promise<void>)[] = [];
    try {
      const bare = await startPeer("bare-node-server", entryCount);
      stops.push(bare.stop);
      const postern = await startPosternForBench(entryCount);
      stops.push(postern.stop);
      const cookie = await signInForBench(postern);
      const servers: readonly BenchServer[] = [
        bare,
        { ...postern, name: "postern, nobody asked" },
        { ...postern, name: "postern, signed in", asked: askedWith(cookie) },
      ];
      for (const server of servers) await loadWithWrk(server, 1);
      const contestants = servers.map((server) => ({
        name: server.name,
        measure: () => loadWithWrk(server, options.seconds),
      }));
      const standings = await runRounds(contestants, options.roundCount);
      console.log(`\nsigned-in forward-auth, ${entryCount.toLocaleString("en")} entries`);
      console.log(formatTable(standings, HTTP_COLUMNS));
    } finally {
      await Promise.all(stops.map((stop) => stop()));
    }
  }
}

function askedWith(cookie: string): NonNullable<BenchServer["asked"]> {
  const headers = [
    `Cookie: theme=dark; ${cookie}`,
    "Accept: text/html",
    "Sec-Fetch-Mode: navigate",
  ];
  return { path: "/gate/caddy?session=required&role=agent", headers };
}

// What the console costs: the gate while thousands watch, and looking things up in long lists.
import { openStreams } from "./open-streams.ts";
import { readCpuMicroseconds } from "./read-process.ts";
import { median, runRounds } from "./rounds.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import type { BenchPostern } from "./start-postern-for-bench.ts";
import { loadSteadily } from "./steady-load.ts";
import { formatTable } from "./table.ts";
import type { Column } from "./table.ts";

const REQUESTS_PER_SECOND = 2_000;
const STREAMS_MANY = 2_000;
const LOOK_UPS = 9;

const QUIET_MS = 3_000;

const COLUMNS: readonly Column[] = [
  { figure: "quietCpuPercent", heading: "CPU % without requests", digits: 1, hasRatio: false },
  { figure: "p50Milliseconds", heading: "p50 ms", digits: 2, hasRatio: false },
  { figure: "p99Milliseconds", heading: "p99 ms", digits: 2, hasRatio: true },
  { figure: "longestMilliseconds", heading: "longest ms", digits: 1, hasRatio: false },
];

type ConsoleBenchOptions = {
  readonly entryCount: number;
  readonly roundCount: number;
  readonly seconds: number;
};

/** Prints two tables; the second with the target of 100 ms each. */
export async function benchConsole(options: ConsoleBenchOptions): Promise<void> {
  const server = await startPosternForBench(options.entryCount);
  try {
    await measureGate(server, options);
    await measureLookUps(server, options.entryCount);
  } finally {
    await server.stop();
  }
}

async function measureGate(
  server: BenchPostern,
  { roundCount, seconds }: ConsoleBenchOptions,
): Promise<void> {
  const load = { requestsPerSecond: REQUESTS_PER_SECOND, seconds };
  await loadSteadily(server, { ...load, seconds: 1 });
  const contestants = [1, STREAMS_MANY].map((count) => ({
    name: `${count.toLocaleString("en")} watching`,
    measure: async () => {
      const streams = await openStreams(server, count);
      try {
        const before = readCpuMicroseconds(server.processId);
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
        const cpuMicroseconds = readCpuMicroseconds(server.processId) - before;
        const quietCpuPercent = cpuMicroseconds / QUIET_MS / 10;
        return { quietCpuPercent, ...(await loadSteadily(server, load)) };
      } finally {
        await streams.close();
      }
    },
  }));
  const standings = await runRounds(contestants, roundCount);
  console.log(`the gate at ${REQUESTS_PER_SECOND.toLocaleString("en")} requests a second`);
  console.log(formatTable(standings, COLUMNS));
}

/** What the page of address lists asks for as one scrolls and types. */
async function measureLookUps(server: BenchPostern, entryCount: number): Promise<void> {
  const lookUps: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["first page", { sort: "address" }],
    ["page in the middle", { sort: "address", offset: String(entryCount >> 1) }],
    ["last page", { sort: "newest", offset: String(Math.max(0, entryCount - 100)) }],
    ["an address", { search: "203.0.113.7" }],
    ["the beginning of an address", { search: "203.0.113." }],
    ["part of a note", { search: "brute force" }],
  ];
  console.log(`\n${entryCount.toLocaleString("en")} entries, 100 a page (target <= 100 ms)`);
  const standings = [];
  for (const [name, query] of lookUps) {
    const times: number[] = [];
    for (let turn = 0; turn < LOOK_UPS; turn += 1) {
      const startedAt = performance.now();
      await server.call({
        method: "GET",
        path: "/api/v1/entries",
        query: { limit: "100", ...query },
      });
      times.push(performance.now() - startedAt);
    }
    const figures = {
      medianMilliseconds: median(times),
      longestMilliseconds: Math.max(...times),
    };
    standings.push({ name, figures });
  }
  console.log(
    formatTable(standings, [
      { figure: "medianMilliseconds", heading: "median ms", digits: 1, hasRatio: false },
      { figure: "longestMilliseconds", heading: "longest ms", digits: 1, hasRatio: false },
    ]),
  );
}

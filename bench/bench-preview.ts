// What a preview of a million recorded visits costs, and what the gate's visitors notice of it.
import { readMemoryMegabytes } from "./read-process.ts";
import { recordVisits } from "./record-visits.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import type { BenchPostern } from "./start-postern-for-bench.ts";
import { loadSteadily } from "./steady-load.ts";

const REQUESTS_PER_SECOND = 300;
const MEMORY_EVERY_MS = 20;

/** Prints one figure a line, with the target of the design where there is one. */
export async function benchPreview(options: {
  readonly visitCount: number;
  readonly entryCount: number;
  readonly roundCount: number;
  readonly seconds: number;
}): Promise<void> {
  const { visitCount, entryCount, roundCount, seconds } = options;
  const started = await startPosternForBench(entryCount);
  // Written by hand while nobody has the store open.
  const server = await started.restart((dataDirectory) => recordVisits(dataDirectory, visitCount));
  try {
    const idle = await loadSteadily(server, { requestsPerSecond: REQUESTS_PER_SECOND, seconds });
    print("gate alone, p50", idle["p50Milliseconds"]!, { unit: "ms" });
    print("gate alone, p99", idle["p99Milliseconds"]!, { unit: "ms" });
    print("memory before", readMemoryMegabytes(server.processId), { unit: "MB" });
    const name = `preview of ${visitCount.toLocaleString("en")} visits`;
    for (let round = 1; round <= roundCount; round += 1) {
      const { milliseconds, peakMegabytes, requests } = await measure(server, "rules");
      print(`${name}, ${requests.toLocaleString("en")} requests`, milliseconds, {
        unit: "ms",
        target: "<= 3,000",
      });
      print("peak memory meanwhile", peakMegabytes, { unit: "MB" });
    }
    const limits = await measure(server, "limits");
    print("the same of a limit that one visitor in seven is over", limits.milliseconds, {
      unit: "ms",
    });
    const busy = await gateMeanwhile(server, seconds);
    print("gate meanwhile, p50", busy["p50Milliseconds"]!, { unit: "ms" });
    print("gate meanwhile, p99", busy["p99Milliseconds"]!, { unit: "ms", target: "<= 50" });
    print("gate meanwhile, longest", busy["longestMilliseconds"]!, { unit: "ms" });
  } finally {
    await server.stop();
  }
}

const RATE = { mode: "off", requestMaxCount: 50, requestMaxSeconds: 60 } as const;
const OFF = { ...RATE, requestBanExpirySeconds: 3600 } as const;

const CHANGES = {
  rules: [
    {
      kind: "address-list",
      add: [{ range: "40.0.0.0/8", action: "deny", expiresAt: null }],
      remove: [],
    },
  ],
  limits: [
    {
      kind: "network-policy",
      sections: [
        {
          section: "rate-limits",
          value: { audio: OFF, api: OFF, portal: { ...OFF, mode: "enforce", requestMaxCount: 6 } },
        },
      ],
    },
  ],
} as const;

type Measured = {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly requests: number;
};

async function measure(server: BenchPostern, which: keyof typeof CHANGES): Promise<Measured> {
  let peakMegabytes = 0;
  const timer = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, readMemoryMegabytes(server.processId));
  }, MEMORY_EVERY_MS);
  const startedAt = performance.now();
  const { requests } = (await preview(server, which)) as { readonly requests: number };
  clearInterval(timer);
  return { milliseconds: performance.now() - startedAt, peakMegabytes, requests };
}

function preview(server: BenchPostern, which: keyof typeof CHANGES): Promise<unknown> {
  return server.call({
    method: "POST",
    path: "/api/v1/previews",
    body: { period: "24h", changes: CHANGES[which] },
    silenceMs: 120_000,
  });
}

/** One preview after the other while the gate is asked. */
async function gateMeanwhile(server: BenchPostern, seconds: number) {
  const asking = { isDone: false };
  const previews = (async () => {
    while (!asking.isDone) await preview(server, "rules");
  })();
  const figures = await loadSteadily(server, { requestsPerSecond: REQUESTS_PER_SECOND, seconds });
  asking.isDone = true;
  await previews;
  return figures;
}

function print(
  name: string,
  value: number,
  { unit, target }: { readonly unit: string; readonly target?: string },
): void {
  const figure = value.toLocaleString("en", { maximumFractionDigits: 1 });
  console.log(`${name.padEnd(52)} ${figure.padStart(10)} ${unit}${target ? `  (${target})` : ""}`);
}

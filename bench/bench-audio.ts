// How fast recordings are sent: by nginx alone, by Postern, and by nginx after Postern's decision.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { plainWav } from "../test/audio/plain-wav.ts";
import type { BenchServer } from "./bench-server.ts";
import { hasWrk, loadWithWrk } from "./load-with-wrk.ts";
import { readCpuMicroseconds } from "./read-process.ts";
import { runRounds } from "./rounds.ts";
import { signInForBench } from "./sign-in-for-bench.ts";
import { startNginxForBench } from "./start-nginx-for-bench.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import type { BenchPostern } from "./start-postern-for-bench.ts";
import { formatTable } from "./table.ts";
import type { Column } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { figure: "requestsPerSecond", heading: "req/s", digits: 0, hasRatio: true },
  { figure: "cpuMicrosecondsPerRequest", heading: "CPU µs/req", digits: 0, hasRatio: false },
  { figure: "p50Milliseconds", heading: "p50 ms", digits: 1, hasRatio: false },
  { figure: "p99Milliseconds", heading: "p99 ms", digits: 1, hasRatio: false },
  { figure: "memoryMegabytes", heading: "MB", digits: 0, hasRatio: false },
];

const ACCEL_PREFIX = "/_postern/recordings/";
/** So many listen at a time that none of them is over the hard limit, each one recording. */
const VISITORS = 512;
const SLOW_READERS = 1000;
const SETTLE_SECONDS_MAX = 40;

type Sample = { readonly what: string; readonly bytes: number; readonly range: string | null };

const SAMPLES: readonly Sample[] = [
  { what: "10 MB", bytes: 10_000_000, range: null },
  { what: "1 MB out of 10 MB", bytes: 10_000_000, range: "bytes=4000000-4999999" },
  { what: "100 kB", bytes: 100_000, range: null },
];

type Stored = { readonly link: string; readonly path: string };

export type AudioBenchOptions = { readonly roundCount: number; readonly seconds: number };

/** Targets: 0.9 of nginx alone at 10 MB and 0.25 at 100 kB; by X-Accel-Redirect 1.0 and 0.5. */
export async function benchAudio(options: AudioBenchOptions): Promise<void> {
  if (!(await hasWrk())) throw new Error("this bench needs wrk: apt-get install wrk");
  const stops: (() => Promise<void>)[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), "postern-bench-files-"));
    stops.push(() => rm(directory, { recursive: true, force: true }));
    const env = { BLOB_URL: `file://${directory}`, PUBLIC_URL: "http://localhost" };
    // One sends itself, the other has nginx send; each has its own copies of the files.
    const direct = await startPosternForBench(0, env);
    stops.push(direct.stop);
    const behind = await startPosternForBench(0, { ...env, BLOB_ACCEL_PREFIX: ACCEL_PREFIX });
    stops.push(behind.stop);
    const nginx = await startNginxForBench(behind.port, directory);
    stops.push(nginx.stop);
    const cookies = [await signInForBench(direct), await signInForBench(behind)] as const;
    for (const postern of [direct, behind]) await addNumber(postern);
    for (const sample of SAMPLES) {
      const stored = [await store(direct, sample), await store(behind, sample)] as const;
      await compare({ ...options, sample, direct, behind, nginx, stored, cookies });
    }
    await benchBesideSlowReaders(direct, options);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

async function compare(bench: {
  readonly roundCount: number;
  readonly seconds: number;
  readonly sample: Sample;
  readonly direct: BenchPostern;
  readonly behind: BenchPostern;
  readonly nginx: BenchServer;
  readonly stored: readonly [Stored, Stored];
  readonly cookies: readonly [string, string];
}): Promise<void> {
  const { sample, direct, behind, nginx, stored, cookies } = bench;
  const range = sample.range === null ? [] : [`Range: ${sample.range}`];
  const asked = (path: string, cookie?: string): NonNullable<BenchServer["asked"]> => ({
    path,
    visitors: VISITORS,
    headers: cookie === undefined ? range : [...range, `Cookie: ${cookie}`],
  });
  const [here, there] = stored.map(({ link }) => `/recordings/${link}/audio`) as [string, string];
  const open = "no-restrictions";
  const closed = "user-authentication";
  const contestants: readonly (readonly [string, BenchServer, string | null])[] = [
    ["nginx alone", { ...nginx, asked: asked(`/static/${stored[1].path}`) }, null],
    ["postern", { ...direct, asked: asked(here) }, open],
    ["postern, signed in", { ...direct, asked: asked(here, cookies[0]) }, closed],
    ["nginx and postern", { ...nginx, asked: asked(there) }, open],
    ["nginx and postern, signed in", { ...nginx, asked: asked(there, cookies[1]) }, closed],
  ];
  const standings = await runRounds(
    contestants.map(([name, server, mode]) => ({
      name,
      measure: async () => {
        if (mode !== null) for (const postern of [direct, behind]) await setMode(postern, mode);
        // Plays begin, and are written down, before it counts.
        await loadWithWrk({ ...server, name }, bench.seconds);
        return loadWithWrk({ ...server, name }, bench.seconds);
      },
    })),
    bench.roundCount,
  );
  console.log(`\nrecordings, ${sample.what}`);
  console.log(formatTable(standings, COLUMNS));
}

/** What everybody else notices of a thousand listeners who stand still. */
async function benchBesideSlowReaders(
  postern: BenchPostern,
  { seconds }: AudioBenchOptions,
): Promise<void> {
  await setMode(postern, "no-restrictions");
  const { link } = await store(postern, { what: "24 MB", bytes: 24_000_000, range: null });
  await loadWithWrk(postern, 1);
  const without = await loadWithWrk(postern, seconds);
  const script = fileURLToPath(new URL("../test/system/slow-readers.mjs", import.meta.url));
  const path = `/recordings/${link}/audio`;
  const readers = spawn(process.execPath, [
    script,
    String(postern.port),
    path,
    String(SLOW_READERS),
  ]);
  const [line] = (await once(createInterface({ input: readers.stdout }), "line")) as [string];
  if (line !== "begun") throw new Error(`slow readers: ${line}`);
  await settled(postern);
  const beside = await loadWithWrk(postern, seconds);
  readers.kill("SIGKILL");
  await once(readers, "exit");
  console.log(`\nthe gate beside ${SLOW_READERS} listeners who take nothing`);
  const standings = [
    { name: "alone", figures: without },
    { name: "beside them", figures: beside },
  ];
  console.log(formatTable(standings, COLUMNS));
}

/** Until then the kernel's buffers of each socket are being filled. */
async function settled({ processId }: BenchPostern): Promise<void> {
  const busyMicrosecondsMax = 50_000;
  let before = readCpuMicroseconds(processId);
  for (let tries = 0; tries < SETTLE_SECONDS_MAX; tries += 1) {
    await wait(1000);
    const now = readCpuMicroseconds(processId);
    if (now - before < busyMicrosecondsMax) return;
    before = now;
  }
  throw new Error("Postern is still busy with listeners who take nothing");
}

async function addNumber(postern: BenchPostern): Promise<void> {
  const body = { account: "acme", number: "+61255501234" };
  const number = (await postern.call({
    method: "POST",
    path: "/api/v1/tracking-numbers",
    body,
  })) as {
    readonly id: string;
  };
  const users = (await postern.call({ method: "GET", path: "/api/v1/users" })) as {
    readonly users: readonly { readonly id: string }[];
  };
  for (const { id } of users.users) {
    const path = `/api/v1/tracking-numbers/${number.id}/grants/${id}`;
    await postern.call({ method: "PUT", path });
  }
}

async function setMode(postern: BenchPostern, mode: string): Promise<void> {
  const value = { mode, whitelist: [], onlyShareable: false };
  const query = { account: "acme" };
  await postern.call({ method: "PUT", path: "/api/v1/audio-download", query, body: { value } });
}

/** Uploads a recording of so many bytes. */
async function store(postern: BenchPostern, { bytes }: Sample): Promise<Stored> {
  const wav = plainWav(bytes);
  const recording = (await postern.call({
    method: "POST",
    path: "/api/v1/recordings",
    query: { account: "acme", number: "+61255501234", name: `call of ${bytes}` },
    contentType: "audio/wav",
    body: Readable.from([wav]),
  })) as { readonly id: string; readonly link: string };
  const { accounts } = (await postern.call({ method: "GET", path: "/api/v1/accounts" })) as {
    readonly accounts: readonly { readonly id: string }[];
  };
  return { link: recording.link, path: `${accounts[0]?.id}/${recording.id}.wav` };
}

// What changes cost with many entries: an import, a new start, one entry saved, one ban.
import { Agent, get } from "node:http";
import { loadWithWrk } from "./load-with-wrk.ts";
import { readMemoryMegabytes } from "./read-process.ts";
import { median } from "./rounds.ts";
import { sampleEntries, sampleVisitor } from "./sample-entries.ts";
import { importOf, startPosternForBench } from "./start-postern-for-bench.ts";
import type { BenchPostern } from "./start-postern-for-bench.ts";

const SAVES = 9;
/** HARD_LIMIT: the next request of the address within a minute bans it. */
const ADMITTED_PER_MINUTE = 600;
const OFFENDER = "198.51.100.7";
const ASK_EVERY_MS = 2;

/** Prints one figure a line, with the target of the design where there is one. */
export async function benchChanges(entryCount: number, seconds: number): Promise<void> {
  const empty = await startPosternForBench(0);
  print("start, no entries", empty.startMilliseconds, { unit: "ms" });
  print("memory, no entries", readMemoryMegabytes(empty.processId), { unit: "MB" });
  let running: BenchPostern = empty;
  try {
    await measureImport(empty, entryCount);
    running = await empty.restart();
    const count = entryCount.toLocaleString("en");
    print(`start, ${count} entries`, running.startMilliseconds, { unit: "ms", target: "<= 5,000" });
    await pause(2_000);
    print(`memory, ${count} entries`, readMemoryMegabytes(running.processId), {
      unit: "MB",
      target: "<= 120",
    });
    await measureSaves(running);
    const admitted = await loadWithWrk(running, seconds);
    print("memory after the load", readMemoryMegabytes(running.processId), {
      unit: "MB",
      target: "<= 120",
    });
    await measureBan(running);
    const refused = await loadWithWrk(running, seconds, OFFENDER);
    print("CPU of an admitted request", figure(admitted), { unit: "µs" });
    print("CPU of a banned request", figure(refused), { unit: "µs" });
    print("banned / admitted", figure(refused) / figure(admitted), { unit: "×" });
  } finally {
    await running.stop();
  }
}

function figure(figures: Readonly<Record<string, number>>): number {
  return figures["cpuMicrosecondsPerRequest"] ?? Number.NaN;
}

/** A client asks the gate all the while: what it waits for longest is the longest pause. */
async function measureImport(server: BenchPostern, entryCount: number): Promise<void> {
  const entries = sampleEntries(entryCount);
  const before = await askFor(server, pause(3_000));
  print("longest answer while idle", before, { unit: "ms" });
  const startedAt = performance.now();
  const longest = await askFor(server, server.call(importOf(entries)));
  const name = `import of ${entryCount.toLocaleString("en")} entries`;
  print(name, performance.now() - startedAt, { unit: "ms" });
  print("longest answer meanwhile", longest, { unit: "ms", target: "<= 50" });
}

/** The longest answer in milliseconds until the work is done. */
async function askFor(server: BenchPostern, work: Promise<unknown>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const asking = { isDone: false, longest: 0 };
  const end = work.finally(() => {
    asking.isDone = true;
  });
  for (let visit = 0; !asking.isDone; visit += 1) {
    const startedAt = performance.now();
    await ask(server, sampleVisitor(visit), agent);
    asking.longest = Math.max(asking.longest, performance.now() - startedAt);
    await pause(ASK_EVERY_MS);
  }
  agent.destroy();
  await end;
  return asking.longest;
}

/** From the call to the first refused request. */
async function measureSaves(server: BenchPostern): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  for (let save = 0; save < SAVES; save += 1) {
    const address = `203.0.113.${save + 1}`;
    if ((await ask(server, address, agent)) !== 200) throw new Error(`${address} is refused`);
    const startedAt = performance.now();
    const body = { range: address, action: "deny" };
    await server.call({ method: "POST", path: "/api/v1/entries", body });
    if ((await ask(server, address, agent)) !== 403) throw new Error(`${address} still passes`);
    times.push(performance.now() - startedAt);
  }
  agent.destroy();
  print("one entry saved and enforced (median)", median(times), { unit: "ms", target: "<= 50" });
  print("one entry saved and enforced (longest)", Math.max(...times), {
    unit: "ms",
    target: "<= 50",
  });
}

/** The request that is one too many, on disk as a ban, and the next one refused under it. */
async function measureBan(server: BenchPostern): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  for (let visit = 0; visit < ADMITTED_PER_MINUTE; visit += 1) await ask(server, OFFENDER, agent);
  const startedAt = performance.now();
  const banning = await ask(server, OFFENDER, agent);
  const next = await ask(server, OFFENDER, agent);
  const milliseconds = performance.now() - startedAt;
  agent.destroy();
  if (banning !== 429 || next !== 403) throw new Error(`no ban: ${banning}, then ${next}`);
  print("one ban made, stored and enforced", milliseconds, { unit: "ms", target: "<= 50" });
}

function ask(server: BenchPostern, client: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      "X-Forwarded-For": client,
      "X-Forwarded-Method": "GET",
      "X-Forwarded-Proto": "https",
      "X-Forwarded-Host": "portal.example.com",
      "X-Forwarded-Uri": "/inbox",
    };
    const where = { host: "127.0.0.1", port: server.port, path: "/gate/caddy", agent, headers };
    get(where, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    }).once("error", reject);
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function print(
  name: string,
  value: number,
  shown: { readonly unit: string; readonly target?: string },
): void {
  const { unit, target = "" } = shown;
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  const text = value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const aim = target === "" ? "" : `  target ${target}`;
  console.log(`${name.padEnd(42)} ${text.padStart(10)} ${unit.padEnd(3)}${aim}`.trimEnd());
}

// Fetches the country database again and again, when it is due.
import { stat } from "node:fs/promises";
import { countryDirectory } from "./country-directory.ts";
import { fetchCountryDatabase } from "./fetch-country-database.ts";
import type { CountryFetch, FetchOutcome } from "./fetch-country-database.ts";

const RETRY_SECONDS = 3600;
/** Due is a comparison at each tick, never one long timer: those fire at once beyond 2^31 ms. */
const TICK_MS = 60_000;

export type FetchTimes = {
  /** When the file in the directory was written; null when there is none. */
  readonly fileAtMs: number | null;
  /** The last fetch of this process; null before the first. */
  readonly lastAttempt: { readonly atMs: number; readonly ok: boolean } | null;
  readonly intervalSeconds: number;
};

/** A failed fetch is repeated after an hour (or the interval, if that is shorter). */
export function isFetchDue(times: FetchTimes, nowMs: number): boolean {
  const { fileAtMs, lastAttempt, intervalSeconds } = times;
  if (lastAttempt !== null) {
    const waitSeconds = lastAttempt.ok ? intervalSeconds : Math.min(RETRY_SECONDS, intervalSeconds);
    return nowMs - lastAttempt.atMs >= waitSeconds * 1000;
  }
  return fileAtMs === null || nowMs - fileAtMs >= intervalSeconds * 1000;
}

export type CountryFetchSchedule = Omit<CountryFetch, "etag" | "signal"> & {
  readonly intervalSeconds: number;
  /** Called after each fetch. */
  readonly onOutcome: (outcome: FetchOutcome) => void;
};

export type RunningSchedule = {
  /** Fetches if it is due. Resolves when that has ended. */
  readonly tick: () => Promise<void>;
  /** Stops a fetch under way and fetches no more. */
  readonly close: () => Promise<void>;
};

/** The first tick is the caller's to make. */
export function scheduleCountryFetch(schedule: CountryFetchSchedule): RunningSchedule {
  const { clock, intervalSeconds } = schedule;
  const { droppedIn } = countryDirectory(schedule.directory);
  let lastAttempt: FetchTimes["lastAttempt"] = null;
  let etag: string | null = null;
  let running: Promise<void> | null = null;
  const stopping = new AbortController();

  async function run(): Promise<void> {
    const fileAtMs = await writtenAtMs(droppedIn);
    const nowMs = clock.nowMs();
    if (!isFetchDue({ fileAtMs, lastAttempt, intervalSeconds }, nowMs)) return;
    // Whoever took the file away wants it anew, not "unchanged".
    const outcome = await fetchCountryDatabase({
      ...schedule,
      signal: stopping.signal,
      etag: fileAtMs === null ? null : etag,
    });
    lastAttempt = { atMs: nowMs, ok: outcome.ok };
    if (outcome.ok && outcome.isChanged) etag = outcome.etag;
    schedule.onOutcome(outcome);
  }
  function tick(): Promise<void> {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }
  const timer = setInterval(() => void tick(), TICK_MS);
  timer.unref();
  async function close(): Promise<void> {
    clearInterval(timer);
    stopping.abort();
    await running;
  }
  return { tick, close };
}

async function writtenAtMs(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

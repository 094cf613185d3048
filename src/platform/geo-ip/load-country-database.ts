// Reads one country database file in a thread of its own, checked, as plain arrays.
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { LoadOutcome } from "./country-data.ts";

const SHIPPED_FILE = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

/** The largest city databases have about 130 MB. */
export const COUNTRY_FILE_BYTES_MAX = 512 * 1024 * 1024;
const LOAD_TIMEOUT_MS = 120_000;
const HEAP_MEGABYTES_MAX = 512;

/** The database that is installed with the program, or null when it was not installed. */
export function shippedCountryDatabasePath(): string | null {
  try {
    return createRequire(import.meta.url).resolve(SHIPPED_FILE);
  } catch {
    return null;
  }
}

/**
 * Reads and checks a file. `nowMs` is compared with the build date. Never throws for what is wrong
 * with a file: absent, empty, cut off, random bytes, without countries, too large.
 */
export async function loadCountryDatabase(path: string, nowMs: number): Promise<LoadOutcome> {
  try {
    const file = await stat(path);
    // Reading a pipe or a device would never end.
    if (!file.isFile()) return { ok: false, reason: "is not a regular file" };
    if (file.size > COUNTRY_FILE_BYTES_MAX) {
      return { ok: false, reason: `is larger than ${COUNTRY_FILE_BYTES_MAX} bytes` };
    }
  } catch (error) {
    return { ok: false, reason: readErrorReason(error) };
  }
  return await runWorker(path, nowMs);
}

/** Why a file cannot be opened, to follow its name in a sentence. */
export function readErrorReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" ? "does not exist" : `cannot be read: ${code ?? String(error)}`;
}

function runWorker(path: string, nowMs: number): Promise<LoadOutcome> {
  const extension = extname(new URL(import.meta.url).pathname);
  const entry = new URL(`./flatten-country-worker${extension}`, import.meta.url);
  return new Promise((resolve) => {
    const worker = new Worker(entry, {
      workerData: { path, nowMs },
      execArgv: extension === ".ts" ? typeScriptArguments() : [],
      // A file that is made to eat memory ends its thread, not the program.
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
    });
    let outcome: LoadOutcome = { ok: false, reason: "cannot be read: its thread ended early" };
    const timer = setTimeout(() => {
      outcome = { ok: false, reason: `took longer than ${LOAD_TIMEOUT_MS / 1000} s to read` };
      void worker.terminate();
    }, LOAD_TIMEOUT_MS);
    worker.once("message", (message: LoadOutcome) => {
      outcome = message;
    });
    worker.once("error", (error) => {
      outcome = { ok: false, reason: `cannot be read: ${String(error)}` };
    });
    // Only the end of the thread gives its memory back, so that is what is waited for.
    worker.once("exit", () => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

/**
 * Run from source (tests, development), Node 20 needs tsx to read TypeScript in the thread too.
 * `--import tsx` registers itself in the main thread only, so the thread is told to register it.
 */
function typeScriptArguments(): string[] {
  if ("typescript" in process.features && process.features.typescript !== false) return [];
  const tsx = import.meta.resolve("tsx/esm/api");
  return ["--import", `data:text/javascript,import { register } from "${tsx}"; register();`];
}

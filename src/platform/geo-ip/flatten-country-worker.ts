// The thread that reads a country database, so that 0.3 s of work never delays a decision.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { LoadOutcome } from "./country-data.ts";
import { flattenCountryFile } from "./flatten-country-file.ts";

const { path, nowMs } = workerData as { readonly path: string; readonly nowMs: number };

function load(): LoadOutcome {
  try {
    return flattenCountryFile({ path, bytes: readFileSync(path), nowMs });
  } catch (error) {
    return { ok: false, reason: `cannot be read: ${String(error)}` };
  }
}

const outcome = load();
const arrays = outcome.ok
  ? [
      outcome.data.arrays.ipv4Starts,
      outcome.data.arrays.ipv4Countries,
      outcome.data.arrays.ipv6Starts,
      outcome.data.arrays.ipv6Countries,
    ]
  : [];
// Handed over, not copied: the thread takes nothing with it when it ends.
const buffers = arrays.map((array) => array.buffer);
parentPort?.postMessage(outcome, buffers);

// Sees every hour that no file stays without a recording, and that uploads leave nothing.
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { removeBlobs } from "../library/blob-removals.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import { decideRemovals } from "./decide-removals.ts";
import type { DecidedRemovals, RemovalPlace } from "./decide-removals.ts";

export type Sweep = {
  /** Never rejects. */
  readonly sweep: () => Promise<void>;
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

const EVERY_MS = 3_600_000;
/** Longer than any upload takes: what is older is nobody's. */
const LEFT_BEHIND_MS = 86_400_000;
/** Longer than a file takes from its first byte in the blob store to its row. */
const ROW_COMES_WITHIN_MS = 3_600_000;
const REMOVALS_AT_ONCE = 500;

export function createSweep(parts: RecordingsParts): Sweep {
  const { database, clock, onError } = parts;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  // Whoever stops us does not wait for more than one file; the next start goes on.
  let isClosing = false;
  const goesOn = () => !isClosing;

  /** Each that was asked for once: what cannot be removed waits for the next sweep. */
  async function removeAskedFor(): Promise<void> {
    const beforeMs = clock.nowMs() - ROW_COMES_WITHIN_MS;
    let after: RemovalPlace | null = null;
    do {
      const page: DecidedRemovals = await decideRemovals(database, {
        beforeMs,
        after,
        limit: REMOVALS_AT_ONCE,
        goesOn,
      });
      await removeBlobs(parts, page.keys, goesOn);
      after = page.last;
    } while (after !== null && goesOn());
  }

  async function removeIncoming(): Promise<void> {
    for (const path of await listIncoming(parts.incomingDirectory)) {
      if (!goesOn()) return;
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (mtimeMs < clock.nowMs() - LEFT_BEHIND_MS) await rm(path, { force: true });
    }
  }

  async function doAll(): Promise<void> {
    for (const work of [removeAskedFor, removeIncoming]) {
      await work().catch((error: unknown) => onError(error, "sweeping files of recordings"));
    }
  }

  function sweep(): Promise<void> {
    running ??= doAll().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    sweep,
    start: () => {
      if (timer !== undefined) return;
      timer = setInterval(() => void sweep(), EVERY_MS);
      timer.unref();
      void sweep();
    },
    close: async () => {
      isClosing = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** None where no upload has come yet. Only files by the names that uploads get. */
async function listIncoming(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".part")).map((name) => join(directory, name));
}

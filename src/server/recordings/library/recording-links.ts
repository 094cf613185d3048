// Finds the recording that a link leads to, from memory where it is known.
import type { Clock } from "../../../platform/clock.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { FoundRecording } from "../found-recording.ts";
import { findRecordingByLink } from "./recording-store.ts";

/** Whose recordings changed or went. */
export type ForgottenRecordings =
  | { readonly link: string }
  | { readonly trackingNumberId: string }
  | "all";

export type RecordingLinks = {
  /** Null: memory does not know the link; there may be a recording all the same. No I/O. */
  readonly findNow: (link: string) => FoundRecording | null;
  readonly find: (link: string) => Promise<FoundRecording | null>;
  /** From the next request on they are read again. */
  readonly forget: (what: ForgottenRecordings) => void;
};

/** About 1 kB each. */
const REMEMBERED_MAX = 10_000;

type Remembered = { readonly recording: FoundRecording; readonly readAtMs: number };

/** `maxAgeMs`: how old what other processes wrote may be here; null: there are none. */
export function createRecordingLinks(parts: {
  readonly read: ReadDatabase<Schema>;
  readonly clock: Clock;
  readonly maxAgeMs: number | null;
}): RecordingLinks {
  const { read, clock } = parts;
  const maxAgeMs = parts.maxAgeMs ?? Number.POSITIVE_INFINITY;
  const remembered = new Map<string, Remembered>();
  let forgettings = 0;

  function findNow(link: string): FoundRecording | null {
    const found = remembered.get(link);
    if (found === undefined) return null;
    const ageMs = clock.nowMs() - found.readAtMs;
    // A clock that was turned back must not make it young again.
    return ageMs >= 0 && ageMs <= maxAgeMs ? found.recording : null;
  }

  async function find(link: string): Promise<FoundRecording | null> {
    const known = findNow(link);
    if (known !== null) return known;
    const before = forgettings;
    const readAtMs = clock.nowMs();
    const recording = await findRecordingByLink(read, link);
    // INVARIANT: what was read before a change is not remembered after it.
    if (recording !== null && before === forgettings) remember({ recording, readAtMs });
    return recording;
  }

  function remember(found: Remembered): void {
    const { link } = found.recording;
    remembered.delete(link);
    if (remembered.size >= REMEMBERED_MAX) {
      const [oldest] = remembered.keys();
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(link, found);
  }

  function forget(what: ForgottenRecordings): void {
    forgettings += 1;
    if (what === "all") remembered.clear();
    else if ("link" in what) remembered.delete(what.link);
    else {
      for (const [link, { recording }] of remembered) {
        if (recording.trackingNumberId === what.trackingNumberId) remembered.delete(link);
      }
    }
  }

  return { findNow, find, forget };
}

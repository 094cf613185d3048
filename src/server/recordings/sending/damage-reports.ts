// Tells the journal and the log of recordings whose files are not what they were.
import type { Clock } from "../../../platform/clock.ts";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import type { Journal } from "../../journal/index.ts";
import type { FoundRecording } from "../found-recording.ts";

export type DamageReports = {
  readonly report: (recording: FoundRecording, fault: unknown) => void;
};

/** However often it is asked for, and however many are: the journal and the log stay bounded. */
const REPEAT_MS = 60_000;
const REMEMBERED_MAX = 1000;

export function createDamageReports(parts: {
  readonly journal: Pick<Journal, "recordEventAlone">;
  readonly clock: Clock;
  readonly onError: (error: unknown, doing: string) => void;
}): DamageReports {
  const { journal, clock, onError } = parts;
  const toldAtMs = new Map<string, number>();

  function isTold(id: string, nowMs: number): boolean {
    const isRecent = (atMs: number): boolean => Math.abs(nowMs - atMs) < REPEAT_MS;
    if (isRecent(toldAtMs.get(id) ?? -Infinity)) return true;
    for (const [old, atMs] of toldAtMs) if (!isRecent(atMs)) toldAtMs.delete(old);
    if (toldAtMs.size >= REMEMBERED_MAX) return true;
    toldAtMs.set(id, nowMs);
    return false;
  }

  return {
    report(recording, fault) {
      const nowMs = clock.nowMs();
      if (isTold(recording.id, nowMs)) return;
      onError(fault, `sending the recording ${recording.id}`);
      // The store being away says nothing of the recording.
      if (isStoreAway(fault)) return;
      const { id, accountId, accountCode, number } = recording;
      journal
        .recordEventAlone({
          kind: "recording-damaged",
          atMs: nowMs,
          owner: accountId,
          account: accountCode,
          reason: fault instanceof BlobError ? fault.fault : "unreadable",
          detail: { recordingId: id, number },
        })
        .catch((error: unknown) => onError(error, "recording a damaged recording"));
    },
  };
}

export function isStoreAway(fault: unknown): boolean {
  return fault instanceof BlobError && fault.fault === "unavailable";
}

// How a recording is told to whoever may see it, and the address that is sent to people.
import type { RecordingAnswer } from "../../../api/recordings-api.ts";
import type { ListedRecording } from "./list-recordings.ts";

/** The page for people, below the console's path: so it needs no place of its own at the proxy. */
export function recordingUrl(publicUrl: string, link: string): string {
  return `${publicUrl}/postern/recordings/${link}`;
}

export function toRecordingAnswer(found: ListedRecording, publicUrl: string): RecordingAnswer {
  const { lastPlayedAtMs } = found;
  return {
    id: found.id,
    account: found.accountCode,
    number: found.number,
    numberLabel: found.numberLabel,
    caller: found.caller,
    name: found.name,
    recordedAt: new Date(found.recordedAtMs).toISOString(),
    durationMs: found.durationMs,
    format: found.format,
    trackingNumberId: found.trackingNumberId,
    url: recordingUrl(publicUrl, found.link),
    link: found.link,
    codec: found.codec,
    sizeBytes: found.sizeBytes,
    sha256: found.sha256,
    createdAt: new Date(found.createdAtMs).toISOString(),
    createdBy: found.createdBy,
    plays: found.plays,
    lastPlayedAt: lastPlayedAtMs === null ? null : new Date(lastPlayedAtMs).toISOString(),
  };
}

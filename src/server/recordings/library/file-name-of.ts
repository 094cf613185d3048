// Under which name a recording is saved: its own, made safe, with the ending of what it is.
import { safeFileName } from "../../../core/recordings/safe-file-name.ts";
import type { FoundRecording } from "../found-recording.ts";

type Named = Pick<FoundRecording, "name" | "number" | "recordedAtMs" | "format">;

/** Without a name of its own: the number and the time (UTC). */
export function fileNameOf({ name, number, recordedAtMs, format }: Named): string {
  const time = new Date(recordedAtMs).toISOString().slice(0, 19).replaceAll(":", "-");
  return safeFileName(name, `${number} ${time}`, format);
}

// Where the audio of a recording in the library is, for the player.
import type { RecordingAnswer } from "../../api/recordings-api.ts";
import type { PlayedFile } from "./use-audio.ts";

type Listed = Pick<RecordingAnswer, "link" | "sizeBytes" | "durationMs" | "format">;

export function playedFileOf({ link, sizeBytes, durationMs, format }: Listed): PlayedFile {
  return {
    url: `/postern/recordings/${link}/audio`,
    sizeBytes,
    durationMs,
    format,
    // The server names the file when it sends it.
    fileName: "",
  };
}

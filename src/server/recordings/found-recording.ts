// One recording as whoever decides about it and sends it needs it.
import type { RecordingFormat } from "../../core/recordings/recording-format.ts";

export type FoundRecording = {
  readonly id: string;
  /** What stands after /recordings/ in its address. */
  readonly link: string;
  readonly accountId: string;
  readonly accountCode: string;
  readonly trackingNumberId: string;
  /** E.164. */
  readonly number: string;
  readonly numberLabel: string;
  readonly isNumberShareable: boolean;
  /** Empty: withheld. */
  readonly caller: string;
  /** Any text: whoever shows it or writes it into a header makes it safe there. */
  readonly name: string;
  readonly recordedAtMs: number;
  readonly durationMs: number;
  readonly format: RecordingFormat;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly blobKey: string;
};

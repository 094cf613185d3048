// Speaks a text into an audio file of any kind that recordings come in: espeak-ng, then ffmpeg.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RecordingFormat } from "../../src/core/recordings/recording-format.ts";

const run = promisify(execFile);

type AudioKind = {
  readonly format: RecordingFormat;
  /** What ffmpeg is told to write; telephone systems record 8 kHz in one channel. */
  readonly args: readonly string[];
};

/** What telephone systems write: WAV in their three codecs, MP3, Ogg Opus, M4A with AAC. */
export const AUDIO_KINDS = {
  pcm: { format: "wav", args: ["-ar", "8000", "-c:a", "pcm_s16le"] },
  alaw: { format: "wav", args: ["-ar", "8000", "-c:a", "pcm_alaw"] },
  ulaw: { format: "wav", args: ["-ar", "8000", "-c:a", "pcm_mulaw"] },
  mp3: { format: "mp3", args: ["-ar", "16000", "-c:a", "libmp3lame", "-b:a", "24k"] },
  opus: { format: "ogg", args: ["-ar", "16000", "-c:a", "libopus", "-b:a", "16k"] },
  aac: { format: "m4a", args: ["-ar", "16000", "-c:a", "aac", "-b:a", "24k"] },
} as const satisfies Readonly<Record<string, AudioKind>>;

export type AudioKindName = keyof typeof AUDIO_KINDS;

export const AUDIO_KIND_NAMES = Object.keys(AUDIO_KINDS) as readonly AudioKindName[];

/** Said by a voice of espeak-ng; with `seconds` cut or filled up with silence to that length. */
export type Spoken = {
  readonly kind: AudioKindName;
  readonly text: string;
  readonly voice?: string;
  readonly seconds?: number;
  /** Bits a second in place of the kind's own. */
  readonly bitRate?: string;
};

/** Writes the file at `path`. The same words make the same bytes with the same programs. */
export async function makeAudio(path: string, spoken: Spoken): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "postern-spoken-"));
  try {
    const plain = join(folder, "plain.wav");
    await run("espeak-ng", ["-v", spoken.voice ?? "en-gb", "-s", "165", "-w", plain, spoken.text]);
    const { format, args } = AUDIO_KINDS[spoken.kind];
    const length =
      spoken.seconds === undefined ? [] : ["-af", "apad", "-t", String(spoken.seconds)];
    const rate = spoken.bitRate === undefined ? [] : ["-b:a", spoken.bitRate];
    // Bit-exact: no version of the encoder, no random serial number.
    const exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
    const container = format === "m4a" ? ["-movflags", "+faststart", "-f", "ipod"] : [];
    const outArgs = [...length, "-ac", "1", ...args, ...rate, ...exact, ...container];
    await run("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", plain, ...outArgs, path]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

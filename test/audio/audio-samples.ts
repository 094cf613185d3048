// Small recordings of every kind, made by write-audio.ts, and what is true of each.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordingFormat } from "../../src/core/recordings/recording-format.ts";

export type AudioSample = {
  readonly path: string;
  readonly format: RecordingFormat;
  /** As ffprobe says it, or up to a tenth less. */
  readonly seconds: number;
};

function sample(fileName: string, format: RecordingFormat, seconds: number): AudioSample {
  return { path: join(import.meta.dirname, fileName), format, seconds };
}

export const AUDIO_SAMPLES = {
  pcm: sample("voicemail-pcm.wav", "wav", 3.4),
  alaw: sample("voicemail-alaw.wav", "wav", 3.4),
  ulaw: sample("voicemail-ulaw.wav", "wav", 3.4),
  mp3: sample("voicemail.mp3", "mp3", 3.4),
  opus: sample("voicemail.ogg", "ogg", 3.4),
  aac: sample("voicemail.m4a", "m4a", 3.4),
  /** A minute: long enough to be sought in. */
  minute: sample("minute.mp3", "mp3", 60),
} as const;

export type AudioSampleName = keyof typeof AUDIO_SAMPLES;

export const AUDIO_SAMPLE_NAMES = Object.keys(AUDIO_SAMPLES) as readonly AudioSampleName[];

export function readSample(name: AudioSampleName): Buffer {
  return readFileSync(AUDIO_SAMPLES[name].path);
}

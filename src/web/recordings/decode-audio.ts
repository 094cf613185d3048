// Fetches a recording whole and reads its samples, for the waveform and for finding silences.
import { findSilences } from "./find-silences.ts";
import type { Silence } from "./find-silences.ts";
import { makePeaks } from "./make-peaks.ts";

export type DecodedAudio = {
  readonly peaks: readonly number[];
  readonly durationSeconds: number;
  readonly silences: readonly Silence[];
};

export type AudioFile = {
  /** Path of the audio. */
  readonly url: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
};

const SIZE_BYTES_MAX = 25_000_000;
/** An hour of samples is 115 MB of memory for each channel: 230 MB with one for each end. */
const DURATION_MS_MAX = 60 * 60_000;
/** What a telephone carries, and the least that every browser can do. */
const SAMPLE_RATE = 8000;

/** Larger ones are played as they come, and have a plain time line. */
export function isDecodable({ sizeBytes, durationMs }: AudioFile): boolean {
  return sizeBytes <= SIZE_BYTES_MAX && durationMs <= DURATION_MS_MAX;
}

/** Null: the audio did not come, or this browser cannot read it. It may be heard all the same. */
export async function decodeAudio(
  { url }: AudioFile,
  signal: AbortSignal,
): Promise<DecodedAudio | null> {
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal });
    if (!answer.ok) return null;
    const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
    const decoded = await context.decodeAudioData(await answer.arrayBuffer());
    const samples = mixChannels(decoded);
    return {
      peaks: makePeaks(samples),
      durationSeconds: decoded.duration,
      silences: findSilences({ samples, sampleRate: decoded.sampleRate }),
    };
  } catch {
    return null;
  }
}

/** Of each moment the louder channel: both ends of a call often stand on one each. */
function mixChannels(audio: AudioBuffer): Float32Array {
  const mixed = audio.getChannelData(0);
  for (let channel = 1; channel < audio.numberOfChannels; channel += 1) {
    const other = audio.getChannelData(channel);
    for (let index = 0; index < mixed.length; index += 1) {
      const sample = other[index] ?? 0;
      if (Math.abs(sample) > Math.abs(mixed[index] ?? 0)) mixed[index] = sample;
    }
  }
  return mixed;
}

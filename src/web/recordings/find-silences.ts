// Finds the stretches of a recording in which nobody says anything, to jump over them.

export type Silence = { readonly fromSeconds: number; readonly toSeconds: number };

export type Sound = {
  /** From -1 to 1, one channel. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly sampleRate: number;
};

/** Short enough to find the beginning of a word. */
const FRAME_SECONDS = 0.02;
/** A pause to breathe or think belongs to the talk. */
const SILENCE_SECONDS_MIN = 1;
/** Left at both ends, so that no first or last sound of a word is lost. */
const MARGIN_SECONDS = 0.2;
/** Of the loud parts: what a line hums without a voice on it. */
const SILENT_SHARE = 0.06;
/** A recording in which nobody ever speaks is silent, however much its noise stands out. */
const AUDIBLE_LEVEL = 0.004;
const LOUD_PERCENTILE = 0.95;

/** In order, none touching another. */
export function findSilences({ samples, sampleRate }: Sound): readonly Silence[] {
  const frameLength = Math.max(1, Math.round(sampleRate * FRAME_SECONDS));
  const levels = levelsOf(samples, frameLength);
  const limit = Math.max(AUDIBLE_LEVEL, percentileOf(levels, LOUD_PERCENTILE) * SILENT_SHARE);
  const secondsPerFrame = frameLength / sampleRate;
  const silences: Silence[] = [];
  let beginFrame: number | null = null;
  for (let frame = 0; frame <= levels.length; frame += 1) {
    const isSilent = frame < levels.length && (levels[frame] ?? 0) < limit;
    if (isSilent) beginFrame ??= frame;
    else if (beginFrame !== null) {
      const silence = trim(beginFrame * secondsPerFrame, frame * secondsPerFrame);
      if (silence !== null) silences.push(silence);
      beginFrame = null;
    }
  }
  return silences;
}

function trim(fromSeconds: number, toSeconds: number): Silence | null {
  if (toSeconds - fromSeconds < SILENCE_SECONDS_MIN) return null;
  return { fromSeconds: fromSeconds + MARGIN_SECONDS, toSeconds: toSeconds - MARGIN_SECONDS };
}

/** Root mean square of each frame; the last one may be shorter. */
function levelsOf(samples: Float32Array, frameLength: number): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / frameLength));
  for (let frame = 0; frame < levels.length; frame += 1) {
    const from = frame * frameLength;
    const to = Math.min(samples.length, from + frameLength);
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
    levels[frame] = Math.sqrt(sum / (to - from));
  }
  return levels;
}

function percentileOf(values: Float32Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Where to go on from within a silence; null: something is to be heard here. */
export function endOfSilence(silences: readonly Silence[], seconds: number): number | null {
  const silence = silences.find(
    ({ fromSeconds, toSeconds }) => seconds >= fromSeconds && seconds < toSeconds,
  );
  return silence?.toSeconds ?? null;
}

/** How much shorter the recording is without them. */
export function silentSeconds(silences: readonly Silence[]): number {
  return silences.reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
}

// Makes of a recording's samples the few peaks that its waveform is drawn from.

const PEAKS_COUNT = 1200;

/** The loudest sample of each of at most 1,200 equal parts, from 0 to 1. */
export function makePeaks(samples: Float32Array): readonly number[] {
  const count = Math.min(PEAKS_COUNT, samples.length);
  return Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * samples.length) / count);
    const to = Math.floor(((part + 1) * samples.length) / count);
    let peak = 0;
    for (let index = from; index < to; index += 1) {
      peak = Math.max(peak, Math.abs(samples[index] ?? 0));
    }
    return peak;
  });
}

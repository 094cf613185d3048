// What a waveform is drawn from, out of samples that are known.
import { describe, expect, it } from "vitest";
import { makePeaks } from "./make-peaks.ts";

describe("peaks", () => {
  it("are the samples themselves where there are few", () => {
    expect(makePeaks(Float32Array.of(0, -0.5, 0.25))).toEqual([0, 0.5, 0.25]);
  });

  it("are none of nothing", () => {
    expect(makePeaks(new Float32Array(0))).toEqual([]);
  });

  it("are the loudest sample of each part, and miss none", () => {
    const samples = new Float32Array(120_050);
    samples[119_999] = -1;
    samples[120_049] = 0.75;
    samples[3] = 0.5;
    const peaks = makePeaks(samples);
    expect(peaks).toHaveLength(1200);
    expect(peaks[0]).toBe(0.5);
    expect(peaks.at(-1)).toBe(1);
    expect(peaks.filter((peak) => peak > 0)).toEqual([0.5, 1]);
  });
});

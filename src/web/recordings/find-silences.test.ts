// Tones with pauses between them, of which only the long ones are silences.
import { describe, expect, it } from "vitest";
import { endOfSilence, findSilences, silentSeconds } from "./find-silences.ts";

const RATE = 8000;

/** Parts of a recording, as [seconds, how loud]. */
function soundOf(...parts: readonly (readonly [number, number])[]) {
  const samples = parts.flatMap(([seconds, level]) =>
    Array.from(
      { length: Math.round(seconds * RATE) },
      (_, index) => level * Math.sin((index * 2 * Math.PI * 440) / RATE),
    ),
  );
  return { samples: Float32Array.from(samples), sampleRate: RATE };
}

function rounded(sound: ReturnType<typeof soundOf>) {
  return findSilences(sound).map(({ fromSeconds, toSeconds }) => [
    Number(fromSeconds.toFixed(2)),
    Number(toSeconds.toFixed(2)),
  ]);
}

describe("silences", () => {
  it.each([
    ["none where somebody talks all the time", [[3, 0.5]], []],
    [
      "a long one, without its edges",
      [
        [1, 0.5],
        [2, 0],
        [1, 0.5],
      ],
      [[1.2, 2.8]],
    ],
    [
      "not a pause of less than a second",
      [
        [1, 0.5],
        [0.9, 0],
        [1, 0.5],
      ],
      [],
    ],
    [
      "at both ends",
      [
        [2, 0],
        [1, 0.5],
        [1.5, 0],
      ],
      [
        [0.2, 1.8],
        [3.2, 4.3],
      ],
    ],
    [
      "a line that hums",
      [
        [1, 0.5],
        [2, 0.01],
        [1, 0.5],
      ],
      [[1.2, 2.8]],
    ],
    [
      "not a quiet voice beside a loud one",
      [
        [1, 0.5],
        [2, 0.1],
        [1, 0.5],
      ],
      [],
    ],
    ["the whole of a recording without a sound", [[2, 0]], [[0.2, 1.8]]],
    ["the whole of one with nothing but noise", [[2, 0.001]], [[0.2, 1.8]]],
    ["none in nothing", [], []],
  ] as const)("are %s", (_title, parts, expected) => {
    expect(rounded(soundOf(...parts))).toEqual(expected);
  });

  it("are as long together as what is jumped over", () => {
    const silences = findSilences(soundOf([2, 0], [1, 0.5], [1.5, 0]));
    expect(silentSeconds(silences)).toBeCloseTo(2.7, 5);
  });
});

describe("a place in the recording", () => {
  const silences = [
    { fromSeconds: 1, toSeconds: 2 },
    { fromSeconds: 5, toSeconds: 9.5 },
  ];
  it.each([
    [0.99, null],
    [1, 2],
    [1.5, 2],
    [2, null],
    [6, 9.5],
    [20, null],
  ])("of %d seconds goes on at %s", (seconds, end) => {
    expect(endOfSilence(silences, seconds)).toBe(end);
  });
});

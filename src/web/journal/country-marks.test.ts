// A map's marks say in words what their shades and discs say.
import { expect, it } from "vitest";
import { describeOffTheMap, markCountries } from "./country-marks.ts";

const countries = [
  { country: "NL", requests: 400, refused: 90, monitored: 0 },
  { country: "BR", requests: 20, refused: 10, monitored: 5 },
  { country: "DE", requests: 4, refused: 0, monitored: 2 },
  { country: "JP", requests: 1, refused: 0, monitored: 0 },
  { country: "unknown", requests: 900, refused: 900, monitored: 0 },
  { country: "private", requests: 9000, refused: 0, monitored: 0 },
];

it("shades by requests, sizes discs by refusals, and leaves out what is on no map", () => {
  expect([...markCountries(countries, new Map([["BR", 3]]))]).toEqual([
    [
      "NL",
      {
        tone: "step-4",
        label: "Netherlands: 400 requests, 90 refused",
        disc: { share: 1, isOpen: false },
        pulse: 0,
      },
    ],
    [
      "BR",
      {
        tone: "step-3",
        label: "Brazil: 20 requests, 10 refused, 5 only recorded",
        disc: { share: 1 / 9, isOpen: false },
        pulse: 3,
      },
    ],
    [
      "DE",
      {
        tone: "step-2",
        label: "Germany: 4 requests, none refused, 2 only recorded",
        disc: { share: 2 / 90, isOpen: true },
        pulse: 0,
      },
    ],
    ["JP", { tone: "step-1", label: "Japan: 1 request, none refused", pulse: 0 }],
  ]);
});

it.each([
  [1, 0, "1 request, 0 refused"],
  [9000, 1, "9,000 requests, 1 refused"],
])("says of %i requests, %i refused, that are on no map: %s", (requests, refused, words) => {
  expect(describeOffTheMap({ requests, refused })).toBe(words);
});

it("has a shade for a world in which one request came", () => {
  const one = [{ country: "NZ", requests: 1, refused: 1, monitored: 0 }];
  const mark = markCountries(one, new Map()).get("NZ");
  expect(mark).toMatchObject({ tone: "step-4", disc: { share: 1, isOpen: false } });
});

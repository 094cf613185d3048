// Arrow keys lead to the neighbour one would expect, and back.
import { expect, it } from "vitest";
import { nextPlace } from "./next-place.ts";

const places = [
  { name: "west", middle: [10, 52] },
  { name: "centre", middle: [50, 50] },
  { name: "east", middle: [80, 45] },
  { name: "far east", middle: [95, 50] },
  { name: "north", middle: [52, 20] },
  { name: "south", middle: [48, 90] },
] as const;

it.each([
  ["centre", "left", "west"],
  ["centre", "right", "east"],
  ["centre", "up", "north"],
  ["centre", "down", "south"],
  ["east", "right", "far east"],
  ["west", "right", "centre"],
  ["south", "up", "centre"],
] as const)("from %s %s lies %s", (from, direction, expected) => {
  const { middle } = places.find(({ name }) => name === from)!;
  expect(nextPlace(middle, places, direction)?.name).toBe(expected);
});

it("is nothing where nothing lies", () => {
  expect(nextPlace([10, 52], places, "left")).toBe(null);
  expect(nextPlace([10, 10], [], "left")).toBe(null);
});

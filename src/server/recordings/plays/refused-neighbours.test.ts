// Checks that what is remembered of refused networks is bounded.
import { expect, it } from "vitest";
import { createRefusedNeighbours } from "./refused-neighbours.ts";

it("forgets the network that was silent for longest", () => {
  const { hasRoom } = createRefusedNeighbours(2);
  const fill = (network: string) => {
    for (let row = 1; row <= 50; row += 1) hasRoom(network, `row ${row}`);
  };
  fill("a");
  fill("b");
  expect([hasRoom("a", "another"), hasRoom("a", "row 1")]).toEqual([false, true]);
  expect(hasRoom("c", "row 1")).toBe(true);
  expect(hasRoom("a", "another")).toBe(false);
  expect(hasRoom("b", "another")).toBe(true);
});

// Finds what lies next on a map in one of four directions, so that no place is out of reach.

export type MapDirection = "left" | "right" | "up" | "down";

type Point = readonly [x: number, y: number];
type Placed = { readonly middle: Point };

/** How much more a step aside counts than one ahead. */
const ASIDE_WEIGHT = 2;

/** Null: nothing lies there. */
export function nextPlace<Place extends Placed>(
  from: Point,
  places: readonly Place[],
  direction: MapDirection,
): Place | null {
  let best: Place | null = null;
  let bestCost = Infinity;
  for (const place of places) {
    const [ahead, aside] = turn(place.middle[0] - from[0], place.middle[1] - from[1], direction);
    // More to the side than ahead is in another direction: left of all is right of none.
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + aside * ASIDE_WEIGHT;
    if (cost < bestCost) [best, bestCost] = [place, cost];
  }
  return best;
}

function turn(dx: number, dy: number, direction: MapDirection): Point {
  switch (direction) {
    case "left":
      return [-dx, Math.abs(dy)];
    case "right":
      return [dx, Math.abs(dy)];
    case "up":
      return [-dy, Math.abs(dx)];
    case "down":
      return [dy, Math.abs(dx)];
    default:
      direction satisfies never;
      return [0, 0];
  }
}

// Checks how the rest of a ban is told.

import { expect, it } from "vitest";
import { describeBanRest } from "./ban-rest.ts";

it.each([
  [-1, "over"],
  [0, "over"],
  [1, "0:01"],
  [59_000, "0:59"],
  [1_781_000, "29:41"],
  [3_900_000, "1 h 05 min"],
  [86_400_000, "1 day 0 h"],
  [273_600_000, "3 days 4 h"],
])("%i ms are %s", (restMs, words) => expect(describeBanRest(restMs)).toBe(words));

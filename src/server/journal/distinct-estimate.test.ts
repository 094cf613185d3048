// The estimate is near the truth for few and for many addresses.
import { describe, expect, it } from "vitest";
import { createDistinctEstimate } from "./distinct-estimate.ts";

describe("the number of different addresses", () => {
  it.each([0, 1, 10, 100, 1_000, 20_000, 200_000])("is estimated for %d", (distinct) => {
    const estimate = createDistinctEstimate();
    for (let round = 0; round < 2; round += 1) {
      for (let host = 0; host < distinct; host += 1) {
        estimate.add(0, 0, { w2: 0, w3: 0x0a000000 + host });
      }
    }
    const allowed = Math.max(1, distinct * 0.2);
    expect(Math.abs(estimate.count() - distinct)).toBeLessThanOrEqual(allowed);
  });
});

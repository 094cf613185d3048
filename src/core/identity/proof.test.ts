// Checks for how long a proof of who somebody is counts.
import { expect, it } from "vitest";
import { DAY_MS, NOW_MS } from "../../../test/identity/example-identity.ts";
import { isProofFresh } from "./proof.ts";

it.each([
  [null, false],
  [NOW_MS, true],
  [NOW_MS - 599_999, true],
  [NOW_MS - 600_000, false],
  // Written by a node whose clock is a little ahead; or before a clock was set back.
  [NOW_MS + 1000, true],
  [NOW_MS + DAY_MS, false],
])("proved at %j, a proof is fresh: %s", (provedAtMs, isFresh) => {
  expect(isProofFresh(provedAtMs, NOW_MS)).toBe(isFresh);
});

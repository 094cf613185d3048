// Checks what is said of an address that an account allows and the platform refuses.

import { expect, it } from "vitest";
import { describeRefusedAnyway } from "./refused-anyway-words.ts";

it("tells of a refusal by the platform only", () => {
  const looked = { layer: "platform", result: "not-matched" };
  const denied = { verdict: "refuse", reason: "on-deny-list" } as const;
  const byPlatform = { ...denied, steps: [looked, { layer: "platform", result: "matched" }] };
  expect(describeRefusedAnyway(byPlatform, "acme")).toBe(
    "The platform refuses this address now (on the deny list), also at acme: this entry alone " +
      "does not let it in.",
  );
  const byAccount = { ...denied, steps: [looked, { layer: "account", result: "matched" }] };
  expect(describeRefusedAnyway(byAccount, "acme")).toBeNull();
  const passes = { verdict: "pass", reason: "no-rule-matched", steps: [looked] } as const;
  expect(describeRefusedAnyway(passes, "acme")).toBeNull();
});

// Checks which method may be turned off, where an account requires a second factor.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTwoFactorRules } from "../../../test/identity/example-identity.ts";
import { FACTOR_METHODS } from "./second-factor.ts";
import { decideTurnOff } from "./turn-off.ts";

const FREE = { frequency: "every-login", required: { enabled: false } } as const;
const REQUIRED = { ...FREE, required: { enabled: true } } as const;

describe("turning off", () => {
  it.each([
    [["app"], "app", 0, FREE, "turn-off method-on"],
    [["app"], "email", 0, FREE, "refuse method-off"],
    [[], "app", 0, REQUIRED, "refuse method-off"],
    [["app"], "app", 0, REQUIRED, "refuse last-method-required"],
    [["app", "email"], "app", 0, REQUIRED, "turn-off method-on"],
    [["app", "passkey"], "app", 1, REQUIRED, "turn-off method-on"],
    [["passkey"], "passkey", 1, REQUIRED, "refuse last-method-required"],
    [["passkey"], "passkey", 2, REQUIRED, "turn-off method-on"],
    [["app", "passkey"], "passkey", 1, REQUIRED, "turn-off method-on"],
    [["passkey"], "passkey", 1, FREE, "turn-off method-on"],
  ] as const)("of %j %s, with %i passkeys", (methods, leaving, passkeys, rules, outcome) => {
    const { verdict, reason } = decideTurnOff({ methods, leaving, passkeys, rules });
    expect(`${verdict} ${reason}`).toBe(outcome);
  });

  it("never leaves nobody with a method where one is required", () => {
    fc.assert(
      fc.property(
        fc.subarray([...FACTOR_METHODS]),
        fc.constantFrom(...FACTOR_METHODS),
        fc.integer({ min: 1, max: 3 }),
        anyTwoFactorRules,
        (methods, leaving, keys, rules) => {
          const passkeys = methods.includes("passkey") ? keys : 0;
          const { verdict } = decideTurnOff({ methods, leaving, passkeys, rules });
          const others = methods.filter((method) => method !== leaving).length;
          const left = others + (leaving === "passkey" && passkeys > 1 ? 1 : 0);
          const isAllowed = methods.includes(leaving) && (!rules.required.enabled || left > 0);
          expect(verdict).toBe(isAllowed ? "turn-off" : "refuse");
        },
      ),
      { numRuns: 500 },
    );
  });
});

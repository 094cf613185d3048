// Checks that the last way in stays, whatever goes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideRemoveWayIn } from "./ways-in.ts";

const KEPT = "refuse last-way-in";
const GONE = "remove way-in-left";

describe("taking a way in away", () => {
  // attack row 114
  it.each([
    ["the password alone", true, 0, 0, "password", KEPT],
    ["the password beside a passkey", true, 1, 0, "password", GONE],
    ["the password beside a connection", true, 0, 1, "password", GONE],
    ["the only passkey", false, 1, 0, "passkey", KEPT],
    ["one of two passkeys", false, 2, 0, "passkey", GONE],
    ["a passkey beside a password", true, 1, 0, "passkey", GONE],
    ["a passkey beside a connection", false, 1, 1, "passkey", GONE],
    ["the only connection", false, 0, 1, "connection", KEPT],
    ["one of two connections", false, 0, 2, "connection", GONE],
    ["a connection beside a password", true, 0, 1, "connection", GONE],
    ["a connection beside a passkey", false, 1, 1, "connection", GONE],
    [
      "a connection that opens nothing, beside one that does",
      false,
      0,
      1,
      "unusable-connection",
      GONE,
    ],
    ["a connection that opens nothing, the last of all", false, 0, 0, "unusable-connection", KEPT],
  ] as const)("%s", (_, hasPassword, passkeys, usableConnections, leaving, outcome) => {
    const { verdict, reason } = decideRemoveWayIn(
      { hasPassword, passkeys, usableConnections },
      leaving,
    );
    expect(`${verdict} ${reason}`).toBe(outcome);
  });

  it("one after the other ends with one left", () => {
    const anyWays = fc.record({
      hasPassword: fc.boolean(),
      passkeys: fc.nat(4),
      usableConnections: fc.nat(4),
    });
    const anyOrder = fc.array(fc.constantFrom("password", "passkey", "connection"), {
      minLength: 40,
      maxLength: 60,
    });
    fc.assert(
      fc.property(anyWays, anyOrder, (given, order) => {
        let ways = given;
        for (const leaving of order) {
          const isThere = {
            password: ways.hasPassword,
            passkey: ways.passkeys > 0,
            connection: ways.usableConnections > 0,
          }[leaving];
          if (!isThere || decideRemoveWayIn(ways, leaving).verdict === "refuse") continue;
          ways = {
            hasPassword: ways.hasPassword && leaving !== "password",
            passkeys: ways.passkeys - (leaving === "passkey" ? 1 : 0),
            usableConnections: ways.usableConnections - (leaving === "connection" ? 1 : 0),
          };
        }
        const count = ({ hasPassword, passkeys, usableConnections }: typeof ways) =>
          (hasPassword ? 1 : 0) + passkeys + usableConnections;
        expect(count(ways)).toBeGreaterThanOrEqual(Math.min(count(given), 1));
      }),
    );
  });
});

// Checks how far rights go: the platform reaches everything, accounts only themselves.
import { describe, expect, it } from "vitest";
import { canReach } from "./reach.ts";
import { isAtLeast, roleTowards } from "./role-towards.ts";
import { ROLES } from "./role.ts";

describe("reach", () => {
  it.each([
    ["the platform", { kind: "platform" }, true],
    ["the account itself", { kind: "accounts", accountIds: ["b", "a"] }, true],
    ["another account", { kind: "accounts", accountIds: ["b"] }, false],
    ["no account", { kind: "accounts", accountIds: [] }, false],
  ] as const)("of %s", (_, reach, reaches) => {
    expect(canReach(reach, "a")).toBe(reaches);
  });
});

describe("a role", () => {
  const memberships = [
    { code: "acme", role: "agent" },
    { code: "beta", role: "admin" },
  ] as const;

  it.each([
    [false, "acme", "agent"],
    [false, "beta", "admin"],
    [false, "zeta", null],
    [false, null, "admin"],
    [true, "zeta", "operator"],
  ] as const)("(operator %j) towards %j is %j", (isOperator, account, role) => {
    expect(roleTowards({ isOperator, memberships }, account)).toBe(role);
  });

  it("is none without a membership", () => {
    expect(roleTowards({ isOperator: false, memberships: [] }, null)).toBeNull();
  });

  it("includes the lower ones", () => {
    const table = [...ROLES, null].map((role) => ROLES.map((needed) => isAtLeast(role, needed)));
    expect(table).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]);
  });
});

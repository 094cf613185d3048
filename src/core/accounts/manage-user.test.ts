// Checks who may manage whom: no account's admin reaches an operator or another account's user.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayManageUser } from "./manage-user.ts";

const anyAccounts = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"));
const anyUser = fc.record({
  isOperator: fc.boolean(),
  accountIds: anyAccounts,
});

describe("an admin of account a", () => {
  const manager = { isOperator: false, adminOf: ["a"] };
  it.each([
    ["whose only account it is", ["a"], true],
    ["who are members of another besides", ["b", "a"], false],
    ["of another account", ["b"], false],
    ["of no account", [], false],
  ])("users %s", (_, accountIds, may) => {
    const user = { isOperator: false, accountIds };
    expect(mayManageUser(manager, user)).toBe(may);
    expect(mayManageUser(manager, { ...user, isOperator: true })).toBe(false);
    expect(mayManageUser({ isOperator: false, adminOf: [] }, user)).toBe(false);
  });

  it("of both accounts manages who is in both", () => {
    const both = { isOperator: false, adminOf: ["a", "b"] };
    expect(mayManageUser(both, { isOperator: false, accountIds: ["b", "a"] })).toBe(true);
  });
});

describe("managing users", () => {
  it("is open to operators for everybody", () => {
    fc.assert(
      fc.property(anyAccounts, anyUser, (adminOf, user) => {
        expect(mayManageUser({ isOperator: true, adminOf }, user)).toBe(true);
      }),
    );
  });

  it("never reaches operators, nor users with an account that is not the admin's", () => {
    fc.assert(
      fc.property(anyAccounts, anyUser, (adminOf, user) => {
        const isElsewhere = user.accountIds.some((id) => !adminOf.includes(id));
        const may = mayManageUser({ isOperator: false, adminOf }, user);
        if (user.isOperator || isElsewhere) expect(may).toBe(false);
      }),
    );
  });

  it("is never lost by being admin of one account more", () => {
    fc.assert(
      fc.property(
        anyAccounts,
        fc.constantFrom("a", "b", "c", "d"),
        anyUser,
        (adminOf, one, user) => {
          const before = mayManageUser({ isOperator: false, adminOf }, user);
          const after = mayManageUser({ isOperator: false, adminOf: [...adminOf, one] }, user);
          if (before) expect(after).toBe(true);
        },
      ),
    );
  });
});

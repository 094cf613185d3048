// Whom an owner's rules hold for, and who of them has only a password.
import { describe, expect, it } from "vitest";
import type { UserAnswer } from "../../../api/users-api.ts";
import { ruledUsersOf, usersWithoutFactor } from "./ruled-users.ts";

const NOW = "2027-03-04T09:30:00.000Z";

function userWith(email: string, user: Partial<UserAnswer> = {}): UserAnswer {
  return {
    id: email,
    email,
    name: email,
    isOperator: false,
    isDisabled: false,
    memberships: [],
    createdAt: NOW,
    createdBy: "test",
    signIn: {
      status: "active",
      lockedAt: null,
      lastSignedInAt: null,
      passwordChangedAt: NOW,
      mustChangePassword: false,
      sessions: 0,
    },
    twoFactor: { methods: [], lockedUntil: null, pausedUntil: null },
    isManaged: true,
    ...user,
  };
}

const member = (account: string, isPrimary: boolean) =>
  ({ account, accountName: account, role: "agent", isPrimary }) as const;

const USERS = [
  userWith("none"),
  userWith("primary of acme", { memberships: [member("acme", true), member("beta", false)] }),
  userWith("guest of acme", { memberships: [member("beta", true), member("acme", false)] }),
  userWith("operator", { isOperator: true }),
  userWith("operator in acme", { isOperator: true, memberships: [member("acme", true)] }),
];

describe("the users an owner's rules hold for", () => {
  it.each([
    [null, ["none", "operator", "operator in acme"]],
    ["acme", ["primary of acme"]],
    ["beta", ["guest of acme"]],
    ["zeta", []],
  ])("of %s are %j", (account, emails) => {
    expect(ruledUsersOf(USERS, account).map(({ email }) => email)).toEqual(emails);
  });

  it("have only a password while no method is on", () => {
    const twoFactor = { methods: ["email" as const], lockedUntil: null, pausedUntil: null };
    const users = [userWith("ada"), userWith("grace", { twoFactor })];
    expect(usersWithoutFactor(users).map(({ email }) => email)).toEqual(["ada"]);
  });
});

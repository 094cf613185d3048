// Words for what a user is and how the sign-in stands.
import type { MemberRole } from "../../core/accounts/role.ts";
import type { UserAnswer } from "../../api/users-api.ts";

export type SignInStatus = UserAnswer["signIn"]["status"];

export type StatusWords = {
  readonly name: string;
  /** One sentence on what it means and what ends it. */
  readonly meaning: string;
};

export const STATUS_WORDS: Readonly<Record<SignInStatus, StatusWords>> = {
  active: { name: "Active", meaning: "May sign in." },
  invited: {
    name: "Invited",
    meaning: "Has not chosen a password yet; the link in the invitation leads there.",
  },
  locked: {
    name: "Locked",
    meaning:
      "Too many wrong passwords. A password reset by e-mail opens it again, or a release here.",
  },
  dormant: {
    name: "Dormant",
    meaning: "Away for too long. A password reset by e-mail opens it again, or a release here.",
  },
  disabled: { name: "Disabled", meaning: "May not sign in until somebody enables the user again." },
};

export const ROLE_WORDS: Readonly<
  Record<MemberRole, { readonly name: string; readonly can: string }>
> = {
  admin: { name: "Admin", can: "settings, users and every recording of the account" },
  agent: { name: "Agent", can: "recordings of the numbers granted to them" },
};

/** Such as "acme admin, harbour agent" or "Operator". */
export function describeRoles(user: Pick<UserAnswer, "isOperator" | "memberships">): string {
  const roles = user.memberships.map(({ account, role }) => `${account} ${role}`);
  if (user.isOperator) roles.unshift("Operator");
  return roles.length === 0 ? "No account" : roles.join(", ");
}

/** Both forms of a counted noun: "1 user", "3 users". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

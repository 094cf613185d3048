// What somebody is: the platform's operator, or admin or agent of an account.

/** Roles that a membership gives. Operators are operators of the platform, not of an account. */
export const MEMBER_ROLES = ["admin", "agent"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const ROLES = ["operator", ...MEMBER_ROLES] as const;
export type Role = (typeof ROLES)[number];

export function isMemberRole(text: string): text is MemberRole {
  return (MEMBER_ROLES as readonly string[]).includes(text);
}

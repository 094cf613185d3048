// What the signed-in admin or operator may do with a user, and in one line why not more.
import type { MeAnswer } from "../../api/sign-in-api.ts";
import type { UserAnswer } from "../../api/users-api.ts";

export type UserRights = {
  readonly isSelf: boolean;
  /** Name, lockout, links, sessions, primary account. */
  readonly mayManage: boolean;
  readonly mayChangeEmail: boolean;
  /** Disable, delete, take the operator's rights. */
  readonly mayRemove: boolean;
  readonly mayChangeOperator: boolean;
  /** Null: everything may be done. */
  readonly why: string | null;
};

export function rightsOver(me: MeAnswer, user: UserAnswer): UserRights {
  const isSelf = me.id === user.id;
  return {
    isSelf,
    mayManage: user.isManaged,
    mayChangeEmail: user.isManaged && !isSelf,
    mayRemove: user.isManaged && !isSelf,
    mayChangeOperator: me.isOperator && !isSelf,
    why: whyNot(user, isSelf),
  };
}

function whyNot(user: UserAnswer, isSelf: boolean): string | null {
  if (isSelf) {
    return (
      "This is you. Name and password are under User settings; " +
      "somebody else has to disable, delete or demote you."
    );
  }
  if (!user.isManaged && user.isOperator) return "Only operators may change an operator.";
  if (!user.isManaged) {
    return (
      "This user belongs to other accounts too. " +
      "You may change the membership in your own account; operators do the rest."
    );
  }
  return null;
}

/** An admin who became less by a slip could not undo it; the server refuses it as well. */
export function mayChangeMembership(
  me: MeAnswer,
  user: UserAnswer,
  membership: UserAnswer["memberships"][number],
): boolean {
  if (me.isOperator) return true;
  return !(me.id === user.id && membership.role === "admin");
}

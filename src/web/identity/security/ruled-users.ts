// Counts how the users stand for whom an owner's rules hold, from a list of users.
import type { UserAnswer } from "../../../api/users-api.ts";
import { addMonths } from "../../../core/identity/calendar-months.ts";

/** Those whose primary account it is; for the platform operators, and those without any account. */
export function ruledUsersOf(
  users: readonly UserAnswer[],
  account: string | null,
): readonly UserAnswer[] {
  if (account === null) {
    return users.filter(({ isOperator, memberships }) => isOperator || memberships.length === 0);
  }
  return users.filter(
    ({ isOperator, memberships }) =>
      !isOperator &&
      memberships.some((membership) => membership.account === account && membership.isPrimary),
  );
}

/** Those whom only the password protects. */
export function usersWithoutFactor(users: readonly UserAnswer[]): readonly UserAnswer[] {
  return users.filter(({ twoFactor }) => twoFactor.methods.length === 0);
}

/**
 * Those who have stayed away for so many calendar months, and whom the rule would lock. Users who
 * never signed in are counted from the day they were added.
 */
export function usersAwayFor(
  users: readonly UserAnswer[],
  months: number,
  nowMs: number,
): readonly UserAnswer[] {
  return users.filter(({ createdAt, isDisabled, signIn }) => {
    const { lastSignedInAt } = signIn;
    return !isDisabled && addMonths(Date.parse(lastSignedInAt ?? createdAt), months) <= nowMs;
  });
}

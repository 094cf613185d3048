// How a user is answered: as much of it as the asker may see.
import type { UserFactorsAnswer } from "../../../api/two-factor-api.ts";
import type { SignInStateAnswer, UserAnswer } from "../../../api/users-api.ts";
import type { Principal } from "../principal.ts";
import type { StoredMembership } from "./membership-store.ts";
import { isManagedBy, visibleMemberships } from "./visible-user.ts";
import type { UserWithMemberships } from "./visible-user.ts";

export function toUserAnswer(
  principal: Principal,
  found: UserWithMemberships,
  told: {
    readonly signIn: SignInStateAnswer | undefined;
    readonly twoFactor: UserFactorsAnswer | undefined;
  },
): UserAnswer {
  const { user, memberships } = found;
  const isManaged = isManagedBy(principal, found);
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    isOperator: user.isOperator,
    isDisabled: user.isDisabled,
    memberships: visibleMemberships(principal, memberships).map(toMembershipAnswer),
    createdAt: new Date(user.createdAtMs).toISOString(),
    // It may name somebody of another account.
    createdBy: isManaged ? user.createdBy : "",
    signIn: told.signIn ?? { ...NEVER_SIGNED_IN, status: user.isDisabled ? "disabled" : "invited" },
    twoFactor: told.twoFactor ?? NO_FACTORS,
    isManaged,
  };
}

function toMembershipAnswer(membership: StoredMembership): UserAnswer["memberships"][number] {
  const { code, accountName, role, isPrimary } = membership;
  return { account: code, accountName, role, isPrimary };
}

const NEVER_SIGNED_IN = {
  lockedAt: null,
  lastSignedInAt: null,
  passwordChangedAt: null,
  mustChangePassword: false,
  sessions: 0,
} as const;

const NO_FACTORS: UserFactorsAnswer = { methods: [], lockedUntil: null, pausedUntil: null };

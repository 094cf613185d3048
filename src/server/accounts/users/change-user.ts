// Changes a user's address, name, rights or primary account.
import type { Transaction } from "kysely";
import type { UserPatch } from "../../../api/users-api.ts";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsEvent } from "../accounts-event.ts";
import type { AccountsParts, EmailChange } from "../accounts-parts.ts";
import { holdUser } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { mayManageOperators } from "../reach-of.ts";
import { isActiveOperator, keepAnOperator, TAKES_OPERATORS } from "./last-operator.ts";
import { readEmail } from "./read-email.ts";
import { refuseTakenEmail } from "./taken-email.ts";
import { updateUser } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";
import { findManagedUser, visibleMemberships } from "./visible-user.ts";
import type { UserWithMemberships } from "./visible-user.ts";

export type UserChange = {
  readonly principal: Principal;
  readonly userId: string;
  readonly patch: UserPatch;
};

/** What already is as the patch says is no change, and not recorded. */
export async function changeUser(parts: AccountsParts, change: UserChange): Promise<void> {
  const { principal, userId, patch } = change;
  const email = patch.email === undefined ? {} : readEmail(patch.email);
  const takesRights = patch.isOperator === false || patch.isDisabled === true;
  await refuseTakenEmail(
    parts.database.transaction(
      async (trx) => {
        await holdUser(trx, userId);
        const found = await findManagedUser(trx, principal, userId);
        const before = found.user;
        const after = { ...before, ...email, ...pickChanges(principal, found, patch) };
        const detail = describeChange(before, after, found);
        if (Object.keys(detail).length === 0) return;
        refuseOwnLoss(principal, before, after);
        if (after.email !== before.email) refuseTakeover(principal, userId);
        if (after.isOperator !== before.isOperator && !mayManageOperators(principal)) {
          throw accountsProblem("operator-required");
        }
        const changedBy = principal.kind === "user" ? principal.email : null;
        await storeChange(trx, parts, { before, after, changedBy });
        const actor = describePrincipal(principal);
        const atMs = parts.clock.nowMs();
        await parts.recordEvent(trx, { kind: "user-changed", atMs, actor, userId, detail });
      },
      takesRights ? TAKES_OPERATORS : {},
    ),
  );
}

async function storeChange(
  trx: Transaction<Schema>,
  parts: AccountsParts,
  change: EmailChange,
): Promise<void> {
  const { before, after } = change;
  await updateUser(trx, after);
  if (isActiveOperator(before) && !isActiveOperator(after)) await keepAnOperator(trx, after.id);
  await parts.onUserChanged(trx, after.id);
  if (after.isDisabled && !before.isDisabled) await parts.onUserDisabled(trx, after.id);
  if (before.isDisabled && !after.isDisabled) await parts.onUserEnabled(trx, after.id);
  if (after.email !== before.email) await parts.onEmailChanged(trx, change);
}

function pickChanges(
  principal: Principal,
  found: UserWithMemberships,
  patch: UserPatch,
): Partial<StoredUser> {
  const { name, isOperator, isDisabled, primaryAccount } = patch;
  return {
    ...(name === undefined ? {} : { name }),
    ...(isOperator === undefined ? {} : { isOperator }),
    ...(isDisabled === undefined ? {} : { isDisabled }),
    ...(primaryAccount === undefined
      ? {}
      : { primaryAccountId: findPrimary(principal, found, primaryAccount) }),
  };
}

/** Only what the principal sees can be named, so that nothing is learnt about other accounts. */
function findPrimary(principal: Principal, found: UserWithMemberships, code: string): string {
  const seen = visibleMemberships(principal, found.memberships);
  const membership = seen.find((one) => one.code === code);
  if (membership !== undefined) return membership.accountId;
  const message = `The user has no membership in ${code}; the primary account is one of theirs.`;
  const errors = [{ path: "/primaryAccount", message }];
  throw accountsProblem("membership-missing", { detail: message, errors });
}

/** People lock themselves out by a slip; somebody else has to do it. */
function refuseOwnLoss(principal: Principal, before: StoredUser, after: StoredUser): void {
  if (principal.kind !== "user" || principal.userId !== before.id) return;
  const isDisabling = after.isDisabled && !before.isDisabled;
  const isDemoting = before.isOperator && !after.isOperator;
  if (isDisabling || isDemoting) throw accountsProblem("own-user");
}

/**
 * Whoever sets the address gets the links to a new password. So neither a stolen session moves its
 * own user's, nor a token anybody's: either would become that user for good.
 */
function refuseTakeover(principal: Principal, userId: string): void {
  if (principal.kind === "token") {
    const message = "API tokens change no e-mail address; an operator or admin does.";
    throw accountsProblem("token-refused", {
      detail: message,
      errors: [{ path: "/email", message }],
    });
  }
  if (principal.kind !== "user" || principal.userId !== userId) return;
  const message =
    "Nobody changes their own e-mail address; another operator or admin does, " +
    "or `postern user set-email` on the host.";
  throw accountsProblem("own-user", {
    detail: message,
    errors: [{ path: "/email", message }],
  });
}

const RECORDED = ["email", "name", "isOperator", "isDisabled"] as const;

/** Each thing that changed with what it was before. */
function describeChange(
  before: StoredUser,
  after: StoredUser,
  { memberships }: UserWithMemberships,
): AccountsEvent["detail"] {
  const detail: Record<string, string | boolean | null> = {};
  for (const field of RECORDED) {
    if (before[field] === after[field]) continue;
    detail[field] = after[field];
    detail[`${field}Before`] = before[field];
  }
  if (before.primaryAccountId !== after.primaryAccountId) {
    const codeOf = (id: string | null) =>
      memberships.find(({ accountId }) => accountId === id)?.code ?? null;
    detail["primaryAccount"] = codeOf(after.primaryAccountId);
    detail["primaryAccountBefore"] = codeOf(before.primaryAccountId);
  }
  return detail;
}

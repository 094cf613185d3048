// Adds a user with the first memberships.
import type { Transaction } from "kysely";
import type { NewUser } from "../../../api/users-api.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findAccountsByCode } from "../account-store.ts";
import type { StoredAccount } from "../account-store.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { holdAccount } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { mayManageOperators, reachOf } from "../reach-of.ts";
import { insertMembership } from "./membership-store.ts";
import { readEmail } from "./read-email.ts";
import { refuseTakenEmail } from "./taken-email.ts";
import { insertUser } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";

type WantedMembership = NonNullable<NewUser["memberships"]>[number];
type FirstMembership = WantedMembership & { readonly accountId: string };

/** The first membership is primary. Throws `email-taken` (409) and what else is refused. */
export async function createUser(
  parts: AccountsParts,
  principal: Principal,
  wanted: NewUser,
): Promise<StoredUser> {
  const { database, clock } = parts;
  const { email, emailKey } = readEmail(wanted.email);
  const isOperator = wanted.isOperator === true;
  if (isOperator && !mayManageOperators(principal)) throw accountsProblem("operator-required");
  const actor = describePrincipal(principal);
  const atMs = clock.nowMs();
  return refuseTakenEmail(
    database.transaction(async (trx) => {
      const memberships = await findFirstMemberships(trx, principal, wanted.memberships ?? []);
      const user: StoredUser = {
        id: randomId(),
        email,
        emailKey,
        name: wanted.name,
        isOperator,
        isDisabled: false,
        primaryAccountId: memberships[0]?.accountId ?? null,
        createdAtMs: atMs,
        createdBy: actor,
      };
      await insertUser(trx, user);
      for (const { accountId, role } of memberships) {
        await insertMembership(trx, { userId: user.id, accountId, role, createdAtMs: atMs });
      }
      const roles = memberships.map(({ account, role }) => `${account} ${role}`).join(", ");
      await parts.recordEvent(trx, {
        kind: "user-created",
        atMs,
        actor,
        userId: user.id,
        ...(memberships[0] === undefined ? {} : { account: memberships[0].account }),
        detail: { email, name: user.name, isOperator, memberships: roles },
      });
      await parts.onUserChanged(trx, user.id);
      const invitedBy = principal.kind === "user" ? principal.email : null;
      if (wanted.invite !== false) await parts.inviteUser(trx, user, invitedBy);
      return user;
    }),
  );
}

async function findFirstMemberships(
  trx: Transaction<Schema>,
  principal: Principal,
  wanted: readonly WantedMembership[],
): Promise<readonly FirstMembership[]> {
  // A user without an account would be out of the reach of whoever made it.
  if (wanted.length === 0 && reachOf(principal).kind !== "platform") {
    const message = "Name at least one of your accounts.";
    const errors = [{ path: "/memberships", message }];
    throw accountsProblem("memberships-refused", { detail: message, errors });
  }
  const accounts = await findAccountsByCode(
    trx,
    wanted.map(({ account }) => account),
  );
  const found = wanted.map((membership, index) => {
    const isRepeated = wanted.slice(0, index).some(({ account }) => account === membership.account);
    if (isRepeated) throw refusedAt(index, "Each account is named once.");
    return { ...membership, accountId: findWithin(principal, accounts, { membership, index }).id };
  });
  for (const id of found.map(({ accountId }) => accountId).toSorted()) {
    if (!(await holdAccount(trx, id))) throw accountsProblem("account-not-found");
  }
  return found;
}

function findWithin(
  principal: Principal,
  accounts: ReadonlyMap<string, StoredAccount>,
  { membership, index }: { readonly membership: WantedMembership; readonly index: number },
): StoredAccount {
  const account = accounts.get(membership.account);
  if (account !== undefined && canReach(reachOf(principal), account.id)) return account;
  // The same words for others' accounts as for none.
  throw refusedAt(index, `None of your accounts has the code ${membership.account}.`);
}

function refusedAt(index: number, message: string): Error {
  const errors = [{ path: `/memberships/${index}/account`, message }];
  return accountsProblem("memberships-refused", { detail: message, errors });
}

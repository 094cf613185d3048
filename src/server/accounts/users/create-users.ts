// Puts the users together: who may see and change them, and their answers.
import type { NewUser, UserAnswer, UserPatch, UserQuery } from "../../../api/users-api.ts";
import type { MemberRole } from "../../../core/accounts/role.ts";
import { findAccountWithin } from "../account-store.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { cutPage, readPage } from "../page-cursor.ts";
import type { Principal } from "../principal.ts";
import { reachOf } from "../reach-of.ts";
import { changeMembership } from "./change-membership.ts";
import { changeUser } from "./change-user.ts";
import { createUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { listMembershipsOf } from "./membership-store.ts";
import { toUserAnswer } from "./user-answer.ts";
import { listUsers } from "./user-store.ts";
import { findManagedUser, findVisibleUser } from "./visible-user.ts";
import type { UserWithMemberships } from "./visible-user.ts";

export type UserPage = { readonly users: UserAnswer[]; readonly next: string | null };

/** Each throws the Problem to answer with; users out of reach are not found. */
export type Users = {
  readonly list: (principal: Principal, query: UserQuery) => Promise<UserPage>;
  readonly find: (principal: Principal, userId: string) => Promise<UserAnswer>;
  readonly create: (principal: Principal, wanted: NewUser) => Promise<UserAnswer>;
  readonly change: (principal: Principal, userId: string, patch: UserPatch) => Promise<UserAnswer>;
  readonly remove: (principal: Principal, userId: string) => Promise<void>;
  /** `role` null ends the membership. */
  readonly changeMembership: (
    principal: Principal,
    at: {
      readonly userId: string;
      readonly accountCode: string;
      readonly role: MemberRole | null;
    },
  ) => Promise<void>;
  /** For whatever else is done to users: throws `user-not-found` or 403 for one not managed. */
  readonly findManaged: (principal: Principal, userId: string) => Promise<UserWithMemberships>;
};

export function createUsers(parts: AccountsParts): Users {
  const { database } = parts;

  async function answer(
    principal: Principal,
    found: readonly UserWithMemberships[],
  ): Promise<UserAnswer[]> {
    const ids = found.map(({ user }) => user.id);
    const signIns = await parts.readSignInStates(ids);
    const factors = await parts.readUserFactors(ids);
    return found.map((one) => {
      const { id } = one.user;
      return toUserAnswer(principal, one, { signIn: signIns.get(id), twoFactor: factors.get(id) });
    });
  }

  async function list(principal: Principal, query: UserQuery): Promise<UserPage> {
    const reach = reachOf(principal);
    const page = readPage(query);
    const filter = {
      reach,
      search: query.search ?? null,
      accountId: query.account === undefined ? null : await accountIdOf(query.account),
      status: query.status ?? null,
    };
    const rows = await listUsers(database.kysely, filter, page);
    const shown = cutPage(rows, page.limit, ({ emailKey }) => emailKey);
    const memberships = await listMembershipsOf(
      database.kysely,
      shown.rows.map(({ id }) => id),
    );
    const found = shown.rows.map((user) => ({
      user,
      memberships: memberships.get(user.id) ?? [],
    }));
    return { users: await answer(principal, found), next: shown.next };

    async function accountIdOf(code: string): Promise<string> {
      const account = await findAccountWithin(database.kysely, code, reach);
      if (account === null) throw accountsProblem("account-not-found");
      return account.id;
    }
  }

  async function find(principal: Principal, userId: string): Promise<UserAnswer> {
    const found = await findVisibleUser(database.kysely, principal, userId);
    const [answered] = await answer(principal, [found]);
    if (answered === undefined) throw new Error("a user was found and not answered");
    return answered;
  }

  return {
    list,
    find,
    create: async (principal, wanted) => {
      const { id } = await createUser(parts, principal, wanted);
      await parts.followUserChanges();
      return find(principal, id);
    },
    change: async (principal, userId, patch) => {
      await changeUser(parts, { principal, userId, patch });
      await parts.followUserChanges();
      return find(principal, userId);
    },
    remove: async (principal, userId) => {
      await deleteUser(parts, principal, userId);
      await parts.followUserChanges();
    },
    changeMembership: async (principal, at) => {
      await changeMembership(parts, { principal, ...at });
      await parts.followUserChanges();
    },
    findManaged: (principal, userId) => findManagedUser(database.kysely, principal, userId),
  };
}

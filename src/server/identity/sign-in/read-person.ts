// Collects everything a sign-in is decided from, with the same queries whoever it is.
import { domainToASCII } from "node:url";
import { parseEmailAddress } from "../../../core/accounts/email-address.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import type { IdentityPolicy, LogOutRule } from "../../../core/identity/identity-policy.ts";
import type { UserFacts } from "../../../core/identity/user-state.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { findUserByEmailKey, findUserById, listMemberships } from "../../accounts/index.ts";
import type { StoredUser } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readPassword } from "../passwords/password-store.ts";
import { readEffectivePolicy } from "../policies/identity-policy-store.ts";
import { NOBODY_ID, readSignIn } from "./sign-in-store.ts";

export type Person = {
  readonly user: StoredUser;
  /** Of the accounts the user is a member of. */
  readonly accountIds: readonly string[];
  /** The primary account's code, for records. */
  readonly accountCode: string | null;
  readonly accountName: string | null;
  readonly facts: UserFacts;
  /** Null: the user has chosen no password yet, or has removed it. */
  readonly hash: string | null;
};

export type PersonReading = {
  readonly person: Person | null;
  /** Whose rules hold for the user; `rules` and `logOut` are parts of it. */
  readonly policy: IdentityPolicy;
  readonly rules: UserAuthenticationRules;
  readonly logOut: LogOutRule;
};

/** Null for what is no e-mail address, and so nobody's. */
export function emailKeyOf(typed: string): string | null {
  const parsed = parseEmailAddress(typed, domainToASCII);
  return parsed.ok ? parsed.key : null;
}

/** `emailKey` null: nobody is looked for, as long as somebody would be. */
export async function readPersonByEmail(
  db: ReadDatabase<Schema>,
  emailKey: string | null,
): Promise<PersonReading> {
  return readRest(db, await findUserByEmailKey(db, emailKey ?? ""));
}

export async function readPersonById(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<PersonReading> {
  return readRest(db, await findUserById(db, userId));
}

async function readRest(db: ReadDatabase<Schema>, user: StoredUser | null): Promise<PersonReading> {
  const id = user?.id ?? NOBODY_ID;
  const memberships = await listMemberships(db, id);
  const accountIds = memberships.map(({ accountId }) => accountId);
  const primaryAccountId = user?.primaryAccountId ?? null;
  const isOperator = user?.isOperator ?? false;
  const { policy } = await readEffectivePolicy(db, { isOperator, primaryAccountId, accountIds });
  const rules = policy.userAuthentication;
  const password = await readPassword(db, id);
  const signIn = await readSignIn(db, id);
  if (user === null) return { person: null, policy, rules, logOut: policy.logOut };
  const primary = memberships.find(({ isPrimary }) => isPrimary);
  const person: Person = {
    user,
    accountIds,
    accountCode: primary?.code ?? null,
    accountName: primary?.accountName ?? null,
    hash: password?.hash ?? null,
    facts: {
      isDisabled: user.isDisabled,
      hasPassword: password !== null,
      hasOtherWayIn: signIn?.hasOtherWayIn ?? false,
      lockedAtMs: signIn?.lockedAtMs ?? null,
      lastSignedInAtMs: signIn?.lastSignedInAtMs ?? null,
      activeSinceAtMs: signIn?.activeSinceAtMs ?? user.createdAtMs,
      passwordChangedAtMs: password?.changedAtMs ?? null,
      mustChangePassword: password?.mustChange ?? false,
    },
  };
  return { person, policy, rules, logOut: policy.logOut };
}

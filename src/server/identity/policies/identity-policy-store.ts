// Keeps the rules of sign-ins in SQL: a section a row, each with a version of its own.
import type { Transaction } from "kysely";
import type { AccountId, PolicyOwner } from "../../../core/accounts/account.ts";
import { effectivePolicy } from "../../../core/identity/effective-policy.ts";
import type { EffectivePolicy, PolicyUser } from "../../../core/identity/effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import type { IdentityPolicy, IdentitySection } from "../../../core/identity/identity-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { IdentityPolicyTable } from "../../migrations/identity-tables.ts";
import type { Schema } from "../../migrations/schema.ts";

export type IdentitySectionValue = IdentityPolicy[keyof IdentityPolicy];

const MEMBERS = {
  "user-authentication": "userAuthentication",
  "two-factor": "twoFactor",
  "single-sign-on": "singleSignOn",
  "log-out": "logOut",
} as const satisfies Record<IdentitySection, keyof IdentityPolicy>;

export type StoredIdentitySection = {
  readonly value: IdentitySectionValue;
  /** 0 where the default holds because nobody has set the section yet. */
  readonly version: number;
  readonly changedAtMs: number | null;
  readonly changedBy: string | null;
};

type SectionRow = Pick<IdentityPolicyTable, "section" | "value_json">;

export function defaultOfSection(section: IdentitySection): IdentitySectionValue {
  return IDENTITY_POLICY_DEFAULT[MEMBERS[section]];
}

/** @param value one that passed the section's schema */
export function withSection(
  policy: IdentityPolicy,
  section: IdentitySection,
  value: IdentitySectionValue,
): IdentityPolicy {
  return { ...policy, [MEMBERS[section]]: value };
}

/** The defaults where nothing was saved. */
export async function readIdentityPolicy(
  db: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<IdentityPolicy> {
  const rows = await db
    .selectFrom("identity_policy")
    .select(["section", "value_json"])
    .where("owner", "=", owner)
    .execute();
  return toPolicy(rows);
}

/** The rules that hold for one user's sign-in, and whose they are. */
export async function readEffectivePolicy(
  db: ReadDatabase<Schema>,
  user: PolicyUser,
): Promise<EffectivePolicy> {
  const rows = await db
    .selectFrom("identity_policy")
    .select(["owner", "section", "value_json"])
    .where("owner", "in", ["platform", ...user.accountIds])
    .execute();
  const policyOf = (owner: PolicyOwner) => toPolicy(rows.filter((row) => row.owner === owner));
  return effectivePolicy(user, {
    platform: policyOf("platform"),
    accounts: new Map(user.accountIds.map((id) => [id, policyOf(id)])),
  });
}

function toPolicy(rows: readonly SectionRow[]): IdentityPolicy {
  const valueOf = (section: IdentitySection) => {
    const row = rows.find((candidate) => candidate.section === section);
    return row === undefined ? defaultOfSection(section) : toValue(section, row.value_json);
  };
  return {
    userAuthentication: valueOf("user-authentication") as IdentityPolicy["userAuthentication"],
    twoFactor: valueOf("two-factor") as IdentityPolicy["twoFactor"],
    singleSignOn: valueOf("single-sign-on") as IdentityPolicy["singleSignOn"],
    logOut: valueOf("log-out") as IdentityPolicy["logOut"],
  };
}

/**
 * INVARIANT: only values that passed the section's schema were ever stored. Rules that came later
 * than the value have their default.
 */
function toValue(section: IdentitySection, valueJson: string): IdentitySectionValue {
  return { ...defaultOfSection(section), ...(JSON.parse(valueJson) as IdentitySectionValue) };
}

export async function readIdentitySection(
  db: ReadDatabase<Schema>,
  owner: PolicyOwner,
  section: IdentitySection,
): Promise<StoredIdentitySection> {
  const row = await db
    .selectFrom("identity_policy")
    .select(["value_json", "version", "changed_at", "changed_by"])
    .where("owner", "=", owner)
    .where("section", "=", section)
    .executeTakeFirst();
  if (row === undefined) {
    return { value: defaultOfSection(section), version: 0, changedAtMs: null, changedBy: null };
  }
  return {
    value: toValue(section, row.value_json),
    version: row.version,
    changedAtMs: row.changed_at,
    changedBy: row.changed_by,
  };
}

export type IdentitySectionChange = {
  readonly owner: PolicyOwner;
  readonly section: IdentitySection;
  readonly value: IdentitySectionValue;
  readonly changedBy: string;
  readonly nowMs: number;
};

/**
 * One conditional write: of two people editing at once the second is told.
 * @param versionBefore the version the change was made from
 * @returns false when the section has moved on since then
 */
export async function saveIdentitySection(
  trx: Transaction<Schema>,
  change: IdentitySectionChange,
  versionBefore: number,
): Promise<boolean> {
  const { owner, section } = change;
  const row = {
    value_json: JSON.stringify(change.value),
    version: versionBefore + 1,
    changed_at: change.nowMs,
    changed_by: change.changedBy,
  };
  if (versionBefore === 0) {
    const inserted = await trx
      .insertInto("identity_policy")
      .values({ owner, section, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const updated = await trx
    .updateTable("identity_policy")
    .set(row)
    .where("owner", "=", owner)
    .where("section", "=", section)
    .where("version", "=", versionBefore)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** With the account goes what it had decided. */
export async function deleteIdentityPolicies(
  trx: Transaction<Schema>,
  accountId: AccountId,
): Promise<void> {
  await trx.deleteFrom("identity_policy").where("owner", "=", accountId).execute();
}

/** Sections that the account has set. */
export async function countIdentityPolicies(
  db: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<number> {
  const { count } = await db
    .selectFrom("identity_policy")
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .where("owner", "=", accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

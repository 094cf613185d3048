// Keeps the network rules in SQL: a section a row, each with a version of its own.

import type { Transaction } from "kysely";
import {
  ACCOUNT_POLICY_DEFAULT,
  ACCOUNT_SECTIONS,
  PLATFORM_POLICY_DEFAULT,
} from "../../core/network/network-policy.ts";
import type {
  AccountPolicy,
  PlatformPolicy,
  PolicySection,
} from "../../core/network/network-policy.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

export type StoredSection = {
  readonly value: unknown;
  /** 0 where the default holds because nobody has set the section yet. */
  readonly version: number;
  readonly changedAtMs: number | null;
  readonly changedBy: string | null;
};

type Defaults = Readonly<Record<string, unknown>>;

function defaultsOf(owner: PolicyOwner): Defaults {
  return owner === "platform" ? PLATFORM_POLICY_DEFAULT : ACCOUNT_POLICY_DEFAULT;
}

/** Accounts have fewer sections than the platform. */
export function hasSection(owner: PolicyOwner, section: PolicySection): boolean {
  return owner === "platform" || (ACCOUNT_SECTIONS as readonly string[]).includes(section);
}

export async function readPlatformPolicy(read: ReadDatabase<Schema>): Promise<PlatformPolicy> {
  return { ...PLATFORM_POLICY_DEFAULT, ...(await readSections(read, "platform")) };
}

export async function readAccountPolicy(
  read: ReadDatabase<Schema>,
  accountId: string,
): Promise<AccountPolicy> {
  return { ...ACCOUNT_POLICY_DEFAULT, ...(await readSections(read, accountId)) };
}

async function readSections(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<Record<string, never>> {
  const rows = await read
    .selectFrom("network_policy")
    .select(["section", "value_json"])
    .where("owner", "=", owner)
    .execute();
  // INVARIANT: only values that passed the section's schema were ever stored.
  return Object.fromEntries(rows.map((row) => [row.section, JSON.parse(row.value_json) as never]));
}

export async function readSection(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
  section: PolicySection,
): Promise<StoredSection> {
  const row = await read
    .selectFrom("network_policy")
    .select(["value_json", "version", "changed_at", "changed_by"])
    .where("owner", "=", owner)
    .where("section", "=", section)
    .executeTakeFirst();
  if (row === undefined) {
    return { value: defaultsOf(owner)[section], version: 0, changedAtMs: null, changedBy: null };
  }
  return {
    value: JSON.parse(row.value_json),
    version: row.version,
    changedAtMs: row.changed_at,
    changedBy: row.changed_by,
  };
}

export type SectionChange = {
  readonly owner: PolicyOwner;
  readonly section: PolicySection;
  readonly value: unknown;
  /** The version that was read; null to write whatever stands there. */
  readonly version: number | null;
  readonly changedBy: string;
  readonly nowMs: number;
};

/**
 * One conditional write: of two people editing at once the second is told.
 * @returns the new version, or null when the section has moved on since it was read
 */
export async function saveSection(
  trx: Transaction<Schema>,
  change: SectionChange,
): Promise<number | null> {
  const stored = await readSection(trx, change.owner, change.section);
  if (change.version !== null && change.version !== stored.version) return null;
  const row = {
    value_json: JSON.stringify(change.value),
    version: stored.version + 1,
    changed_at: change.nowMs,
    changed_by: change.changedBy,
  };
  if (stored.version === 0) {
    const inserted = await trx
      .insertInto("network_policy")
      .values({ owner: change.owner, section: change.section, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n ? row.version : null;
  }
  const updated = await trx
    .updateTable("network_policy")
    .set(row)
    .where("owner", "=", change.owner)
    .where("section", "=", change.section)
    .where("version", "=", stored.version)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n ? row.version : null;
}

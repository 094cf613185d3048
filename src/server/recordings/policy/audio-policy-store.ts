// Keeps who may hear an account's recordings in SQL: a row an account, with its version.
import type { Transaction } from "kysely";
import type { AccountId } from "../../../core/accounts/account.ts";
import { AUDIO_POLICY_DEFAULT } from "../../../core/recordings/audio-policy.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredAudioPolicy = {
  readonly value: AudioPolicy;
  /** 0 where the default holds because nobody has set it yet. */
  readonly version: number;
  readonly changedAtMs: number | null;
  readonly changedBy: string | null;
};

export async function readAudioPolicy(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<StoredAudioPolicy> {
  const row = await read
    .selectFrom("recordings_policy")
    .selectAll()
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  if (row === undefined) {
    return { value: AUDIO_POLICY_DEFAULT, version: 0, changedAtMs: null, changedBy: null };
  }
  return {
    // INVARIANT: only values that were checked whole were ever stored.
    value: { ...AUDIO_POLICY_DEFAULT, ...(JSON.parse(row.value_json) as AudioPolicy) },
    version: row.version,
    changedAtMs: row.changed_at,
    changedBy: row.changed_by,
  };
}

/** 0 where nobody has set it. A long whitelist is not read for it. */
export async function readAudioPolicyVersion(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<number> {
  const row = await read
    .selectFrom("recordings_policy")
    .select("version")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

export type AudioPolicyChange = {
  readonly accountId: AccountId;
  readonly value: AudioPolicy;
  readonly changedBy: string;
  readonly nowMs: number;
};

/**
 * One conditional write: of two people editing at once the second is told.
 * @param versionBefore the version the change was made from
 * @returns false when the policy has moved on since then
 */
export async function saveAudioPolicy(
  trx: Transaction<Schema>,
  change: AudioPolicyChange,
  versionBefore: number,
): Promise<boolean> {
  const { accountId } = change;
  const row = {
    value_json: JSON.stringify(change.value),
    version: versionBefore + 1,
    changed_at: change.nowMs,
    changed_by: change.changedBy,
  };
  if (versionBefore === 0) {
    const inserted = await trx
      .insertInto("recordings_policy")
      .values({ account_id: accountId, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const updated = await trx
    .updateTable("recordings_policy")
    .set(row)
    .where("account_id", "=", accountId)
    .where("version", "=", versionBefore)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

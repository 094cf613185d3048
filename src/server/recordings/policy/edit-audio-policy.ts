// Changes who may hear an account's recordings: checked whole, stored with its version and event.
import type { AudioPolicyValue } from "../../../api/audio-download-api.ts";
import type { Account } from "../../../core/accounts/account.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import { accountsProblem, holdAccount } from "../../accounts/index.ts";
import type { Journal } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { AudioPolicies } from "./audio-policies.ts";
import { audioPolicyProblem } from "./audio-policy-problem.ts";
import { readAudioPolicy, saveAudioPolicy } from "./audio-policy-store.ts";
import type { StoredAudioPolicy } from "./audio-policy-store.ts";
import { assertWideMeant, checkAudioPolicy } from "./check-audio-policy.ts";
import { describePolicyChange } from "./describe-policy-change.ts";

export type EditAudioPolicyParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly journal: Pick<Journal, "recordEvent">;
  readonly policies: Pick<AudioPolicies, "forget">;
};

export type AudioPolicyEdit = {
  readonly account: Pick<Account, "id" | "code">;
  readonly value: AudioPolicyValue;
  /** The version that was read; null to write over whatever stands there. */
  readonly version: number | null;
  readonly isWideConfirmed: boolean;
  readonly changedBy: string;
};

/** Holds here when it returns. Throws `policy-refused`, `range-very-wide`, `policy-moved-on`. */
export async function editAudioPolicy(
  parts: EditAudioPolicyParts,
  edit: AudioPolicyEdit,
): Promise<StoredAudioPolicy> {
  const { account, changedBy } = edit;
  const { policy, veryWide } = checkAudioPolicy(edit.value);
  assertWideMeant(veryWide, edit.isWideConfirmed);
  const nowMs = parts.clock.nowMs();
  const version = await parts.database.transaction(async (trx) => {
    // One that goes meanwhile takes its policy with it.
    if (!(await holdAccount(trx, account.id))) throw accountsProblem("account-not-found");
    const before = await readAudioPolicy(trx, account.id);
    if (edit.version !== null && edit.version !== before.version) {
      throw audioPolicyProblem("policy-moved-on");
    }
    const change = { accountId: account.id, value: policy, changedBy, nowMs };
    const isSaved = await saveAudioPolicy(trx, change, before.version);
    if (!isSaved) throw audioPolicyProblem("policy-moved-on");
    const after = before.version + 1;
    await parts.journal.recordEvent(trx, {
      kind: "audio-policy-changed",
      atMs: nowMs,
      owner: account.id,
      actor: changedBy,
      account: account.code,
      reason: policy.mode,
      detail: { version: after, ...describePolicyChange(before.value, policy) },
    });
    return after;
  });
  parts.policies.forget(account.id);
  return { value: policy, version, changedAtMs: nowMs, changedBy };
}

// Changes who may hear an account's recordings: checked whole, stored with its version and event.
import type { AudioPolicyValue } from "../../../api/audio-download-api.ts";
import type { Account } from "../../../core/accounts/account.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import { accountsProblem, holdAccount } from "../../accounts/index.ts";
import type { Transaction } from "kysely";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { recordRevision } from "../../journal/index.ts";
import type { ChangeContext, Journal, PolicyChanges, PreparedChange } from "../../journal/index.ts";
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
  readonly changes: PolicyChanges;
};

export type AudioPolicyEdit = {
  readonly account: Pick<Account, "id" | "code">;
  readonly value: AudioPolicyValue;
  /** The version that was read; null to write over whatever stands there. */
  readonly version: number | null;
  readonly isWideConfirmed: boolean;
};

type Making = { readonly context: ChangeContext; readonly overrode: string | null };

/**
 * Holds here when it returns. Throws `policy-refused`, `range-very-wide`, `policy-moved-on`, and
 * what the guard throws.
 */
export async function editAudioPolicy(
  parts: EditAudioPolicyParts,
  { context, ...edit }: AudioPolicyEdit & { readonly context: ChangeContext },
): Promise<StoredAudioPolicy> {
  const { account } = edit;
  const policy = readAudioEdit(edit);
  await parts.changes.make({
    changes: [{ kind: "audio-policy", account: account.code, value: policy }],
    context,
    prepare: (overrode) => [prepareAudioEdit(parts, { ...edit, policy }, { context, overrode })],
  });
  return readAudioPolicy(parts.database.kysely, account.id);
}

/** Throws `policy-refused`, `range-very-wide`. */
export function readAudioEdit(
  edit: Pick<AudioPolicyEdit, "value" | "isWideConfirmed">,
): AudioPolicy {
  const { policy, veryWide } = checkAudioPolicy(edit.value);
  assertWideMeant(veryWide, edit.isWideConfirmed);
  return policy;
}

/** Of a policy that was checked. Storing throws `policy-moved-on`. */
export function prepareAudioEdit(
  parts: EditAudioPolicyParts,
  edit: Pick<AudioPolicyEdit, "account" | "version"> & { readonly policy: AudioPolicy },
  making: Making,
): PreparedChange {
  return {
    store: (trx) => storeEdit(parts, trx, { ...edit, ...making }),
    follow: async () => parts.policies.forget(edit.account.id),
  };
}

async function storeEdit(
  parts: EditAudioPolicyParts,
  trx: Transaction<Schema>,
  edit: Pick<AudioPolicyEdit, "account" | "version"> & Making & { readonly policy: AudioPolicy },
): Promise<void> {
  const { account, policy, context, overrode } = edit;
  const atMs = parts.clock.nowMs();
  // One that goes meanwhile takes its policy with it.
  if (!(await holdAccount(trx, account.id))) throw accountsProblem("account-not-found");
  const before = await readAudioPolicy(trx, account.id);
  if (edit.version !== null && edit.version !== before.version) {
    throw audioPolicyProblem("policy-moved-on");
  }
  const { actor } = context;
  const change = { accountId: account.id, value: policy, changedBy: actor, nowMs: atMs };
  const isSaved = await saveAudioPolicy(trx, change, before.version);
  if (!isSaved) throw audioPolicyProblem("policy-moved-on");
  await recordRevision(trx, {
    context,
    atMs,
    subject: "audio-download",
    owner: account.id,
    account: account.code,
    overrode,
    before: before.value,
    after: policy,
  });
  await parts.journal.recordEvent(trx, {
    kind: "audio-policy-changed",
    atMs,
    owner: account.id,
    actor,
    account: account.code,
    reason: policy.mode,
    detail: {
      version: before.version + 1,
      ...describePolicyChange(before.value, policy),
      ...(overrode === null ? {} : { overrode }),
    },
  });
}

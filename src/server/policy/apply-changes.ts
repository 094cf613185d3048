// Makes proposed changes of any kind in one step: all of them, or none.
import { AudioPolicySchema } from "../../api/audio-download-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import type { Account } from "../../core/accounts/account.ts";
import type { AudioPolicy } from "../../core/recordings/audio-policy.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import { accountsProblem } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import { checkSectionValue, prepareIdentityChange } from "../identity/index.ts";
import type { Identity } from "../identity/index.ts";
import type { ChangeContext, PolicyChanges, PreparedChange } from "../journal/index.ts";
import { checkPolicyEdits, prepareEntryList, preparePolicyEdits } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import { prepareAudioEdit, readAudioEdit } from "../recordings/index.ts";
import type { Recordings } from "../recordings/index.ts";

export type ApplyParts = {
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly network: Network;
  readonly identity: Identity;
  readonly recordings: Recordings;
  readonly changes: PolicyChanges;
};

/**
 * `notes` are those of the entries that are added. `versions` were read of what is changed: of the
 * sections, of the entries that are removed; where one has moved on, nothing is stored.
 */
export type AppliedChange = ProposedChange & {
  readonly notes?: readonly string[];
  readonly versions?: readonly number[];
};

type Making = { readonly context: ChangeContext; readonly overrode: string | null };
type Prepare = (making: Making) => PreparedChange;

/**
 * Throws what the edits of the sections throw, `account-not-found`, and what the guard throws; then
 * nothing is stored. Who may do it is asked before.
 */
export async function applyChanges(
  parts: ApplyParts,
  proposed: readonly AppliedChange[],
  context: ChangeContext,
): Promise<void> {
  await applyWith(parts, proposed, { context, first: () => Promise.resolve() });
}

/** @param made.first is done in the same transaction, before the changes */
export async function applyWith(
  parts: ApplyParts,
  proposed: readonly AppliedChange[],
  made: { readonly context: ChangeContext; readonly first: PreparedChange["store"] },
): Promise<void> {
  const { context, first } = made;
  const prepares = await checkChanges(parts, proposed);
  await parts.changes.make({
    changes: proposed,
    context,
    prepare: (overrode) => [
      { store: first, follow: () => Promise.resolve() },
      ...prepares.map((prepare) => prepare({ context, overrode })),
    ],
  });
}

/** Throws what is wrong with one of them. */
export async function checkChanges(
  parts: ApplyParts,
  proposed: readonly AppliedChange[],
): Promise<readonly Prepare[]> {
  const prepares: Prepare[] = [];
  for (const change of proposed) {
    const account = await findAccount(parts, change.account);
    prepares.push(checkChange(parts, change, account));
  }
  return prepares;
}

async function findAccount(parts: ApplyParts, code: string | undefined): Promise<Account | null> {
  if (code === undefined) return null;
  const account = await parts.accounts.findAccount(code);
  if (account === null) {
    throw accountsProblem("account-not-found", { detail: `No account has the code ${code}.` });
  }
  return account;
}

/** Throws what is wrong with it. */
function checkChange(parts: ApplyParts, change: AppliedChange, account: Account | null): Prepare {
  const { network } = parts;
  const { versions } = change;
  const owner = account?.id ?? "platform";
  switch (change.kind) {
    case "network-policy": {
      const edits = change.sections.map(({ section, value }, index) => {
        const version = versions?.[index] ?? null;
        return { owner, section, value, version };
      });
      checkPolicyEdits(network, edits);
      return (making) => preparePolicyEdits(network, edits, making);
    }
    case "address-list": {
      const add = change.add.map(({ range, action, expiresAt = null }, index) => {
        return { range, action, expiresAt, note: change.notes?.[index] ?? "" };
      });
      const { remove } = change;
      const edit = { owner, add, remove, ...(versions === undefined ? {} : { versions }) };
      return (making) => prepareEntryList(network, edit, making);
    }
    case "identity-policy": {
      const { section } = change;
      const value = checkSectionValue(section, change.value);
      const edit = { account, section, value, version: versions?.[0] ?? null };
      return (making) => prepareIdentityChange(parts.identity, edit, making);
    }
    case "audio-policy": {
      const policy = readAudioValue(change.value);
      const { parts: given, policies } = parts.recordings;
      const edit = { account: account!, policy, version: versions?.[0] ?? null };
      return (making) => prepareAudioEdit({ ...given, policies }, edit, making);
    }
    default:
      return change satisfies never;
  }
}

const AUDIO_CHECK = createSchemaCheck(AudioPolicySchema, "The rule");

/** Throws `policy-refused`, `body-refused`. */
function readAudioValue(value: unknown): AudioPolicy {
  const checked = AUDIO_CHECK(value);
  if (!checked.ok) throw checked.problem;
  return readAudioEdit({ value: checked.value, isWideConfirmed: true });
}

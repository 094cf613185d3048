// Works out what has to change for the rules to be as they were at a revision.
import { ENTRIES_SUBJECT } from "../../api/revision-api.ts";
import type { RestoredState } from "../../api/revision-api.ts";
import { rangeFromKeys } from "../../core/network/address-range.ts";
import { compareValues } from "../../core/policy/compare-values.ts";
import { isIdentitySection, isNetworkSection } from "../../core/policy/policy-file.ts";
import type { FileSection } from "../../core/policy/policy-file.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Account } from "../../core/accounts/account.ts";
import { readEntriesBefore } from "../journal/index.ts";
import type { RevisedEntry, StoredRevision } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { findEntryOfRange, rangeTextOf } from "../network/index.ts";
import type { AppliedChange } from "./apply-changes.ts";
import { revisionProblem } from "./revision-problem.ts";
import { readFileSection } from "./standing-rules.ts";

type Read = ReadDatabase<Schema>;

export type Back = {
  readonly revision: StoredRevision;
  /** As it was before that change, or after it. */
  readonly to: RestoredState;
  /** Whose rules; null: the platform's. */
  readonly account: Account | null;
  readonly nowMs: number;
  /** Of a list only what that change did; without: whatever was done to it since. */
  readonly isAlone?: boolean;
};

/** Empty when nothing is other than it was then. Throws `revision-too-far`. */
export async function findChangesBack(read: Read, back: Back): Promise<readonly AppliedChange[]> {
  return back.revision.subject === ENTRIES_SUBJECT
    ? findEntriesBack(read, back)
    : findSectionBack(read, back);
}

async function findSectionBack(read: Read, back: Back): Promise<readonly AppliedChange[]> {
  const { revision, account } = back;
  const section = revision.subject as FileSection;
  const value: unknown = JSON.parse(
    back.to === "before" ? revision.before_json : revision.after_json,
  );
  const standing = await readFileSection(read, account, section);
  if (compareValues(standing.value, value).length === 0) return [];
  const versions = [standing.version];
  const whose = account === null ? {} : { account: account.code };
  if (isNetworkSection(section)) {
    return [{ kind: "network-policy", ...whose, sections: [{ section, value }], versions }];
  }
  if (isIdentitySection(section)) {
    return [{ kind: "identity-policy", ...whose, section, value, versions }];
  }
  return [{ kind: "audio-policy", account: account!.code, value, versions }];
}

type Addition = Extract<AppliedChange, { readonly kind: "address-list" }>["add"][number] & {
  readonly note: string;
};

async function findEntriesBack(read: Read, back: Back): Promise<readonly AppliedChange[]> {
  const { revision, to, account } = back;
  const from = to === "before" ? revision.number : revision.number + 1;
  const changeId = back.isAlone === true ? revision.change_id : null;
  const at = { owner: revision.owner, from, changeId };
  const wanted = await readEntriesBefore(read, at);
  if (wanted === null) throw revisionProblem("revision-too-far");
  const add: Addition[] = [];
  const remove: number[] = [];
  const versions: number[] = [];
  for (const entry of wanted) {
    const range = rangeFromKeys(entry.family, entry.range_start, entry.range_end);
    const standing = await findEntryOfRange(read, revision.owner, range);
    const then = toAddition(entry, back.nowMs);
    if (standing !== undefined && then !== null && isSameEntry(standing, then)) continue;
    if (standing !== undefined) {
      remove.push(standing.id);
      versions.push(standing.version);
    }
    if (then !== null) add.push(then);
  }
  if (add.length + remove.length === 0) return [];
  const whose = account === null ? {} : { account: account.code };
  return [
    {
      kind: "address-list",
      ...whose,
      add: add.map(({ note: _note, ...entry }) => entry),
      remove,
      notes: add.map(({ note }) => note),
      versions,
    },
  ];
}

/** Null: there was none then, or it has ended since. */
function toAddition(entry: RevisedEntry, nowMs: number): Addition | null {
  const { before_action: action, before_expires_at: expiresAtMs } = entry;
  if (action === null || (expiresAtMs !== null && expiresAtMs <= nowMs)) return null;
  return {
    range: rangeTextOf(entry),
    action: action as Addition["action"],
    note: entry.before_note ?? "",
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
  };
}

function isSameEntry(
  standing: {
    readonly action: string;
    readonly note: string;
    readonly expires_at: number | null;
  },
  then: Addition,
): boolean {
  const expiresAtMs = then.expiresAt == null ? null : Date.parse(then.expiresAt);
  const { action, note, expires_at: standsUntilMs } = standing;
  return action === then.action && note === then.note && standsUntilMs === expiresAtMs;
}

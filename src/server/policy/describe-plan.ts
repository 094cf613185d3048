// Turns a plan into what the API answers, and into changes that can be previewed and guarded.
import { PLANNED_ENTRIES_MAX } from "../../api/policy-file-api.ts";
import type { PlannedEntry, PlannedOwner, PlanWaits } from "../../api/policy-file-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import {
  AUDIO_SECTION,
  isIdentitySection,
  isNetworkSection,
} from "../../core/policy/policy-file.ts";
import type { FileEntry } from "../../core/policy/policy-file.ts";
import type { WaitingAbout } from "../journal/index.ts";
import type { AppliedChange } from "./apply-changes.ts";
import type { PlannedChange } from "./plan-policy-file.ts";

export function describePlanned(changes: readonly PlannedChange[]): PlannedOwner[] {
  return changes.map(({ wanted, isNew, difference }) => {
    const { added, removed, changed } = difference.entries;
    const all = difference.sections.flatMap(({ section, differences }) =>
      differences.map((one) => ({ section, ...one })),
    );
    return {
      account: wanted.account,
      isNew,
      values: all.filter((one) => "before" in one),
      lists: all
        .filter((one) => "added" in one)
        .map(({ section, path, added: put, removed: taken }) => {
          return { section, path, added: [...put], removed: [...taken] };
        }),
      entries: {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
        firstAdded: added.slice(0, PLANNED_ENTRIES_MAX).map(toPlannedEntry),
        firstRemoved: removed.slice(0, PLANNED_ENTRIES_MAX).map(toPlannedEntry),
        firstChanged: changed.slice(0, PLANNED_ENTRIES_MAX).map(({ before, after }) => ({
          before: toPlannedEntry(before),
          after: toPlannedEntry(after),
        })),
      },
    };
  });
}

export function describeWaits(waiting: readonly WaitingAbout[]): PlanWaits[] {
  return waiting.map(({ parts, ...waits }) => {
    return { ...waits, parts: parts.map(({ account, subject }) => ({ account, subject })) };
  });
}

function toPlannedEntry({ range, action, note, expiresAtMs }: FileEntry): PlannedEntry {
  return { range, action, note, expiresAt: timeOf(expiresAtMs) };
}

function timeOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

/** Of accounts that are there; each with the versions that were read. */
export function toAppliedChanges(changes: readonly PlannedChange[]): readonly AppliedChange[] {
  return changes.flatMap((change) => [
    ...networkChanges(change),
    ...entryChanges(change),
    ...otherChanges(change),
  ]);
}

/** As they are previewed: nobody has come yet to an account that is not there. */
export function toProposedChanges(changes: readonly PlannedChange[]): readonly ProposedChange[] {
  return toAppliedChanges(changes.filter(({ isNew }) => !isNew)).map(
    ({ notes: _notes, versions: _versions, ...change }) => change,
  );
}

function networkChanges({ wanted, standing, difference }: PlannedChange): readonly AppliedChange[] {
  const names = difference.sections.map(({ section }) => section).filter(isNetworkSection);
  if (names.length === 0) return [];
  const sections = names.map((section) => ({ section, value: wanted.sections.get(section) }));
  const versions = names.map((section) => standing.versions.get(section) ?? 0);
  return [{ kind: "network-policy", ...accountOf(wanted), sections, versions }];
}

function entryChanges({ wanted, difference }: PlannedChange): readonly AppliedChange[] {
  const { added, removed, changed } = difference.entries;
  const coming = [...added, ...changed.map(({ after }) => after)];
  const going = [...removed, ...changed.map(({ before }) => before)];
  if (coming.length + going.length === 0) return [];
  const add = coming.map(({ range, action, expiresAtMs }) => {
    return { range, action, expiresAt: timeOf(expiresAtMs) };
  });
  return [
    {
      kind: "address-list",
      ...accountOf(wanted),
      add,
      remove: going.map(({ id }) => id),
      notes: coming.map(({ note }) => note),
      versions: going.map(({ version }) => version),
    },
  ];
}

function otherChanges({ wanted, standing, difference }: PlannedChange): readonly AppliedChange[] {
  return difference.sections.flatMap(({ section }): readonly AppliedChange[] => {
    const value = wanted.sections.get(section);
    const versions = [standing.versions.get(section) ?? 0];
    if (isIdentitySection(section)) {
      return [{ kind: "identity-policy", ...accountOf(wanted), section, value, versions }];
    }
    if (section !== AUDIO_SECTION || wanted.account === null) return [];
    return [{ kind: "audio-policy", account: wanted.account, value, versions }];
  });
}

function accountOf({ account }: PlannedChange["wanted"]): { readonly account?: string } {
  return account === null ? {} : { account };
}

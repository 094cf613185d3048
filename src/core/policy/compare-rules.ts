// Finds what a policy file would change of an owner's rules as they stand.
import { compareValues } from "./compare-values.ts";
import type { ValueDifference } from "./compare-values.ts";
import type { FileEntry, FileSection, OwnerRules } from "./policy-file.ts";

export type SectionDifference = {
  readonly section: FileSection;
  readonly differences: readonly ValueDifference[];
};

export type EntriesDifference<Standing extends FileEntry> = {
  readonly added: readonly FileEntry[];
  readonly removed: readonly Standing[];
  /** Of the same range: another action, note or end. */
  readonly changed: readonly { readonly before: Standing; readonly after: FileEntry }[];
};

export type OwnerDifference<Standing extends FileEntry = FileEntry> = {
  readonly account: string | null;
  /** Only those that differ. */
  readonly sections: readonly SectionDifference[];
  readonly entries: EntriesDifference<Standing>;
};

type StandingRules<Standing extends FileEntry> = Omit<OwnerRules, "entries"> & {
  /** Those that have not ended. */
  readonly entries: readonly Standing[] | null;
};

const NONE = { added: [], removed: [], changed: [] } as const;

/** What the file does not name is no difference. Entries that have ended by `nowMs` are none. */
export function compareRules<Standing extends FileEntry>(
  standing: StandingRules<Standing>,
  wanted: OwnerRules,
  nowMs: number,
): OwnerDifference<Standing> {
  const sections = [...wanted.sections].flatMap(([section, value]) => {
    const differences = compareValues(standing.sections.get(section), value);
    return differences.length === 0 ? [] : [{ section, differences }];
  });
  const entries =
    wanted.entries === null
      ? NONE
      : compareEntries(standing.entries ?? [], leaveEnded(wanted.entries, nowMs));
  return { account: wanted.account, sections, entries };
}

export function isSame({ sections, entries }: OwnerDifference): boolean {
  return sections.length + countEntries(entries) === 0;
}

function countEntries({ added, removed, changed }: OwnerDifference["entries"]): number {
  return added.length + removed.length + changed.length;
}

/** A file that was written once goes on to fit after some of its entries have ended. */
function leaveEnded(entries: readonly FileEntry[], nowMs: number): readonly FileEntry[] {
  return entries.filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > nowMs);
}

function compareEntries<Standing extends FileEntry>(
  standing: readonly Standing[],
  wanted: readonly FileEntry[],
): EntriesDifference<Standing> {
  const byRange = new Map(standing.map((entry) => [entry.range, entry]));
  const added: FileEntry[] = [];
  const changed: { readonly before: Standing; readonly after: FileEntry }[] = [];
  for (const after of wanted) {
    const before = byRange.get(after.range);
    byRange.delete(after.range);
    if (before === undefined) added.push(after);
    else if (!isSameEntry(before, after)) changed.push({ before, after });
  }
  return { added, removed: [...byRange.values()], changed };
}

function isSameEntry(a: FileEntry, b: FileEntry): boolean {
  return a.action === b.action && a.note === b.note && a.expiresAtMs === b.expiresAtMs;
}

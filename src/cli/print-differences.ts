// Prints what a policy file changes: a line for each value, and for each entry of a list.
import type { PlannedEntry, PlannedOwner } from "../api/policy-file-api.ts";
import type { CliContext } from "./cli-context.ts";
import { printLine } from "./output.ts";

type Scalar = string | number | boolean | null;

export async function printDifferences(
  context: CliContext,
  differences: readonly PlannedOwner[],
): Promise<void> {
  if (differences.length === 0) return printLine(context, "There is nothing to change.");
  for (const owner of differences) {
    const lines = [
      owner.account === null ? "platform" : `account ${owner.account}`,
      ...(owner.isNew ? ["  + the account is added"] : []),
      ...owner.values.map((value) => `  ${describeValue(value)}`),
      ...owner.lists.flatMap(({ section, path, added, removed }) => [
        ...removed.map((item) => `  - ${section}.${path}: ${item}`),
        ...added.map((item) => `  + ${section}.${path}: ${item}`),
      ]),
      ...entryLines(owner.entries).map((line) => `  ${line}`),
    ];
    for (const line of lines) await printLine(context, line);
  }
}

/** Such as `3 settings, 12 entries`. */
export function countDifferences(differences: readonly PlannedOwner[]): string {
  const settings = sum(differences.map(({ values, lists }) => values.length + lists.length));
  const entries = sum(
    differences.map(({ entries: { added, removed, changed } }) => added + removed + changed),
  );
  const accounts = differences.filter(({ isNew }) => isNew).length;
  return [
    ...named(accounts, "new account", "new accounts"),
    ...named(settings, "setting differs", "settings differ"),
    ...named(entries, "entry differs", "entries differ"),
  ].join(", ");
}

function named(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : many}`];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function describeValue(value: PlannedOwner["values"][number]): string {
  const { section, path, before, after } = value;
  const name = `${section}.${path}`;
  if (before === null) return `+ ${name}: ${textOf(after)}`;
  if (after === null) return `- ${name}: ${textOf(before)}`;
  return `~ ${name}: ${textOf(before)} -> ${textOf(after)}`;
}

function textOf(value: Scalar): string {
  return value === true ? "yes" : value === false ? "no" : String(value);
}

function entryLines(entries: PlannedOwner["entries"]): readonly string[] {
  const { firstRemoved, firstAdded, firstChanged } = entries;
  return [
    ...firstRemoved.map((entry) => `- ${describeEntry(entry)}`),
    ...more(entries.removed - firstRemoved.length, "removed"),
    ...firstAdded.map((entry) => `+ ${describeEntry(entry)}`),
    ...more(entries.added - firstAdded.length, "added"),
    ...firstChanged.map(
      ({ before, after }) => `~ ${describeEntry(before)} -> ${describeEntry(after)}`,
    ),
    ...more(entries.changed - firstChanged.length, "changed"),
  ];
}

function more(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`and ${count.toLocaleString("en")} more entries ${what}`];
}

function describeEntry({ action, range, note, expiresAt }: PlannedEntry): string {
  const said = note === "" ? "" : ` "${note}"`;
  return `${action} ${range}${said}${expiresAt === null ? "" : ` until ${expiresAt}`}`;
}

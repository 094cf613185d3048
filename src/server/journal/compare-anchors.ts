// Compares the lines of audit-anchors with the entries they name, however many there are.
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { Anchor, AuditAnchors } from "./audit-anchors.ts";
import { readHashes } from "./audit-store.ts";

export type AnchorComparison = {
  /** Entries that a line names. */
  readonly anchored: number;
  /** Of those whose entry has another hash the one with the lowest number. */
  readonly differing: Anchor | null;
  /** The one with the highest number. */
  readonly newest: Anchor | null;
  readonly unreadableLine: number | null;
};

const LINES_PER_STATEMENT = 500;

/** With the entries up to `lastNumber`, which were found whole. Holds few lines at a time. */
export async function compareAnchors(
  read: ReadDatabase<Schema>,
  lines: ReturnType<AuditAnchors["read"]>,
  lastNumber: number,
): Promise<AnchorComparison> {
  const told: Told = {
    anchored: 0,
    differing: null,
    newest: null,
    unreadableLine: null,
    agreeing: null,
    before: null,
  };
  let part: Anchor[] = [];

  async function comparePart(): Promise<void> {
    if (part.length === 0) return;
    const hashes = await readHashes(read, [...new Set(part.map(({ number }) => number))]);
    for (const anchor of part) {
      const { number } = anchor;
      if (number !== told.before) told.anchored += 1;
      told.before = number;
      if (told.newest === null || number > told.newest.number) told.newest = anchor;
      if (number <= lastNumber) judge(told, anchor, hashes.get(number));
    }
    part = [];
  }

  for await (const line of lines) {
    if ("unreadable" in line) {
      told.unreadableLine ??= line.unreadable;
    } else {
      part.push(line);
      if (part.length === LINES_PER_STATEMENT) await comparePart();
    }
  }
  await comparePart();
  return told;
}

type Told = { -readonly [name in keyof AnchorComparison]: AnchorComparison[name] } & {
  /** Numbers of the last line that agreed, and of the last line. */
  agreeing: number | null;
  before: number | null;
};

/** Two lines for one number that contradict each other are as bad as one that says nothing. */
function judge(told: Told, anchor: Anchor, hash: string | undefined): void {
  const { number, line } = anchor;
  if (anchor.hash === hash) {
    told.agreeing = number;
    if (told.differing?.number !== number) return;
    told.differing = null;
    told.unreadableLine ??= line;
  } else if (told.agreeing === number) {
    told.unreadableLine ??= line;
  } else if (told.differing === null || number < told.differing.number) {
    told.differing = anchor;
  }
}

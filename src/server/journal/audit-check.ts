// Follows the chain of the audit from its first entry and names the first spot that is not whole.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AuditCheckAnswer, AuditFlaw, AuditProblem } from "../../api/audit-api.ts";
import type { Database, ReadDatabase } from "../../platform/database/database.ts";
import type { JournalAuditTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import type { AuditAnchors } from "./audit-anchors.ts";
import { auditTimeText, EMPTY_CHAIN, hashOf, NUMBER_MAX } from "./audit-entry.ts";
import type { AuditHead } from "./audit-entry.ts";
import { readChain, readHead } from "./audit-store.ts";
import { compareAnchors } from "./compare-anchors.ts";
import type { AnchorComparison } from "./compare-anchors.ts";

/** Some ten milliseconds of this thread. */
const ROWS_PER_PAGE = 1_000;

/**
 * Compares each entry with its hash and the one before, the last with the head, and every anchor
 * with the entry it names. Entries that are added meanwhile are left to the next check.
 */
export async function checkAudit(
  database: Pick<Database<Schema>, "kysely" | "snapshot">,
  anchors: AuditAnchors,
): Promise<AuditCheckAnswer> {
  const read = database.kysely;
  // Before the head: what is anchored later may be newer than the head we compare with.
  const anchorBytes = await anchors.sizeBytes();
  const head = await readHead(read);
  const walked = await walkChain(read, head ?? EMPTY_CHAIN);
  const { number } = walked.last;
  const anchored = await compareAnchors(read, anchors.read(anchorBytes), number);
  const problem =
    (await findBeforeFirst(read)) ??
    judgeDiffering(anchored) ??
    walked.problem ??
    judgeEnd(walked.last, head) ??
    (await findBeyond(database)) ??
    judgeAnchors(number, anchored);
  return {
    isIntact: problem === null,
    entries: number,
    head: walked.last.hash,
    anchors: anchored.anchored,
    problem,
  };
}

type Walk = { readonly last: AuditHead; readonly problem: AuditProblem | null };

async function walkChain(read: ReadDatabase<Schema>, head: AuditHead): Promise<Walk> {
  let last = EMPTY_CHAIN;
  for (;;) {
    const rows = await readChain(read, last.number, ROWS_PER_PAGE);
    for (const row of rows) {
      if (row.number > head.number) return { last, problem: null };
      const problem = judgeEntry(last, row);
      if (problem !== null) return { last, problem };
      last = { number: row.number, hash: row.hash };
    }
    if (rows.length < ROWS_PER_PAGE) return { last, problem: null };
    await nextTurn();
  }
}

/** `before` was found whole. */
function judgeEntry(before: AuditHead, row: JournalAuditTable): AuditProblem | null {
  const { number } = row;
  const expected = before.number + 1;
  if (number !== expected) {
    const to = number - 1 === expected ? "is" : `to ${number - 1} are`;
    return flawAt("missing", expected, { atMs: row.at, message: `entry ${expected} ${to} gone` });
  }
  if (row.previous_hash !== before.hash) {
    const message =
      `entry ${number} does not follow the one before it: either was written anew, ` +
      "exchanged or put in";
    return flawAt("reordered", number, { atMs: row.at, message });
  }
  if (hashOf(row) !== row.hash) {
    const message = `entry ${number} is not what its hash was made of: it was changed`;
    return flawAt("changed", number, { atMs: row.at, message });
  }
  return null;
}

/** Postern counts from 1. What the chain does not reach would else be listed and never checked. */
async function findBeforeFirst(read: ReadDatabase<Schema>): Promise<AuditProblem | null> {
  const [row] = await readChain(read, -NUMBER_MAX - 1, 1);
  if (row === undefined || row.number > 0) return null;
  const message = `entry ${row.number} stands before the first of the chain: it was put in`;
  return flawAt("before-first", 0, { atMs: row.at, message });
}

function judgeDiffering({ differing }: AnchorComparison): AuditProblem | null {
  if (differing === null) return null;
  const { number, atMs } = differing;
  const message =
    `entry ${number} has another hash than the anchor in audit-anchors: the chain was ` +
    "written anew at this entry or before it";
  return flawAt("differs-from-anchor", number, { atMs, message });
}

function judgeEnd(last: AuditHead, head: AuditHead | null): AuditProblem | null {
  if (head === null) {
    return flawAt("missing", 0, { atMs: null, message: "the row that tells of the end is gone" });
  }
  if (last.number < head.number) {
    const message = `the chain ends at entry ${last.number}; there were ${head.number}`;
    return flawAt("cut-off", last.number + 1, { atMs: null, message });
  }
  if (last.hash === head.hash) return null;
  const message = `entry ${last.number} is not the one that the end of the chain was written with`;
  return flawAt("changed", last.number, { atMs: null, message });
}

/** An entry after the end was not written by Postern, and would keep it from writing the next. */
async function findBeyond(
  database: Pick<Database<Schema>, "snapshot">,
): Promise<AuditProblem | null> {
  return await database.snapshot(async (read) => {
    const head = await readHead(read);
    const [row] = await readChain(read, head?.number ?? 0, 1);
    if (row === undefined) return null;
    const message = `entry ${row.number} stands after the end of the chain: it was put in`;
    return flawAt("beyond-head", row.number, { atMs: row.at, message });
  });
}

function judgeAnchors(lastNumber: number, anchored: AnchorComparison): AuditProblem | null {
  if (anchored.unreadableLine !== null) {
    const message = `line ${anchored.unreadableLine} of audit-anchors cannot be read`;
    return flawAt("anchor-unreadable", 0, { atMs: null, message });
  }
  const { newest } = anchored;
  if (newest === null || newest.number <= lastNumber) return null;
  const message =
    `the chain ends at entry ${lastNumber}; audit-anchors tells of entry ${newest.number}: ` +
    "its end was cut off";
  return flawAt("cut-off", lastNumber + 1, { atMs: newest.atMs, message });
}

function flawAt(
  flaw: AuditFlaw,
  number: number,
  { atMs, message }: { readonly atMs: number | null; readonly message: string },
): AuditProblem {
  return { flaw, number, at: atMs === null ? null : auditTimeText(atMs), message };
}

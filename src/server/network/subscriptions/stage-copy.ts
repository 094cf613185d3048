// Puts what a source said beside the copy in use, range by range, without holding up the store.

import { COPY_BOUNDS, hasTooManyBadLines } from "../../../core/network/subscription.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { CopyFault } from "./copy-fault.ts";
import { dropStaged, stageRanges } from "./copy-store.ts";
import { readCopy } from "./read-copy.ts";
import type { BadLine } from "./read-copy.ts";
import { holdAttempt, saveCopyState } from "./subscription-store.ts";
import type { StoredSubscription } from "./subscription-store.ts";

export type Attempt = {
  /** As it stood when the attempt began. */
  readonly subscription: StoredSubscription;
  readonly ticket: number;
};

export type StagedCopy = {
  readonly badLines: number;
  readonly badLineSamples: readonly BadLine[];
};

/** Somebody else reads the source by now, or it has another one: what was staged is theirs. */
export class SupersededError extends Error {}

const BAD_LINES_NAMED = 10;

/** Throws `CopyFault` for a copy that is refused, and `SupersededError`. */
export async function stageCopy(
  database: Database<Schema>,
  attempt: Attempt,
  bytes: Buffer,
): Promise<StagedCopy> {
  const { id, difference } = attempt.subscription;
  await whileHeld(database, attempt, async (trx) => {
    await dropStaged(trx, id);
    await saveCopyState(trx, id, { difference, keptBack: null });
  });
  const badLineSamples: BadLine[] = [];
  let good = 0;
  let bad = 0;
  for await (const batch of readCopy(bytes, attempt.subscription.format)) {
    good += batch.ranges.length;
    bad += batch.badLines.length;
    badLineSamples.push(...batch.badLines.slice(0, BAD_LINES_NAMED - badLineSamples.length));
    if (good > COPY_BOUNDS.rangesMax) {
      throw new CopyFault(
        `the list has more than ${COPY_BOUNDS.rangesMax.toLocaleString("en")} ranges`,
      );
    }
    if (batch.ranges.length === 0) continue;
    await whileHeld(database, attempt, (trx) => stageRanges(trx, id, batch.ranges));
  }
  if (hasTooManyBadLines({ good, bad })) {
    const [first] = badLineSamples;
    throw new CopyFault(
      `${bad} of ${good + bad} lines cannot be read, the first of them line ${first!.line}: ` +
        first!.message,
    );
  }
  return { badLines: bad, badLineSamples };
}

/** INVARIANT: nothing is written for an attempt once another one has begun. */
export async function whileHeld<T>(
  database: Database<Schema>,
  { subscription, ticket }: Attempt,
  work: (trx: Parameters<Parameters<Database<Schema>["transaction"]>[0]>[0]) => Promise<T>,
): Promise<T> {
  return await database.transaction(async (trx) => {
    if (!(await holdAttempt(trx, { id: subscription.id, ticket }))) throw new SupersededError();
    return await work(trx);
  });
}

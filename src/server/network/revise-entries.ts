// Writes into the history which entries of a list a change added, changed or removed.
import type { Transaction } from "kysely";
import { recordRevisedEntries, recordRevision } from "../journal/index.ts";
import type { RevisedEntry } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import type { Network } from "./create-network.ts";
import type { StoredEntry } from "./entry-store.ts";
import type { Making } from "./make-entry-change.ts";

/** Null: there was none before, or there is none any more. At least one of the two is there. */
export type EntryPair = {
  readonly before: StoredEntry | null;
  readonly after: StoredEntry | null;
};

/** In the change's own transaction; of one list. Nothing is written where nothing changed. */
export async function reviseEntries(
  network: Network,
  { trx, context, overrode }: Making & { readonly trx: Transaction<Schema> },
  pairs: readonly EntryPair[],
): Promise<void> {
  const first = pairs[0]?.before ?? pairs[0]?.after ?? null;
  if (first === null) return;
  const revised = pairs.flatMap(toRevised);
  const revision = await recordRevision(trx, {
    context,
    atMs: network.clock.nowMs(),
    subject: "entries",
    owner: first.owner,
    account: network.accountCodeOf(first.owner),
    before: null,
    after: null,
    entries: revised.length,
    overrode,
  });
  await recordRevisedEntries(trx, revision, revised);
}

/** An entry that moved is one that went and one that came. */
function toRevised({ before, after }: EntryPair): readonly RevisedEntry[] {
  if (before !== null && after !== null && !isSameRange(before, after)) {
    return [...toRevised({ before, after: null }), ...toRevised({ before: null, after })];
  }
  const place = before ?? after;
  if (place === null) return [];
  return [
    {
      family: place.family,
      range_start: place.range_start,
      range_end: place.range_end,
      before_action: before?.action ?? null,
      before_note: before?.note ?? null,
      before_expires_at: before?.expires_at ?? null,
      after_action: after?.action ?? null,
      after_note: after?.note ?? null,
      after_expires_at: after?.expires_at ?? null,
    },
  ];
}

function isSameRange(one: StoredEntry, other: StoredEntry): boolean {
  return (
    one.family === other.family &&
    one.range_start === other.range_start &&
    one.range_end === other.range_end
  );
}

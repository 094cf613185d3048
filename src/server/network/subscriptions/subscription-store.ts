// Keeps subscriptions in SQL: what is subscribed to, and what came of the last attempts.

import type { Transaction } from "kysely";
import { FIRST_MODE } from "../../../core/network/subscription.ts";
import type { SubscriptionFormat } from "../../../core/network/subscription.ts";
import type { Mode } from "../../../core/network/network-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type CopyDifference = {
  readonly added: number;
  readonly removed: number;
  readonly addedSamples: readonly string[];
  readonly removedSamples: readonly string[];
  readonly badLines: number;
  readonly badLineSamples: readonly { readonly line: number; readonly message: string }[];
};

/** A copy that waits for an operator; its ranges stand under the id with a minus sign. */
export type KeptBackCopy = {
  readonly readAtMs: number;
  readonly ranges: number;
  readonly contentHash: string;
  readonly etag: string | null;
  readonly difference: CopyDifference;
};

export type StoredSubscription = {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly format: SubscriptionFormat;
  readonly mode: Mode;
  readonly interval_seconds: number;
  readonly version: number;
  readonly created_at: number;
  readonly created_by: string;
  readonly tried_at: number | null;
  readonly fault: string | null;
  readonly loaded_at: number | null;
  /** Of the source as it is written now; null: nothing was read from there yet. */
  readonly etag: string | null;
  readonly content_hash: string | null;
  readonly ranges: number;
  readonly difference: CopyDifference | null;
  readonly keptBack: KeptBackCopy | null;
};

/** What stands in `difference_json`. */
type StoredDifferences = Pick<StoredSubscription, "difference" | "keptBack">;

const COLUMNS = [
  "id",
  "name",
  "source",
  "format",
  "mode",
  "interval_seconds",
  "version",
  "created_at",
  "created_by",
  "tried_at",
  "fault",
  "loaded_at",
  "etag",
  "content_hash",
  "ranges",
  "difference_json",
] as const;

const NO_DIFFERENCES: StoredDifferences = { difference: null, keptBack: null };

/** In the order of their names. */
export async function listSubscriptions(
  read: ReadDatabase<Schema>,
): Promise<readonly StoredSubscription[]> {
  const rows = await read
    .selectFrom("network_subscription")
    .select(COLUMNS)
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(readRow);
}

type SubscriptionRow = Omit<StoredSubscription, keyof StoredDifferences | "format" | "mode"> & {
  readonly format: string;
  readonly mode: string;
  readonly difference_json: string | null;
};

function readRow(row: SubscriptionRow): StoredSubscription {
  const { difference_json: json, format, mode, ...rest } = row;
  const differences = json === null ? NO_DIFFERENCES : (JSON.parse(json) as StoredDifferences);
  return {
    ...rest,
    ...differences,
    format: format as SubscriptionFormat,
    mode: mode as Mode,
  };
}

/** There are few of them, so that one way to read them is enough. */
export async function findSubscription(
  read: ReadDatabase<Schema>,
  id: number,
): Promise<StoredSubscription | null> {
  return (await listSubscriptions(read)).find((subscription) => subscription.id === id) ?? null;
}

export type NewSubscriptionRow = Pick<
  StoredSubscription,
  "name" | "source" | "format" | "interval_seconds" | "created_at" | "created_by"
>;

/** INVARIANT: it begins in monitor. Returns the id. */
export async function insertSubscription(
  trx: Transaction<Schema>,
  subscription: NewSubscriptionRow,
): Promise<number> {
  const { id } = await trx
    .insertInto("network_subscription")
    .values({ ...subscription, owner: "platform", mode: FIRST_MODE, version: 1, ranges: 0 })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Holds the row until the transaction ends. False: it is gone, or has another version. */
export async function updateSubscription(
  trx: Transaction<Schema>,
  before: Pick<StoredSubscription, "id" | "version">,
  change: Partial<
    Pick<StoredSubscription, "name" | "source" | "format" | "mode" | "interval_seconds">
  >,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("network_subscription")
    .set({ ...change, version: before.version + 1 })
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteSubscription(trx: Transaction<Schema>, id: number): Promise<void> {
  await trx.deleteFrom("network_subscription").where("id", "=", id).execute();
}

/** Nothing that was read from another source, or in another way, is known of this one. */
export async function forgetSource(trx: Transaction<Schema>, id: number): Promise<void> {
  await trx
    .updateTable("network_subscription")
    .set({ tried_at: null, fault: null, etag: null, content_hash: null, difference_json: null })
    .where("id", "=", id)
    .execute();
}

export type CopyState = Partial<
  Pick<StoredSubscription, "fault" | "loaded_at" | "etag" | "content_hash" | "ranges">
> &
  StoredDifferences;

export async function saveCopyState(
  trx: Transaction<Schema>,
  id: number,
  { difference, keptBack, ...state }: CopyState,
): Promise<void> {
  await trx
    .updateTable("network_subscription")
    .set({ ...state, difference_json: JSON.stringify({ difference, keptBack }) })
    .where("id", "=", id)
    .execute();
}

/**
 * Takes the turn to read a source: of several nodes one gets it. The time of the attempt is also
 * its ticket, given once as long as the clock goes on. Null: somebody else was first, or it is
 * gone.
 */
export async function claimAttempt(
  trx: Transaction<Schema>,
  seen: Pick<StoredSubscription, "id" | "tried_at">,
  nowMs: number,
): Promise<number | null> {
  const ticket = seen.tried_at === nowMs ? nowMs + 1 : nowMs;
  const { numUpdatedRows } = await trx
    .updateTable("network_subscription")
    .set({ tried_at: ticket })
    .where("id", "=", seen.id)
    .where("tried_at", seen.tried_at === null ? "is" : "=", seen.tried_at)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? ticket : null;
}

/**
 * Whether nobody has begun another attempt, or given it another source. Holds the row until the
 * transaction ends, so that whoever begins one waits.
 */
export async function holdAttempt(
  trx: Transaction<Schema>,
  at: { readonly id: number; readonly ticket: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("network_subscription")
    .set({ tried_at: at.ticket })
    .where("id", "=", at.id)
    .where("tried_at", "=", at.ticket)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

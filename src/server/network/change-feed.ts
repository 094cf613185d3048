// The numbered list of what changed, which the memory of every node follows.

import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

/** `family`, `start` and `end` are the range as it is stored. */
type StoredRange = { readonly family: 4 | 6; readonly start: string; readonly end: string };

export type NetworkDelta =
  | { readonly kind: "policy"; readonly owner: string }
  | { readonly kind: "accounts" }
  /** Subscribed lists, their modes or names: read them all again. */
  | { readonly kind: "subscriptions" }
  | (StoredRange & {
      readonly kind: "entry-saved";
      readonly owner: string;
      readonly id: number;
      readonly action: "allow" | "deny";
      readonly expiresAtMs: number | null;
    })
  | (StoredRange & { readonly kind: "entry-removed"; readonly owner: string; readonly id: number })
  /** Too many entries to name: read them all again. */
  | { readonly kind: "entries-reloaded"; readonly owner: string }
  | (StoredRange & {
      readonly kind: "ban-saved";
      readonly owner: string;
      readonly id: number;
      readonly holds: string;
      readonly createdAtMs: number;
      readonly endsAtMs: number;
    })
  | (StoredRange & {
      readonly kind: "ban-released";
      readonly owner: string;
      readonly id: number;
      readonly holds: string;
    });

export type NumberedDelta = { readonly version: number; readonly delta: NetworkDelta };

const CHANGES_KEPT_MS = 3_600_000;

/**
 * INVARIANT: the row lock of `network_version` gives all changes of all nodes one order, in which
 * they also commit; a follower that has seen version n has seen everything before it.
 */
export async function recordChanges(
  trx: Transaction<Schema>,
  deltas: readonly NetworkDelta[],
  nowMs: number,
): Promise<void> {
  if (deltas.length === 0) return;
  const { version } = await trx
    .updateTable("network_version")
    .set((eb) => ({ version: eb("version", "+", deltas.length) }))
    .returning("version")
    .executeTakeFirstOrThrow();
  const first = version - deltas.length + 1;
  for (let index = 0; index < deltas.length; index += ROWS_PER_INSERT) {
    await trx
      .insertInto("network_change")
      .values(
        deltas.slice(index, index + ROWS_PER_INSERT).map((delta, offset) => ({
          version: first + index + offset,
          kind: delta.kind,
          payload_json: JSON.stringify(delta),
          changed_at: nowMs,
        })),
      )
      .execute();
  }
}

const ROWS_PER_INSERT = 200;

export async function readVersion(read: ReadDatabase<Schema>): Promise<number> {
  const row = await read.selectFrom("network_version").select("version").executeTakeFirstOrThrow();
  return row.version;
}

/** In their order. A gap at the start means that older changes were pruned: load everything. */
export async function readChangesAfter(
  read: ReadDatabase<Schema>,
  version: number,
  limit: number,
): Promise<readonly NumberedDelta[]> {
  const rows = await read
    .selectFrom("network_change")
    .select(["version", "payload_json"])
    .where("version", ">", version)
    .orderBy("version")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    delta: JSON.parse(row.payload_json) as NetworkDelta,
  }));
}

export async function pruneChanges(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx
    .deleteFrom("network_change")
    .where("changed_at", "<", nowMs - CHANGES_KEPT_MS)
    .execute();
}

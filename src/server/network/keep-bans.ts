// Makes bans hold at once and stores them soon after, however many fall together.

import { fillAddress } from "../../core/network/address.ts";
import { holdBan } from "../../core/network/hold-ban.ts";
import type { BanToHold } from "../../core/network/hold-ban.ts";
import { locationOfIndex } from "../../core/network/iso-3166.ts";
import type { NetworkState } from "../../core/network/network-state.ts";
import { locate } from "../../core/network/private-addresses.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { insertBan } from "./ban-store.ts";
import type { NewBan, StoredBan } from "./ban-store.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { RecordEvent } from "./network-events.ts";

export type BanOrder = BanToHold & { readonly decisionId: string | null };

export type BanKeeper = {
  /** Holds from the next request. Resolves when the ban is on disk; never rejects. */
  ban(order: BanOrder): Promise<void>;
  /** Bans that hold in memory and wait for the store. */
  waiting(): number;
  close(): Promise<void>;
};

const BATCH_MAX = 200;
const WAITING_MAX = 100_000;
const RETRY_MS = 1000;

type Waiting = { readonly ban: NewBan; readonly resolve: () => void };

export function createBanKeeper(options: {
  readonly database: Database<Schema>;
  readonly state: NetworkState;
  readonly recordEvent: RecordEvent;
  /** Called when bans are stored, so that memory takes their ids. */
  readonly onStored: () => void;
  readonly onError: (error: unknown) => void;
}): BanKeeper {
  const { database, state } = options;
  const queue: Waiting[] = [];
  let running: Promise<void> | null = null;
  let isClosed = false;

  function ban(order: BanOrder): Promise<void> {
    const stored = holdInMemory(state, order);
    if (queue.length >= WAITING_MAX) return Promise.resolve();
    return new Promise((resolve) => {
      queue.push({ ban: stored, resolve });
      running ??= drain();
    });
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH_MAX);
      try {
        await database.transaction((trx) => store(trx, batch));
        queue.splice(0, batch.length);
        for (const { resolve } of batch) resolve();
        options.onStored();
      } catch (error) {
        options.onError(error);
        if (isClosed) break;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    // INVARIANT: in the same breath as the look at the queue. A ban ordered in between would wait
    // for a run that has looked already.
    running = null;
  }

  async function store(
    trx: Parameters<Parameters<typeof database.transaction>[0]>[0],
    batch: readonly Waiting[],
  ): Promise<void> {
    const deltas: NetworkDelta[] = [];
    for (const { ban: one } of batch) {
      const row = await insertBan(trx, one);
      deltas.push(toDelta(row));
      await options.recordEvent(trx, {
        kind: "ban",
        atMs: row.created_at,
        owner: row.owner,
        country: locationOfIndex(locate(state.countries, one.range.start)),
        range: one.range,
        reason: row.cause,
        actor: null,
        detail: {
          banId: row.id,
          holds: row.holds,
          endsAtMs: row.ends_at,
          decisionId: row.decision_id,
        },
      });
    }
    await recordChanges(trx, deltas, batch[0]!.ban.createdAtMs);
  }

  return {
    ban,
    waiting: () => queue.length,
    close: async () => {
      isClosed = true;
      await running;
    },
  };
}

export function toDelta(row: StoredBan): NetworkDelta {
  return {
    kind: "ban-saved",
    owner: row.owner,
    id: row.id,
    family: row.family,
    start: row.range_start,
    end: row.range_end,
    holds: row.holds,
    createdAtMs: row.created_at,
    endsAtMs: row.ends_at,
  };
}

function holdInMemory(state: NetworkState, order: BanOrder): NewBan {
  const { change, address, surface, layer, nowMs } = order;
  const counted = holdBan(state, order);
  const prefix = address.family === 4 ? 32 : state.policy.ban.ipv6PrefixLength;
  return {
    owner: layer.owner,
    range: {
      family: address.family,
      start: counted,
      end: address.family === 4 ? counted : fillAddress(counted, prefix),
    },
    holds: change.holds === "everywhere" ? "everywhere" : SURFACES[surface]!,
    cause: change.cause,
    decisionId: order.decisionId,
    createdAtMs: nowMs,
    endsAtMs: change.endsAtMs,
  };
}

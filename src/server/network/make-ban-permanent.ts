// Turns a ban into a deny entry without an end: both in one step, or neither.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ChangeContext } from "../journal/index.ts";
import { findBanById } from "./ban-store.ts";
import type { StoredBan } from "./ban-store.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { storeEntry, warningsFor } from "./edit-entries.ts";
import type { EntryOrder, SavedEntry } from "./edit-entries.ts";
import { rangeTextOf } from "./export-entries.ts";
import { makeEntryChange } from "./make-entry-change.ts";
import { networkProblem } from "./network-problem.ts";
import { releasedDelta, storeRelease } from "./release-bans.ts";

export type PermanentOrder = {
  readonly id: number;
  /** Whose bans are within the actor's reach; null: all. */
  readonly owners: readonly PolicyOwner[] | null;
  readonly context: ChangeContext;
};

/** Throws `ban-not-found`, `entry-exists`, and what the guard throws; then nothing is stored. */
export async function makeBanPermanent(
  network: Network,
  { id, owners, context }: PermanentOrder,
): Promise<SavedEntry> {
  const { actor } = context;
  const order = { ...toOrder(await findBan(network, { id, owners })), context };
  const [entry] = await makeEntryChange(network, {
    change: { owner: order.owner, add: [order], remove: [] },
    context,
    work: async (trx, making) => {
      const bans = await storeRelease(network, trx, { ids: [id], actor, owners });
      const stored = await storeEntry(network, { trx, ...making }, order);
      const deltas = [...stored.deltas, ...bans.map(releasedDelta)];
      await recordChanges(trx, deltas, network.clock.nowMs());
      return [stored.entry];
    },
  });
  return { entry: entry!, warnings: warningsFor(network, order) };
}

async function findBan(
  network: Network,
  { id, owners }: Omit<PermanentOrder, "context">,
): Promise<StoredBan> {
  const ban = await findBanById(network.database.kysely, id);
  const isOurs = ban !== null && (owners === null || owners.includes(ban.owner));
  if (!isOurs) throw networkProblem("ban-not-found");
  return ban;
}

function toOrder(ban: StoredBan): Omit<EntryOrder, "context"> {
  return {
    owner: ban.owner,
    range: rangeTextOf(ban),
    action: "deny",
    note: `was ban ${ban.id} (${ban.cause})`,
    expiresAt: null,
    confirmWide: false,
  };
}

// Ends bans early, edits them, and makes them permanent entries; in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeFromKeys } from "../../core/network/address-range.ts";
import { listBans, lockBan, releaseBans, updateBan } from "./ban-store.ts";
import type { StoredBan } from "./ban-store.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { readRule } from "./edit-entries.ts";
import { EXPIRY_ACCEPTED, readExpiry } from "./import-entries.ts";
import { toDelta } from "./keep-bans.ts";
import { networkProblem } from "./network-problem.ts";

const BANS_OF_ADDRESS_MAX = 1000;

type BanOrder = {
  readonly actor: string;
  /** Whose bans are within the actor's reach; others are not there. Without it: all. */
  readonly owners?: readonly PolicyOwner[] | null;
};

/** Also clears the address's counters. Throws `ban-not-found` when nothing was in force. */
export async function releaseBan(
  network: Network,
  order: BanOrder & { readonly ids: readonly number[] },
): Promise<readonly StoredBan[]> {
  const released = await network.database.transaction(async (trx) => {
    const bans = await storeRelease(network, trx, order);
    await recordChanges(trx, bans.map(releasedDelta), network.clock.nowMs());
    return bans;
  });
  await network.follower.follow();
  return released;
}

type Transaction = Parameters<Parameters<Network["database"]["transaction"]>[0]>[0];

/** Part of a transaction, whose end records the deltas. Throws as `releaseBan`. */
export async function storeRelease(
  network: Network,
  trx: Transaction,
  order: BanOrder & { readonly ids: readonly number[] },
): Promise<readonly StoredBan[]> {
  const nowMs = network.clock.nowMs();
  const { ids, actor, owners = null } = order;
  const bans = await releaseBans(trx, { ids, owners, releasedBy: actor, nowMs });
  if (bans.length === 0) throw networkProblem("ban-not-found");
  for (const ban of bans) {
    await network.recordEvent(trx, {
      kind: "release",
      atMs: nowMs,
      owner: ban.owner,
      range: rangeFromKeys(ban.family, ban.range_start, ban.range_end),
      reason: ban.cause,
      actor,
      detail: { banId: ban.id, holds: ban.holds, endsAtMs: ban.ends_at },
    });
  }
  return bans;
}

/** Every ban in force that hits this client. Throws `address-refused`, `ban-not-found`. */
export async function releaseAddress(
  network: Network,
  order: BanOrder & { readonly address: string },
): Promise<readonly StoredBan[]> {
  const rule = readRule(order.address);
  if (rule.kind !== "address") {
    throw networkProblem("address-refused", { detail: "Give one address, not a range." });
  }
  const { actor, owners = null } = order;
  const bans = await listBans(network.database.kysely, {
    owners,
    covering: rule.range,
    overlapping: null,
    inForceAtMs: network.clock.nowMs(),
    beforeId: 0,
    limit: BANS_OF_ADDRESS_MAX,
  });
  return releaseBan(network, { ids: bans.map((ban) => ban.id), actor, owners });
}

/** Throws `ban-not-found`, `expiry-refused`. */
export async function changeBan(
  network: Network,
  order: BanOrder & {
    readonly id: number;
    readonly endsAt: string | undefined;
    readonly note: string | undefined;
  },
): Promise<StoredBan> {
  const nowMs = network.clock.nowMs();
  const endsAtMs = readExpiry(order.endsAt);
  if (Number.isNaN(endsAtMs)) throw networkProblem("expiry-refused", { detail: EXPIRY_ACCEPTED });
  if (endsAtMs !== null && endsAtMs <= nowMs) {
    throw networkProblem("expiry-refused", { detail: "To end a ban now, release it." });
  }
  const change = {
    ...(endsAtMs === null ? {} : { ends_at: endsAtMs }),
    ...(order.note === undefined ? {} : { note: order.note }),
  };
  const at = { id: order.id, owners: order.owners ?? null, nowMs };
  const ban = await network.database.transaction(async (trx) => {
    const before = await lockBan(trx, at);
    if (before === null) throw networkProblem("ban-not-found");
    const updated = await updateBan(trx, before.id, change);
    await network.recordEvent(trx, {
      kind: "ban-changed",
      atMs: nowMs,
      owner: updated.owner,
      range: rangeFromKeys(updated.family, updated.range_start, updated.range_end),
      reason: updated.cause,
      actor: order.actor,
      detail: {
        banId: updated.id,
        holds: updated.holds,
        endsAtMs: updated.ends_at,
        note: updated.note,
        before: { endsAtMs: before.ends_at, note: before.note },
      },
    });
    await recordChanges(trx, [toDelta(updated)], nowMs);
    return updated;
  });
  await network.follower.follow();
  return ban;
}

export function releasedDelta(ban: StoredBan): NetworkDelta {
  return {
    kind: "ban-released",
    owner: ban.owner,
    id: ban.id,
    family: ban.family,
    start: ban.range_start,
    end: ban.range_end,
    holds: ban.holds,
  };
}

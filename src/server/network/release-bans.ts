// Ends bans early, edits them, and makes them permanent entries; in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { addressKey, rangeFromKeys } from "../../core/network/address-range.ts";
import { listBans, releaseBans, updateBan } from "./ban-store.ts";
import type { StoredBan } from "./ban-store.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { readRule } from "./edit-entries.ts";
import { EXPIRY_ACCEPTED, readExpiry } from "./import-entries.ts";
import { toDelta } from "./keep-bans.ts";
import { networkProblem } from "./network-problem.ts";

const BANS_OF_ADDRESS_MAX = 1000;

/** Also clears the address's counters. Throws `ban-not-found` when nothing was in force. */
export async function releaseBan(
  network: Network,
  order: { readonly ids: readonly number[]; readonly actor: string },
): Promise<readonly StoredBan[]> {
  const nowMs = network.clock.nowMs();
  const released = await network.database.transaction(async (trx) => {
    const { ids, actor } = order;
    const bans = await releaseBans(trx, { ids, owner: null, releasedBy: actor, nowMs });
    await recordChanges(trx, bans.map(releasedDelta), nowMs);
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
  });
  if (released.length === 0) throw networkProblem("ban-not-found");
  await network.follower.follow();
  return released;
}

/** Every ban in force that hits this client. Throws `address-refused`, `ban-not-found`. */
export async function releaseAddress(
  network: Network,
  order: { readonly address: string; readonly actor: string },
): Promise<readonly StoredBan[]> {
  const rule = readRule(order.address);
  if (rule.kind !== "address") {
    throw networkProblem("address-refused", { detail: "Give one address, not a range." });
  }
  const bans = await listBans(network.database.kysely, {
    owner: null,
    covering: {
      family: rule.range.family,
      key: addressKey(rule.range.start),
    },
    inForceAtMs: network.clock.nowMs(),
    beforeId: 0,
    limit: BANS_OF_ADDRESS_MAX,
  });
  return releaseBan(network, { ids: bans.map((ban) => ban.id), actor: order.actor });
}

/** Throws `ban-not-found`, `expiry-refused`. */
export async function changeBan(
  network: Network,
  order: {
    readonly id: number;
    readonly endsAt: string | undefined;
    readonly note: string | undefined;
    readonly actor: string;
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
  const ban = await network.database.transaction(async (trx) => {
    const updated = await updateBan(trx, { id: order.id, nowMs }, change);
    if (updated === null) throw networkProblem("ban-not-found");
    await recordChanges(trx, [toDelta(updated)], nowMs);
    await network.recordEvent(trx, {
      kind: "ban",
      atMs: nowMs,
      owner: updated.owner,
      range: rangeFromKeys(updated.family, updated.range_start, updated.range_end),
      reason: updated.cause,
      actor: order.actor,
      detail: { banId: updated.id, endsAtMs: updated.ends_at, note: updated.note },
    });
    return updated;
  });
  await network.follower.follow();
  return ban;
}

/** Throws `ban-not-found`. */
export async function findBanInForce(network: Network, id: number): Promise<StoredBan> {
  const [ban] = await listBans(network.database.kysely, {
    owner: null,
    covering: null,
    inForceAtMs: network.clock.nowMs(),
    beforeId: id + 1,
    limit: 1,
  });
  if (ban?.id === id) return ban;
  throw networkProblem("ban-not-found");
}

function releasedDelta(ban: StoredBan): NetworkDelta {
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

/** The owner a listing is narrowed to: one account's bans, or every ban for the platform. */
export function bansOf(network: Network, account: string | undefined): PolicyOwner | null {
  return account === undefined ? null : network.ownerOf(account);
}

// Turns what the store keeps of entries and bans into what the API answers.

import type { BanAnswer, EntryAnswer } from "../../api/entry-api.ts";
import type { StoredBan } from "./ban-store.ts";
import type { Network } from "./create-network.ts";
import type { StoredEntry } from "./entry-store.ts";
import { rangeTextOf } from "./export-entries.ts";

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

export function timeTextOrNull(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}

export function toEntryAnswer(network: Network, entry: StoredEntry): EntryAnswer {
  return {
    id: entry.id,
    range: rangeTextOf(entry),
    action: entry.action,
    origin: "manual",
    account: network.accountCodeOf(entry.owner),
    note: entry.note,
    author: entry.author,
    createdAt: timeText(entry.created_at),
    expiresAt: timeTextOrNull(entry.expires_at),
    version: entry.version,
  };
}

export function toBanAnswer(network: Network, ban: StoredBan): BanAnswer {
  return {
    id: ban.id,
    range: rangeTextOf(ban),
    account: network.accountCodeOf(ban.owner),
    holds: ban.holds,
    cause: ban.cause,
    note: ban.note,
    decision: ban.decision_id,
    createdAt: timeText(ban.created_at),
    endsAt: timeText(ban.ends_at),
    releasedAt: timeTextOrNull(ban.released_at),
    releasedBy: ban.released_by,
  };
}

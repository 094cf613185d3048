// Reads the bans that recorded visits met, and those that made later ones longer.

import { rangeFromKeys } from "../../core/network/address-range.ts";
import type { RecordedBan } from "../../core/preview/standing-bans.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import { streamBansSince } from "../network/index.ts";
import type { Schema } from "../migrations/schema.ts";

/** Made since then, or in force since then. */
export async function readRecordedBans(
  read: ReadDatabase<Schema>,
  sinceMs: number,
): Promise<readonly RecordedBan[]> {
  const bans: RecordedBan[] = [];
  for await (const ban of streamBansSince(read, sinceMs)) {
    bans.push({
      owner: ban.owner,
      range: rangeFromKeys(ban.family, ban.range_start, ban.range_end),
      holds: ban.holds,
      cause: ban.cause,
      createdAtMs: ban.created_at,
      endsAtMs: ban.ends_at,
      releasedAtMs: ban.released_at,
    });
  }
  return bans;
}

// Reads what one visitor asked for in the last hour, what is still in memory included.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Address } from "../../../core/network/address.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import { SURFACES } from "../../../core/network/surface.ts";
import type { Surface } from "../../../core/network/surface.ts";
import { RECENT_MINUTES } from "../../../core/preview/judge-visitor.ts";
import type { RecentRequests } from "../../../core/preview/judge-visitor.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Journal } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";

const MINUTE_MS = 60_000;
const VISITS_PER_TURN = 5000;

type Visit = {
  readonly minute: number;
  readonly surface: string;
  readonly account: string;
  readonly requests: number;
};

/** Recordings are left out: their limits count plays, and the record counts requests. */
export async function readRecentRequests(
  read: ReadDatabase<Schema>,
  held: Journal["heldVisits"],
  asked: { readonly address: Address; readonly nowMs: number },
): Promise<readonly RecentRequests[]> {
  const { address, nowMs } = asked;
  const minuteNow = Math.floor(nowMs / MINUTE_MS);
  const visits: Visit[] = [];
  const key = addressKey(address);
  await held.settled();
  let seen = 0;
  for (const visit of held.each()) {
    if (visit.key === key) visits.push(visit);
    seen += 1;
    if (seen % VISITS_PER_TURN === 0) await nextTurn();
  }
  // Named one by one, each minute is one look into the primary key.
  const minutes = Array.from({ length: RECENT_MINUTES }, (_, index) => minuteNow - index);
  const stored = await read
    .selectFrom("journal_visit")
    .select(["minute", "surface", "account", "requests"])
    .where("minute", "in", minutes)
    .where("family", "=", address.family)
    .where("address_start", "=", key)
    .where("imported", "=", 0)
    .execute();
  return [...visits, ...stored]
    .filter(({ surface, minute }) => surface !== "audio" && minute > minuteNow - RECENT_MINUTES)
    .map(({ minute, surface, account, requests }) => ({
      surface: SURFACES.indexOf(surface as Surface),
      account: account === "" ? null : account,
      minutesAgo: Math.max(0, minuteNow - minute),
      requests,
    }));
}

// Reads what visitors asked for in the last hour, what is still in memory included.
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
/** So many a statement, for none to hold the store's thread for long. */
const ADDRESSES_PER_STATEMENT = 100;

type Visit = {
  readonly minute: number;
  readonly key: string;
  readonly surface: string;
  readonly account: string;
  readonly requests: number;
};

/** By `addressKey`, which differs between families; who asked for nothing is left out. */
export async function readRecentRequests(
  read: ReadDatabase<Schema>,
  held: Journal["heldVisits"],
  asked: { readonly addresses: readonly Address[]; readonly nowMs: number },
): Promise<ReadonlyMap<string, readonly RecentRequests[]>> {
  const { addresses, nowMs } = asked;
  const minuteNow = Math.floor(nowMs / MINUTE_MS);
  const keys = new Set(addresses.map(addressKey));
  const visits = [...(await readHeld(held, keys))];
  for (const family of [4, 6] as const) {
    const own = new Set(addresses.filter((one) => one.family === family).map(addressKey));
    visits.push(...(await readStored(read, { family, keys: [...own], minuteNow })));
  }
  const found = new Map<string, RecentRequests[]>();
  for (const { key, minute, surface, account, requests } of visits) {
    if (minute <= minuteNow - RECENT_MINUTES) continue;
    const recent = {
      surface: SURFACES.indexOf(surface as Surface),
      account: account === "" ? null : account,
      minutesAgo: Math.max(0, minuteNow - minute),
      requests,
    };
    const known = found.get(key);
    if (known === undefined) found.set(key, [recent]);
    else known.push(recent);
  }
  return found;
}

async function readHeld(
  held: Journal["heldVisits"],
  keys: ReadonlySet<string>,
): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  await held.settled();
  let seen = 0;
  for (const visit of held.each()) {
    if (keys.has(visit.key)) visits.push(visit);
    seen += 1;
    if (seen % VISITS_PER_TURN === 0) await nextTurn();
  }
  return visits;
}

async function readStored(
  read: ReadDatabase<Schema>,
  asked: {
    readonly family: 4 | 6;
    readonly keys: readonly string[];
    readonly minuteNow: number;
  },
): Promise<readonly Visit[]> {
  const { family, keys, minuteNow } = asked;
  // Named one by one, each minute of an address is one look into the primary key.
  const minutes = Array.from({ length: RECENT_MINUTES }, (_, index) => minuteNow - index);
  const visits: Visit[] = [];
  for (let at = 0; at < keys.length; at += ADDRESSES_PER_STATEMENT) {
    const rows = await read
      .selectFrom("journal_visit")
      .select(["minute", "address_start as key", "surface", "account", "requests"])
      .where("minute", "in", minutes)
      .where("family", "=", family)
      .where("address_start", "in", keys.slice(at, at + ADDRESSES_PER_STATEMENT))
      .where("imported", "=", 0)
      .execute();
    visits.push(...rows);
  }
  return visits;
}

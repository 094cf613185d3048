// Finds entries in lists of a million: a page anywhere, by address or a part of one, by note.

import { sql } from "kysely";
import type { SqlBool } from "kysely";
import type { EntrySort } from "../../api/entry-api.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import { entryCount, findAllCovering } from "../../core/network/address-set.ts";
import type { AddressSet } from "../../core/network/address-set.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { pageOfRanges } from "../../core/network/page-of-ranges.ts";
import { findLayer } from "./apply-delta.ts";
import type { Network } from "./create-network.ts";
import { findEntries, findEntryOfRange } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";

export type EntryPageAt = {
  readonly owner: PolicyOwner;
  readonly action: ListAction | null;
  readonly sort: EntrySort;
  readonly offset: number;
  readonly limit: number;
};

export type FoundEntries = { readonly entries: readonly StoredEntry[]; readonly total: number };

/** Of a note's part no more are found; whoever has that many narrows the search. */
const NOTE_MATCHES_MAX = 10_000;
/** Ids that one statement looks at: some ten milliseconds of the store's thread. */
const SLICE_IDS = 200_000;
const COVERING_MAX = 1_000;

/**
 * Which entries stand on a page is found in memory, where they are in the order of addresses
 * already: SQL would skip up to a million rows for it, or need another index of all entries, and
 * an import half as long again. What another node has changed shows once this one knows it.
 */
export async function listEntriesAt(network: Network, at: EntryPageAt): Promise<FoundEntries> {
  if (at.sort === "newest") return await listNewest(network, at);
  const { ids, total } = pageOfRanges(setsOf(network, at), null, at);
  return { entries: await readRows(network, at.owner, ids), total };
}

/** From the nearer end: half a million ids are skipped at the most, 20 ms in their index. */
async function listNewest(network: Network, at: EntryPageAt): Promise<FoundEntries> {
  const { owner, action, offset } = at;
  const total = countEntries(network, at);
  const limit = Math.min(at.limit, Math.max(0, total - offset));
  const isFromOldest = offset > total / 2;
  const rows = await idsOf(network)
    .where("owner", "=", owner)
    .$if(action !== null, (query) => query.where("action", "=", action!))
    .orderBy("id", isFromOldest ? "asc" : "desc")
    .limit(limit)
    .offset(isFromOldest ? total - offset - limit : offset)
    .execute();
  const ids = rows.map(({ id }) => id);
  const entries = await readRows(network, owner, isFromOldest ? ids.toReversed() : ids);
  return { entries, total };
}

/** Every entry that holds all of the range, most specific first; its very own even when ended. */
export async function findCovering(
  network: Network,
  range: AddressRange,
  at: EntryPageAt,
): Promise<FoundEntries> {
  const { owner, action, offset, limit } = at;
  const { end } = rangeKeys(range);
  const holding = (await findHolding(network, range, at)).filter((entry) => entry.range_end >= end);
  const own = await findEntryOfRange(network.database.kysely, owner, range);
  const isOwnMissing =
    own !== undefined &&
    (action === null || own.action === action) &&
    !holding.some(({ id }) => id === own.id);
  const found = isOwnMissing ? [own, ...holding] : holding;
  return { entries: found.slice(offset, offset + limit), total: found.length };
}

/**
 * Of an address what covers it, most specific first. Of a range what overlaps it: first what covers
 * its start and begins before it, most specific first, then the others by address.
 */
export async function findOverlapping(
  network: Network,
  range: AddressRange,
  at: EntryPageAt,
): Promise<FoundEntries> {
  const { owner, offset, limit } = at;
  const { start, end } = rangeKeys(range);
  if (start === end) return await findCovering(network, range, at);
  const holding = (await findHolding(network, range, at)).filter(
    (entry) => entry.range_start < start,
  );
  const first = holding.slice(offset, offset + limit);
  const inside = pageOfRanges(setsOf(network, at), range, {
    offset: Math.max(0, offset - holding.length),
    limit: limit - first.length,
  });
  const rows = await readRows(network, owner, inside.ids);
  return { entries: [...first, ...rows], total: holding.length + inside.total };
}

/** Newest first, whatever order is asked for: the search ends as soon as it has found enough. */
export async function findByNote(
  network: Network,
  part: string,
  at: EntryPageAt,
): Promise<FoundEntries> {
  const { owner, action, offset, limit } = at;
  const note = matchesNote(network, part);
  const found: { readonly id: number }[] = [];
  let newest = await newestIdBelow(network, owner, null);
  while (newest !== null && found.length < NOTE_MATCHES_MAX) {
    const below = newest + 1;
    const rows = await idsOf(network)
      .where("owner", "=", owner)
      .where("id", "<", below)
      .where("id", ">=", below - SLICE_IDS)
      .where(note)
      .$if(action !== null, (query) => query.where("action", "=", action!))
      .orderBy("id", "desc")
      .limit(NOTE_MATCHES_MAX - found.length)
      .execute();
    found.push(...rows);
    // Ids have wide gaps where a long list was deleted.
    newest = await newestIdBelow(network, owner, below - SLICE_IDS);
  }
  const page = found.slice(offset, offset + limit).map(({ id }) => id);
  return { entries: await readRows(network, owner, page), total: found.length };
}

function idsOf(network: Network) {
  return network.database.kysely.selectFrom("network_entry").select("id");
}

/** `like` ignores the case of ASCII letters with SQLite, `ilike` of all with PostgreSQL. */
function matchesNote(network: Network, part: string) {
  const like = network.database.engine === "postgres" ? sql`ilike` : sql`like`;
  // As it is typed, for notes are kept as they were typed.
  const pattern = `%${part.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql<SqlBool>`note ${like} ${pattern} escape '\\'`;
}

/** @param below null: the newest of all */
async function newestIdBelow(
  network: Network,
  owner: PolicyOwner,
  below: number | null,
): Promise<number | null> {
  const row = await idsOf(network)
    .where("owner", "=", owner)
    .$if(below !== null, (query) => query.where("id", "<", below!))
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function findHolding(
  network: Network,
  range: AddressRange,
  list: OwnList,
): Promise<readonly StoredEntry[]> {
  const nowMs = network.clock.nowMs();
  const ids = setsOf(network, list).flatMap((set) =>
    findAllCovering(set, range.start, nowMs, COVERING_MAX),
  );
  const entries = await findEntries(network.database.kysely, list.owner, ids);
  // The narrowest one decides, so it stands first.
  return entries.toSorted(compareSpecific);
}

/** As the gate does: what starts later comes first, then what ends earlier. */
function compareSpecific(one: StoredEntry, other: StoredEntry): number {
  if (one.range_start !== other.range_start) return one.range_start < other.range_start ? 1 : -1;
  return one.range_end < other.range_end ? -1 : 1;
}

/** In the order of the ids; one that was deleted meanwhile is left out. */
async function readRows(
  network: Network,
  owner: PolicyOwner,
  ids: readonly number[],
): Promise<readonly StoredEntry[]> {
  const rows = await findEntries(network.database.kysely, owner, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type OwnList = Pick<EntryPageAt, "owner" | "action">;

function setsOf(network: Network, { owner, action }: OwnList): readonly AddressSet[] {
  const layer = findLayer(network.state, owner);
  if (layer === null) return [];
  return action === null ? [layer.allow, layer.deny] : [layer[action]];
}

export function countEntries(network: Network, list: OwnList): number {
  return setsOf(network, list).reduce((sum, set) => sum + entryCount(set), 0);
}

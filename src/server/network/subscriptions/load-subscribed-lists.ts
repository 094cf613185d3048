// Builds the subscribed lists of memory from the copies in SQL, in small steps off the hot path.

import { sql } from "kysely";
import {
  appendPackedKeys,
  buildAddressSet,
  createAddressSetBuilder,
  keyLength,
} from "../../../core/network/address-set-builder.ts";
import type { AddressSetBuilder } from "../../../core/network/address-set-builder.ts";
import type { Mode } from "../../../core/network/network-policy.ts";
import type { SubscribedLists } from "../../../core/network/subscribed-lists.ts";
import type { Database, ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { listSubscriptions } from "./subscription-store.ts";

const PAGE_ROWS = 2000;

/**
 * One snapshot, so that modes and ranges belong together.
 * @param modes other ones than they have, by id
 */
export function loadSubscribedLists(
  database: Database<Schema>,
  modes: ReadonlyMap<number, Mode> = new Map(),
): Promise<SubscribedLists> {
  return database.snapshot(async (read) => {
    const subscriptions = await listSubscriptions(read);
    const builders = {
      enforce: createAddressSetBuilder(),
      monitor: createAddressSetBuilder(),
    };
    const builderOf = new Map<number, AddressSetBuilder>();
    for (const { id, mode: standing } of subscriptions) {
      const mode = modes.get(id) ?? standing;
      if (mode !== "off") builderOf.set(id, builders[mode]);
    }
    if (builderOf.size > 0) {
      for (const family of [4, 6] as const) await appendFamily(read, builderOf, family);
    }
    return {
      enforced: buildAddressSet(builders.enforce),
      monitored: buildAddressSet(builders.monitor),
      names: new Map(subscriptions.map(({ id, name }) => [id, name])),
    };
  });
}

async function appendFamily(
  read: ReadDatabase<Schema>,
  builderOf: ReadonlyMap<number, AddressSetBuilder>,
  family: 4 | 6,
): Promise<void> {
  const keysLength = 2 * keyLength(family);
  let after = "";
  for (;;) {
    const page = await readRangePage(read, family, after);
    if (page === null) return;
    const rows = page.split(",");
    for (const row of rows) {
      const id = Number(row.slice(keysLength));
      const builder = builderOf.get(id);
      if (builder === undefined) continue;
      appendPackedKeys(builder, { family, text: row, at: 0, id, expiresAtMs: null });
    }
    after = rows.at(-1)!.slice(0, keyLength(family));
  }
}

/**
 * Rows of start, end and id, in the order in which a set is built. A page ends with all ranges of
 * its last start. Copies that wait to be taken have ids below 0 and are left out.
 */
async function readRangePage(
  read: ReadDatabase<Schema>,
  family: 4 | 6,
  after: string,
): Promise<string | null> {
  const ofFamily = sql`family = ${family} and range_start > ${after} and subscription_id > 0`;
  const page = sql<{ page: string | null }>`
    select string_agg(packed, ',' order by range_start, range_end desc, subscription_id) as page
    from (
      select range_start || range_end || subscription_id as packed,
        range_start, range_end, subscription_id
      from network_subscription_range
      where ${ofFamily} and range_start <= (
        select max(range_start) from (
          select range_start from network_subscription_range where ${ofFamily}
          order by range_start limit ${PAGE_ROWS}) as starts)) as page_rows`;
  const [row] = (await page.execute(read)).rows;
  return row?.page ?? null;
}

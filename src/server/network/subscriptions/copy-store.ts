// Keeps the ranges of copies in SQL: a copy is put beside the one in use and swapped in whole.

import { sql } from "kysely";
import type { Transaction } from "kysely";
import { formatRange, rangeFromKeys, rangeKeys } from "../../../core/network/address-range.ts";
import type { AddressRange } from "../../../core/network/address-range.ts";
import { insertMany } from "../../../platform/database/insert-many.ts";
import type { Schema } from "../../migrations/schema.ts";

type Trx = Transaction<Schema>;

const COLUMNS = [
  { name: "subscription_id", type: "integer" },
  { name: "family", type: "integer" },
  { name: "range_start", type: "text" },
  { name: "range_end", type: "text" },
] as const;

const SAMPLES_MAX = 5;

/** A range that the copy has twice is one. */
export async function stageRanges(
  trx: Trx,
  id: number,
  ranges: readonly AddressRange[],
): Promise<void> {
  const rows = ranges.map((range) => {
    const { start, end } = rangeKeys(range);
    return [-id, range.family, start, end];
  });
  await insertMany(trx, {
    table: "network_subscription_range",
    columns: COLUMNS,
    rows,
    onConflict: "ignore",
  });
}

export async function dropStaged(trx: Trx, id: number): Promise<void> {
  await dropRanges(trx, -id);
}

/** Of both copies. */
export async function dropCopies(trx: Trx, id: number): Promise<void> {
  await dropRanges(trx, id);
  await dropRanges(trx, -id);
}

async function dropRanges(trx: Trx, subscriptionId: number): Promise<void> {
  await trx
    .deleteFrom("network_subscription_range")
    .where("subscription_id", "=", subscriptionId)
    .execute();
}

export async function countStaged(trx: Trx, id: number): Promise<number> {
  const { count } = await trx
    .selectFrom("network_subscription_range")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("subscription_id", "=", -id)
    .executeTakeFirstOrThrow();
  return count;
}

export type RangesDifference = { readonly count: number; readonly samples: readonly string[] };

/** What the staged copy has and the one in use has not, and the reverse. */
export async function compareCopies(
  trx: Trx,
  id: number,
): Promise<{ readonly added: RangesDifference; readonly removed: RangesDifference }> {
  return {
    added: await onlyIn(trx, -id, id),
    removed: await onlyIn(trx, id, -id),
  };
}

async function onlyIn(trx: Trx, here: number, there: number): Promise<RangesDifference> {
  const difference = onlyHere(here, there);
  const [total] = (
    await sql<{ count: number }>`select count(*) as count from ${difference}`.execute(trx)
  ).rows;
  const sample = await sql<{ family: 4 | 6; range_start: string; range_end: string }>`
    select here.family, here.range_start, here.range_end from ${difference}
    order by here.family, here.range_start, here.range_end limit ${SAMPLES_MAX}`.execute(trx);
  return {
    count: total?.count ?? 0,
    samples: sample.rows.map(({ family, range_start: start, range_end: end }) =>
      formatRange(rangeFromKeys(family, start, end)),
    ),
  };
}

/** To stand behind `from`. */
function onlyHere(here: number, there: number) {
  return sql`network_subscription_range here
    where here.subscription_id = ${here} and not exists (
      select 1 from network_subscription_range there
      where there.subscription_id = ${there} and there.family = here.family
        and there.range_start = here.range_start and there.range_end = here.range_end)`;
}

/** The staged copy is the one in use afterwards. Only what differs is written. */
export async function swapCopies(trx: Trx, id: number): Promise<void> {
  await sql`delete from network_subscription_range
    where subscription_id = ${id} and not exists (
      select 1 from network_subscription_range staged
      where staged.subscription_id = ${-id}
        and staged.family = network_subscription_range.family
        and staged.range_start = network_subscription_range.range_start
        and staged.range_end = network_subscription_range.range_end)`.execute(trx);
  await sql`insert into network_subscription_range
      (subscription_id, family, range_start, range_end)
    select cast(${id} as bigint), family, range_start, range_end
    from network_subscription_range where subscription_id = ${-id}
    on conflict do nothing`.execute(trx);
  await dropStaged(trx, id);
}

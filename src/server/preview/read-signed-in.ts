// Reads who signed in from which address within a period, for a preview to name them.

import { sql } from "kysely";
import type { AccountId } from "../../core/accounts/account.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

export type SignedInPeriod = {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Only members of one of these accounts; null: everybody. */
  readonly within: readonly AccountId[] | null;
};

/** So many parts of the period are asked for apart, so that no statement takes long. */
const SLICES = 24;

/** Pages of `key:userId` with commas between them; the same pair may come again. */
export async function* readSignedIn(
  read: ReadDatabase<Schema>,
  period: SignedInPeriod,
): AsyncGenerator<string> {
  const { fromMs, untilMs, within } = period;
  const members =
    within === null
      ? sql``
      : sql`and user_id in (
          select user_id from accounts_membership where account_id in (${sql.join(within)}))`;
  const sliceMs = Math.ceil((untilMs - fromMs) / SLICES);
  for (let sinceMs = fromMs; sinceMs < untilMs; sinceMs += sliceMs) {
    const page = await readPage(
      read,
      sql`select distinct address_start || ':' || user_id as packed from journal_event
        where kind = 'sign-in' and last_at >= ${sinceMs} and last_at < ${sinceMs + sliceMs}
          and address_start is not null and user_id is not null ${members}`,
    );
    if (page !== null) yield page;
  }
  // Sessions that were opened before the period and used from somewhere within it.
  const page = await readPage(
    read,
    sql`select distinct address_start || ':' || user_id as packed from identity_session
      where stage = 'none' and last_activity_at >= ${fromMs} and created_at < ${fromMs} ${members}`,
  );
  if (page !== null) yield page;
}

async function readPage(
  read: ReadDatabase<Schema>,
  rows: ReturnType<typeof sql>,
): Promise<string | null> {
  const page = sql<{ page: string | null }>`
    select string_agg(packed, ',') as page from (${rows}) as page_rows`;
  const [row] = (await page.execute(read)).rows;
  return row?.page ?? null;
}

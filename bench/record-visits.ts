// Writes visits of the last day into a store that no process has open.
import { sql } from "kysely";
import { openDatabase } from "../src/platform/database/open-database.ts";
import type { Schema } from "../src/server/migrations/schema.ts";
import { STORE_FILE } from "../src/server/open-store.ts";

const DAY_MINUTES = 1430;

/** Each of another IPv4 visitor in 32.0.0.0/3, with one to seven requests of the portal. */
export async function recordVisits(dataDirectory: string, count: number): Promise<void> {
  const opened = await openDatabase<Schema>({
    dataDirectory,
    databaseUrl: null,
    fileName: STORE_FILE,
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  const firstMinute = Math.floor(Date.now() / 60_000) - DAY_MINUTES;
  await opened.database.transaction(async (trx) => {
    await sql`
      insert into journal_visit
        (minute, family, address_start, surface, account, country, requests, refused)
      with recursive numbers (n) as (
        select 0 union all select n + 1 from numbers where n + 1 < ${count}
      )
      select ${firstMinute} + n * ${DAY_MINUTES} / ${count}, 4,
        printf('%08x', 536870912 + ((n * 2654435761) & 536870911)), 'portal', '', 'US', 1 + n % 7, 0
      from numbers`.execute(trx);
  });
  await opened.database.close();
}

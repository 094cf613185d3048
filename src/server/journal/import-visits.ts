// Takes in visits that another server has logged: set aside first, then all of them or none.

import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { JournalVisitImportTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import { createBulkUpsert } from "./bulk-upsert.ts";
import type { BulkUpsert } from "./bulk-upsert.ts";

export type ImportedVisit = JournalVisitImportTable;

export type ImportedVisits = {
  readonly requests: number;
  /** Of them not known before. */
  readonly added: number;
  readonly addresses: number;
  /** Since 1970 UTC; null where there is none. */
  readonly firstMinute: number | null;
  readonly lastMinute: number | null;
};

const KEY = ["import_id", "minute", "family", "address_start", "surface", "account"] as const;

/** Rows of the same minute, visitor and place are added up. */
export function createVisitStaging(): BulkUpsert<ImportedVisit> {
  return createBulkUpsert<ImportedVisit>([...KEY, "country", "requests"], (trx, rows) =>
    trx
      .insertInto("journal_visit_import")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns([...KEY]).doUpdateSet((eb) => ({
          requests: eb("journal_visit_import.requests", "+", eb.ref("excluded.requests")),
        })),
      )
      .compile(),
  );
}

/**
 * Makes what was staged part of the record. INVARIANT: a minute of a visitor on a surface is what
 * this server counted itself, or else the highest count that any one import told: a file that is
 * imported again, alone or as the beginning of a longer one, adds nothing.
 */
export async function takeStagedVisits(
  trx: Transaction<Schema>,
  importId: string,
): Promise<ImportedVisits> {
  const told = await describeStaged(trx, importId);
  await sql`
    insert into journal_visit
      (minute, family, address_start, surface, account, country, requests, refused, imported)
    select minute, family, address_start, surface, account, country, requests, 0, 1
    from journal_visit_import where import_id = ${importId}
    on conflict (minute, family, address_start, surface, account)
    do update set requests = excluded.requests, country = excluded.country
    where journal_visit.imported = 1 and excluded.requests > journal_visit.requests`.execute(trx);
  return told;
}

async function describeStaged(trx: Transaction<Schema>, importId: string): Promise<ImportedVisits> {
  // PostgreSQL adds up whole numbers to a numeric, which drivers hand over as text.
  const query = sql<ImportedVisits>`
    select
      cast(coalesce(sum(staged.requests), 0) as bigint) as "requests",
      cast(coalesce(sum(case
        when known.minute is null then staged.requests
        when known.imported = 1 and staged.requests > known.requests
          then staged.requests - known.requests
        else 0 end), 0) as bigint) as "added",
      min(staged.minute) as "firstMinute",
      max(staged.minute) as "lastMinute",
      (select count(*) from (
        select distinct family, address_start from journal_visit_import
        where import_id = ${importId}) as visitors) as "addresses"
    from journal_visit_import staged
    left join journal_visit known
      on known.minute = staged.minute and known.family = staged.family
      and known.address_start = staged.address_start
      and known.surface = staged.surface and known.account = staged.account
    where staged.import_id = ${importId}`;
  const { rows } = await query.execute(trx);
  return rows[0]!;
}

export async function dropStagedVisits(trx: Transaction<Schema>, importId: string): Promise<void> {
  await trx.deleteFrom("journal_visit_import").where("import_id", "=", importId).execute();
}

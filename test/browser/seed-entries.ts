// Fills address lists: with a million entries before a portal starts, or with a few that tell.

import { sql } from "kysely";
import { migrate } from "../../src/platform/database/migrate.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { STORE_FILE } from "../../src/server/open-store.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

export const MILLION = 1_000_000;
/** 11.0.0.0; every third address from there is denied. */
const FIRST = 0x0b000000;

/** Of the platform's list, in the order of addresses. @param number from 0 */
export function addressOfEntry(number: number): string {
  const word = FIRST + number * 3;
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join(".");
}

/** Straight into the table, in one statement; the API would take a minute for it. */
export async function writeMillionEntries(dataDirectory: string): Promise<void> {
  const opened = await openDatabase<Schema>({
    dataDirectory,
    databaseUrl: null,
    fileName: STORE_FILE,
    onLost: (error) => {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  const { database } = opened;
  try {
    const migrated = await migrate(database, MIGRATIONS, { nowMs: Date.now() });
    if (!migrated.ok) throw new Error(migrated.message);
    await database.transaction((trx) =>
      sql`
        insert into network_entry
          (owner, action, family, range_start, range_end, note, author, created_at, expires_at)
        with recursive numbers(number) as (
          select 0 union all select number + 1 from numbers where number + 1 < ${MILLION})
        select 'platform', 'deny', 4, printf('%08x', ${FIRST} + number * 3),
          printf('%08x', ${FIRST} + number * 3), 'list entry ' || number, 'nightly import',
          1700000000000 + number, null
        from numbers`.execute(trx),
    );
  } finally {
    await database.close();
  }
}

const HOUR_MS = 3_600_000;
const NOTES = ["scanner", "password guessing on 12 March", "open proxy", "reported by the PBX", ""];

/** Entries of every kind, and bans of two causes, as a platform has them after some weeks. */
export async function seedAddressLists(portal: BrowserPortal): Promise<void> {
  const at = (hours: number): string => new Date(portal.nowMs() + hours * HOUR_MS).toISOString();
  const entries = [
    { range: "81.2.69.0/24", action: "allow", note: "London office" },
    { range: "2001:db8:77::/48", action: "allow", note: "Sydney office, IPv6" },
    { range: "198.51.100.20-198.51.100.90", action: "deny", note: "scanner", expiresAt: at(72) },
    { range: "2001:db8:beef:1200:3400:5600:7800:9a00-2001:db8:beef:1200:3400:5600:7800:9aff" },
    ...Array.from({ length: 60 }, (_, index) => ({
      range: `203.0.113.${index * 4}`,
      note: NOTES[index % NOTES.length] ?? "",
    })),
  ];
  const { total } = await portal.must("GET", "/api/v1/entries?limit=1");
  if (total > 0) return;
  for (const entry of entries) {
    await portal.must("POST", "/api/v1/entries", { action: "deny", ...entry });
  }
  await banByReports(portal, ["192.0.2.14", "192.0.2.77", "2001:db8:5::9"]);
}

/** More wrong passwords than are accepted, as another system reports them. */
export async function banByReports(
  portal: Pick<BrowserPortal, "must">,
  addresses: readonly string[],
): Promise<void> {
  for (const address of addresses) {
    const { banned } = await portal.must("POST", "/api/v1/reports", {
      address,
      count: 11,
      source: "pbx",
    });
    if (banned.length === 0) throw new Error(`${address} was not banned`);
  }
}

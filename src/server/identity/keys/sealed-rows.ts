// Every secret of the store that is sealed with a master key, and how each is sealed anew.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { webhookSecretRow } from "../../journal/index.ts";
import { providerSecretRow } from "../providers/provider-store.ts";
import { appSecretRow } from "../second-factor/factor-store.ts";
import { setupSecretRow } from "../two-factor/factor-setup-store.ts";

/** A new table with sealed secrets is a row here. `idColumn`: what a row of it is known by. */
const SEALED_TABLES = [
  { name: "identity_factor", idColumn: "user_id", rowOf: appSecretRow },
  { name: "identity_factor_setup", idColumn: "user_id", rowOf: setupSecretRow },
  { name: "identity_provider", idColumn: "id", rowOf: providerSecretRow },
  { name: "journal_webhook", idColumn: "id", rowOf: webhookSecretRow },
] as const;

export type SealedTable = (typeof SEALED_TABLES)[number];
export const SEALED_TABLE_LIST: readonly SealedTable[] = SEALED_TABLES;

const KEY_ID = /^[0-9a-f]{16}$/;
/** Where the id stands in `v1.<key id>.…`. */
const keyIdColumn = sql`substr(sealed_secret, 4, 16)`;

/** How many secrets each key seals. What is no sealed text names no key and is left out. */
export async function countSealed(db: ReadDatabase<Schema>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of SEALED_TABLES) {
    const { rows } = await sql<{ readonly id: string; readonly count: number | string }>`
      select ${keyIdColumn} as id, count(*) as count from ${sql.table(name)}
      where sealed_secret like 'v1.%' group by ${keyIdColumn}`.execute(db);
    for (const { id, count } of rows) {
      if (KEY_ID.test(id)) counts.set(id, (counts.get(id) ?? 0) + Number(count));
    }
  }
  return counts;
}

/** Secrets that none of these keys opens. */
export async function countWithoutKey(parts: {
  readonly database: { readonly kysely: ReadDatabase<Schema> };
  readonly masterKeys: { readonly ring: Pick<KeyRing, "keyIds"> };
}): Promise<number> {
  const held = new Set(parts.masterKeys.ring.keyIds());
  const counts = await countSealed(parts.database.kysely);
  return [...counts].reduce((sum, [id, count]) => (held.has(id) ? sum : sum + count), 0);
}

type SealedSecret = { readonly rowId: string; readonly sealed: string };

/** Those of another key than `keyId`, in the order of their rows' ids, after `afterRowId`. */
export async function listSealedByOthers(
  db: ReadDatabase<Schema>,
  wanted: {
    readonly table: SealedTable;
    readonly keyId: string;
    readonly afterRowId: string;
    readonly limit: number;
  },
): Promise<readonly SealedSecret[]> {
  const id = sql.ref(wanted.table.idColumn);
  const { rows } = await sql<{ readonly row_id: string; readonly sealed_secret: string }>`
    select ${id} as row_id, sealed_secret from ${sql.table(wanted.table.name)}
    where sealed_secret is not null and ${keyIdColumn} <> ${wanted.keyId}
      and ${id} > ${wanted.afterRowId}
    order by ${id} limit ${wanted.limit}`.execute(db);
  return rows.map((row) => ({ rowId: row.row_id, sealed: row.sealed_secret }));
}

/**
 * INVARIANT: a secret that was changed since it was read stays as it is now.
 * @returns `unopened`: no key of the ring opens it, or it is another row's
 */
export async function resealSecret(
  trx: Transaction<Schema>,
  ring: Pick<KeyRing, "open" | "seal">,
  { table, rowId, sealed }: SealedSecret & { readonly table: SealedTable },
): Promise<"resealed" | "changed-since" | "unopened"> {
  const row = table.rowOf(rowId);
  const opened = ring.open(sealed, row);
  if (!opened.ok) return "unopened";
  const { numAffectedRows } = await sql`
    update ${sql.table(table.name)} set sealed_secret = ${ring.seal(opened.plain, row)}
    where ${sql.ref(table.idColumn)} = ${rowId} and sealed_secret = ${sealed}`.execute(trx);
  return Number(numAffectedRows ?? 0) === 1 ? "resealed" : "changed-since";
}

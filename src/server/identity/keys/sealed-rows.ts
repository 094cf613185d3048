// Every secret of the store that is sealed with a master key, and how each is sealed anew.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { appSecretRow } from "../second-factor/factor-store.ts";
import { setupSecretRow } from "../two-factor/factor-setup-store.ts";

/** A new table with sealed secrets is a row here. */
const SEALED_TABLES = [
  { name: "identity_factor", rowOf: appSecretRow },
  { name: "identity_factor_setup", rowOf: setupSecretRow },
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

type SealedSecret = { readonly userId: string; readonly sealed: string };

/** Those of another key than `keyId`, in the order of the users, after `afterUserId`. */
export async function listSealedByOthers(
  db: ReadDatabase<Schema>,
  wanted: {
    readonly table: SealedTable;
    readonly keyId: string;
    readonly afterUserId: string;
    readonly limit: number;
  },
): Promise<readonly SealedSecret[]> {
  const { rows } = await sql<{ readonly user_id: string; readonly sealed_secret: string }>`
    select user_id, sealed_secret from ${sql.table(wanted.table.name)}
    where sealed_secret is not null and ${keyIdColumn} <> ${wanted.keyId}
      and user_id > ${wanted.afterUserId}
    order by user_id limit ${wanted.limit}`.execute(db);
  return rows.map((row) => ({ userId: row.user_id, sealed: row.sealed_secret }));
}

/**
 * INVARIANT: a secret that was changed since it was read stays as it is now.
 * @returns `unopened`: no key of the ring opens it, or it is another row's
 */
export async function resealSecret(
  trx: Transaction<Schema>,
  ring: Pick<KeyRing, "open" | "seal">,
  { table, userId, sealed }: SealedSecret & { readonly table: SealedTable },
): Promise<"resealed" | "changed-since" | "unopened"> {
  const row = table.rowOf(userId);
  const opened = ring.open(sealed, row);
  if (!opened.ok) return "unopened";
  const { numAffectedRows } = await sql`
    update ${sql.table(table.name)} set sealed_secret = ${ring.seal(opened.plain, row)}
    where user_id = ${userId} and sealed_secret = ${sealed}`.execute(trx);
  return Number(numAffectedRows ?? 0) === 1 ? "resealed" : "changed-since";
}

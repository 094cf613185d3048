// Gives the secrets of the store a new key, in steps of which each may be the last (row 100).
import type { MasterKeys } from "../../../platform/crypto/open-key-ring.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { keyProblem } from "./key-problem.ts";
import { forgetKeys, listStoredKeys, lockKeys, registerKey } from "./key-store.ts";
import { countSealed, listSealedByOthers, resealSecret, SEALED_TABLE_LIST } from "./sealed-rows.ts";
import type { SealedTable } from "./sealed-rows.ts";

export type KeyParts = Pick<IdentityParts, "database" | "clock" | "recordEvent"> & {
  readonly masterKeys: MasterKeys;
};

export type Rotation = {
  readonly isKeyNew: boolean;
  readonly resealed: number;
  readonly unopened: number;
};

/** So many in a transaction: sign-ins wait for one at the most. */
const BATCH = 50;
/**
 * A secret that was sealed just before the rotation may be stored after it, and codes that were
 * mailed with the old key are good for ten minutes: so long a retired key stays in the file.
 */
export const RETIRED_KEPT_MS = 900_000;

/**
 * With a key file: a new key first, on disk, unless an earlier rotation has not ended; then every
 * secret that another key seals is sealed anew; then keys that nothing needs are dropped. With
 * MASTER_KEY only the second. Killed at any point, every secret is sealed with a key that there is.
 */
export async function rotateKeys(parts: KeyParts, actor: string | null): Promise<Rotation> {
  const { database, clock, masterKeys } = parts;
  const isKeyNew = masterKeys.source === "file" && !masterKeys.isRotating();
  if (isKeyNew) await addKey(parts);
  const outcome = await resealAll(parts);
  const unheld = await listUnheldKeys(parts);
  await database.transaction(async (trx) => {
    await forgetKeys(trx, unheld);
    await parts.recordEvent(trx, {
      kind: "key-rotated",
      atMs: clock.nowMs(),
      userId: null,
      actor,
      detail: { keyId: masterKeys.ring.activeKeyId(), isKeyNew, ...outcome },
    });
  });
  // Last: of a rotation that ends before this, the next run says once more that it was made.
  await dropKeys(parts);
  return { isKeyNew, ...outcome };
}

async function addKey({ database, clock, masterKeys }: KeyParts): Promise<void> {
  await database.transaction(async (trx) => {
    await lockKeys(trx);
    const nowMs = clock.nowMs();
    const change = masterKeys.addKey(nowMs);
    if (!change.ok) throw keyProblem("key-file-unusable", { detail: change.message });
    await registerKey(trx, { id: masterKeys.ring.activeKeyId(), createdAtMs: nowMs });
  });
}

/** Also those of MASTER_KEY_PREVIOUS. May be run at any time, by several nodes at once. */
export async function resealAll(
  parts: Pick<KeyParts, "database" | "masterKeys">,
): Promise<Pick<Rotation, "resealed" | "unopened">> {
  let resealed = 0;
  let unopened = 0;
  for (const table of SEALED_TABLE_LIST) {
    let afterRowId: string | null = "";
    while (afterRowId !== null) {
      const batch = await resealBatch(parts, table, afterRowId);
      resealed += batch.resealed;
      unopened += batch.unopened;
      afterRowId = batch.lastRowId;
    }
  }
  return { resealed, unopened };
}

async function resealBatch(
  { database, masterKeys: { ring } }: Pick<KeyParts, "database" | "masterKeys">,
  table: SealedTable,
  afterRowId: string,
): Promise<{ resealed: number; unopened: number; lastRowId: string | null }> {
  const wanted = { table, keyId: ring.activeKeyId(), afterRowId, limit: BATCH };
  const secrets = await listSealedByOthers(database.kysely, wanted);
  const counts = { resealed: 0, unopened: 0, lastRowId: secrets.at(-1)?.rowId ?? null };
  if (secrets.length === 0) return counts;
  await database.transaction(async (trx) => {
    for (const secret of secrets) {
      const outcome = await resealSecret(trx, ring, { table, ...secret });
      if (outcome === "resealed") counts.resealed += 1;
      if (outcome === "unopened") counts.unopened += 1;
    }
  });
  return counts;
}

/**
 * Keys that other nodes or times have used and no secret names. Only a rotation forgets them: else
 * a node with a key of its own would hide from the others' check at start.
 */
async function listUnheldKeys({ database, masterKeys }: KeyParts): Promise<readonly string[]> {
  const held = new Set(masterKeys.list().map(({ id }) => id));
  const needed = await countSealed(database.kysely);
  const stored = await listStoredKeys(database.kysely);
  return stored.map(({ id }) => id).filter((id) => !held.has(id) && !needed.has(id));
}

/** INVARIANT: a key that a secret of the store names stays, even if it does not open it. */
export async function dropKeys({ database, clock, masterKeys }: KeyParts): Promise<void> {
  if (masterKeys.source !== "file") return;
  const needed = await countSealed(database.kysely);
  const nowMs = clock.nowMs();
  const dropped = masterKeys
    .list()
    .filter(({ isActive, source }) => !isActive && source === "file")
    .filter(({ retiredAtMs }) => retiredAtMs !== null && nowMs - retiredAtMs >= RETIRED_KEPT_MS)
    .map(({ id }) => id)
    .filter((id) => !needed.has(id));
  if (dropped.length > 0 || masterKeys.isRotating()) {
    const change = masterKeys.settle(dropped);
    if (!change.ok) throw keyProblem("key-file-unusable", { detail: change.message });
  }
  await database.transaction((trx) => forgetKeys(trx, dropped));
}

// Puts sealed secrets of many users into a store, and says what each row opens to.
import type { KeyRing } from "../../src/platform/crypto/key-ring.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { appSecretRow } from "../../src/server/identity/second-factor/factor-store.ts";
import { setupSecretRow } from "../../src/server/identity/two-factor/factor-setup-store.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

/** Ids of users, in their order. */
export function userIdAt(index: number): string {
  return String(index)
    .padStart(20, "a")
    .replaceAll(/[0189]/g, (digit) => "mnop"["0189".indexOf(digit)]!);
}

/** An app and a set-up for each of `count` users; the secrets are `app <id>` and `setup <id>`. */
export async function fillSecrets(
  database: Database<Schema>,
  ring: Pick<KeyRing, "seal">,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => userIdAt(index));
  const factors = ids.map((id) => ({
    user_id: id,
    method: "app",
    sealed_secret: sealApp(ring, id),
    last_step: 7,
    set_up_at: 1,
  }));
  const setups = ids.map((id) => ({
    user_id: id,
    session_id: "s",
    sealed_secret: ring.seal(bytes(`setup ${id}`), setupSecretRow(id)),
    wrong_codes: 0,
    created_at: 1,
  }));
  await database.transaction(async (trx) => {
    await trx.insertInto("identity_factor").values(factors).execute();
    await trx.insertInto("identity_factor_setup").values(setups).execute();
  });
}

export function sealApp(ring: Pick<KeyRing, "seal">, userId: string): string {
  return ring.seal(bytes(`app ${userId}`), appSecretRow(userId));
}

/** How many secrets open to what they were, by the key that seals them; `lost`: all others. */
export async function countSecrets(
  database: Database<Schema>,
  ring: Pick<KeyRing, "open" | "keyIdOf">,
): Promise<{ readonly byKey: Readonly<Record<string, number>>; readonly lost: number }> {
  const { kysely } = database;
  const factors = await kysely.selectFrom("identity_factor").selectAll().execute();
  const setups = await kysely.selectFrom("identity_factor_setup").selectAll().execute();
  const byKey: Record<string, number> = {};
  let lost = 0;

  function look(sealed: string, row: string, wanted: string): void {
    const opened = ring.open(sealed, row);
    const keyId = ring.keyIdOf(sealed) ?? "";
    if (opened.ok && text(opened.plain) === wanted) byKey[keyId] = (byKey[keyId] ?? 0) + 1;
    else lost += 1;
  }

  for (const { user_id: id, sealed_secret: sealed } of factors) {
    look(sealed ?? "", appSecretRow(id), `app ${id}`);
  }
  for (const { user_id: id, sealed_secret: sealed } of setups) {
    look(sealed, setupSecretRow(id), `setup ${id}`);
  }
  return { byKey, lost };
}

function bytes(plain: string): Uint8Array {
  return Buffer.from(plain, "utf8");
}

function text(plain: Uint8Array): string {
  return Buffer.from(plain).toString("utf8");
}

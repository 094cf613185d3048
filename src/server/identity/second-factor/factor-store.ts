// Keeps which second factors are on, and the sealed secret of the authenticator app.
import type { Transaction } from "kysely";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredFactors = {
  readonly app: {
    readonly sealedSecret: string;
    /** The time step of the last code that was used. */
    readonly lastStep: number;
    readonly setUpAtMs: number;
  } | null;
  readonly email: { readonly setUpAtMs: number } | null;
  readonly passkeys: number;
  readonly backupCodesLeft: number;
};

export type NewFactor = {
  readonly userId: string;
  readonly setUpAtMs: number;
} & (
  | { readonly method: "app"; readonly sealedSecret: string; readonly lastStep: number }
  | { readonly method: "email" }
);

/** What the key ring seals an app's secret for: it opens in this user's row only (row 100). */
export function appSecretRow(userId: string): string {
  return `identity_factor/app/${userId}`;
}

/** Nothing is on for a user there is not. */
export async function readFactors(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<StoredFactors> {
  const own = await readCodeFactors(db, userId);
  const passkeys = await db
    .selectFrom("identity_passkey")
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  const backupCodes = await db
    .selectFrom("identity_backup_code")
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return {
    ...own,
    passkeys: Number(passkeys.count),
    backupCodesLeft: Number(backupCodes.count),
  };
}

/** Those whose codes are compared while the user's row is held. */
export async function readCodeFactors(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<Pick<StoredFactors, "app" | "email">> {
  const rows = await db
    .selectFrom("identity_factor")
    .selectAll()
    .where("user_id", "=", userId)
    .execute();
  const app = rows.find(({ method }) => method === "app");
  const email = rows.find(({ method }) => method === "email");
  return {
    app:
      app === undefined
        ? null
        : {
            // Without one the row is damaged: what cannot be opened lets nobody in.
            sealedSecret: app.sealed_secret ?? "",
            lastStep: app.last_step,
            setUpAtMs: app.set_up_at,
          },
    email: email === undefined ? null : { setUpAtMs: email.set_up_at },
  };
}

/** Backup codes are none: they only stand in for one of these. */
export function methodsOf(
  factors: Pick<StoredFactors, "app" | "email" | "passkeys">,
): FactorMethod[] {
  return [
    ...(factors.app === null ? [] : ["app" as const]),
    ...(factors.email === null ? [] : ["email" as const]),
    ...(factors.passkeys === 0 ? [] : ["passkey" as const]),
  ];
}

/** In the place of the one that there was. */
export async function putFactor(trx: Transaction<Schema>, factor: NewFactor): Promise<void> {
  const value = {
    sealed_secret: factor.method === "app" ? factor.sealedSecret : null,
    last_step: factor.method === "app" ? factor.lastStep : 0,
    set_up_at: factor.setUpAtMs,
  };
  await trx
    .insertInto("identity_factor")
    .values({ user_id: factor.userId, method: factor.method, ...value })
    .onConflict((conflict) => conflict.columns(["user_id", "method"]).doUpdateSet(value))
    .execute();
}

/** False when it was off. */
export async function deleteFactor(
  trx: Transaction<Schema>,
  userId: string,
  method: "app" | "email",
): Promise<boolean> {
  const result = await trx
    .deleteFrom("identity_factor")
    .where("user_id", "=", userId)
    .where("method", "=", method)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Authenticator app and e-mail codes; passkeys and backup codes have stores of their own. */
export async function deleteFactorsOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_factor").where("user_id", "=", userId).execute();
}

/**
 * INVARIANT: of any number of calls with one step, on any number of nodes, one is true, and none
 * with an older step after it (RFC 6238, 5.2): the update is conditional and its row decides.
 */
export async function takeAppStep(
  trx: Transaction<Schema>,
  userId: string,
  step: number,
): Promise<boolean> {
  const result = await trx
    .updateTable("identity_factor")
    .set({ last_step: step })
    .where("user_id", "=", userId)
    .where("method", "=", "app")
    .where("last_step", "<", step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

// Deletes everything that is kept of a user's second factors, for a user who is deleted.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { deletePasskeysOf } from "../passkeys/passkey-store.ts";
import { deleteFactorsOf } from "../second-factor/factor-store.ts";
import { distrustBrowsersOf } from "../second-factor/trusted-browser-store.ts";
import { deleteBackupCodesOf } from "./backup-code-store.ts";
import { deleteFactorSetup } from "./factor-setup-store.ts";

/** INVARIANT: afterwards no row of second factors names the user. */
export async function deleteTwoFactorOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await deleteFactorSetup(trx, userId);
  await deleteFactorsOf(trx, userId);
  await deletePasskeysOf(trx, userId);
  await deleteBackupCodesOf(trx, userId);
  await distrustBrowsersOf(trx, userId);
}

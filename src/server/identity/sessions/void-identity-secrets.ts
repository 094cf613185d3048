// Ends everything that proves who somebody is without a password: for a restored store.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { recordUserChange } from "./user-changes.ts";

/**
 * Sessions, half sign-ins, links, known browsers, the setup link, and mails and requests that were
 * under way: what was good when the backup was made may have been revoked since (ASVS 7.4.5).
 */
export async function voidIdentitySecrets(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx.deleteFrom("identity_session").execute();
  await trx.deleteFrom("identity_browser").execute();
  await trx.deleteFrom("identity_reset").execute();
  await trx.deleteFrom("identity_reset_request").execute();
  await trx
    .deleteFrom("identity_mail")
    .where("sent_at", "is", null)
    .where("failed_at", "is", null)
    .execute();
  // A setup that was completed stays so; of one that was not, the next start prints a new link.
  await trx
    .updateTable("identity_setup")
    .set({ token_hash: null })
    .where("completed_at", "is", null)
    .execute();
  await recordUserChange(trx, null, nowMs);
}

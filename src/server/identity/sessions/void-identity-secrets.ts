// Ends everything that proves who somebody is without a password: for a restored store.
import type { Transaction } from "kysely";
import { TIME_STEPS_EITHER_WAY, timeStepAt } from "../../../core/identity/time-step.ts";
import type { Schema } from "../../migrations/schema.ts";
import { recordUserChange } from "./user-changes.ts";

/**
 * Sessions, half sign-ins, binds, links, mailed codes, known and trusted browsers, the setup link,
 * and mails and requests that were under way: what was good when the backup was made may have been
 * revoked since (ASVS 7.4.5). Backup codes go too, as a used one would be good again.
 */
export async function voidIdentitySecrets(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx.deleteFrom("identity_session").execute();
  await trx.deleteFrom("identity_browser").execute();
  await trx.deleteFrom("identity_reset").execute();
  await trx.deleteFrom("identity_reset_request").execute();
  await trx.deleteFrom("identity_bind").execute();
  await voidSecondFactors(trx, nowMs);
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

/** What is on stays on, and asks for a code that nobody has seen yet. */
async function voidSecondFactors(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx.deleteFrom("identity_email_code").execute();
  await trx.deleteFrom("identity_factor_setup").execute();
  await trx.deleteFrom("identity_trusted_browser").execute();
  await trx.deleteFrom("identity_backup_code").execute();
  await trx.deleteFrom("identity_backup_set").execute();
  // Of the codes that are accepted at this moment, any may have been used after the backup.
  const lastStep = timeStepAt(nowMs) + TIME_STEPS_EITHER_WAY;
  await trx
    .updateTable("identity_factor")
    .set({ last_step: lastStep })
    .where("method", "=", "app")
    .where("last_step", "<", lastStep)
    .execute();
}

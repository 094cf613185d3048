// Ends all that a password may have opened, when it is changed or removed.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { dropEmailCodesOf } from "../email-codes/email-code-store.ts";
import { dropLinksOf } from "../links/link-store.ts";
import { distrustBrowsersOf } from "../second-factor/trusted-browser-store.ts";
import { forgetBrowsersOf } from "../sessions/browser-store.ts";
import { endSessionsOf } from "../sessions/end-sessions.ts";
import { recordUserChange } from "../sessions/user-changes.ts";

/**
 * Sessions, half sign-ins, known and trusted browsers, links and mailed codes (SPEC 3.2, ASVS
 * 7.4.3). After the commit comes `followUserChanges`.
 */
export async function endWhatCameBefore(
  trx: Transaction<Schema>,
  userId: string,
  { keptSessionId, nowMs }: { readonly keptSessionId: string | null; readonly nowMs: number },
): Promise<void> {
  await dropLinksOf(trx, userId);
  await dropEmailCodesOf(trx, userId);
  await endSessionsOf(trx, userId, { exceptId: keptSessionId, nowMs });
  await forgetBrowsersOf(trx, userId, nowMs);
  await distrustBrowsersOf(trx, userId);
  await recordUserChange(trx, userId, nowMs);
}

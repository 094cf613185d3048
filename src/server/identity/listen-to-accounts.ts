// What this domain does, in the same transaction, when users and accounts come, change and go.
import type { Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Schema } from "../migrations/schema.ts";
import { deleteEmailCodesOf, dropEmailCodesOf } from "./email-codes/email-code-store.ts";
import { dropLinksOf } from "./links/link-store.ts";
import { deleteMailsOf, queueMail } from "./mail/queue-mail.ts";
import type { Mails } from "./mail/create-mails.ts";
import { deleteIdentityPolicies } from "./policies/identity-policy-store.ts";
import { deleteProvidersOf } from "./providers/delete-provider.ts";
import { distrustBrowsersOf } from "./second-factor/trusted-browser-store.ts";
import type { Sessions } from "./sessions/create-sessions.ts";
import { endHalfSignInsOf, endSessionsOf } from "./sessions/end-sessions.ts";
import { forgetBrowsersOf } from "./sessions/browser-store.ts";
import { recordUserChange } from "./sessions/user-changes.ts";
import type { Credentials } from "./sign-in/create-credentials.ts";
import { restartDormancy } from "./sign-in/sign-in-store.ts";
import type { Identity } from "./create-identity.ts";
import type { IdentityParts } from "./identity-parts.ts";

/** Mailed links and codes, whole and half sessions. Browsers stay known: they let nobody in. */
async function endAccess(trx: Transaction<Schema>, userId: string, nowMs: number): Promise<void> {
  await dropLinksOf(trx, userId);
  await dropEmailCodesOf(trx, userId);
  await distrustBrowsersOf(trx, userId);
  await endSessionsOf(trx, userId, { nowMs });
}

/** INVARIANT: after a deletion no row of this domain names the user or the account. */
export function listenToAccounts(parts: {
  readonly clock: Clock;
  readonly recordEvent: IdentityParts["recordEvent"];
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly mails: Mails;
}): Identity["listeners"] {
  const { clock, credentials, sessions, mails } = parts;
  return {
    readSignInStates: credentials.readSignInStates,
    readUserFactors: credentials.readUserFactors,
    inviteUser: credentials.inviteUser,
    onUserChanged: async (trx, userId) => {
      await credentials.onUserChanged(trx, userId);
      await recordUserChange(trx, userId, clock.nowMs());
    },
    onUserDisabled: (trx, userId) => endAccess(trx, userId, clock.nowMs()),
    onUserEnabled: async (trx, userId) => {
      const nowMs = clock.nowMs();
      // Once more: a sign-in that was under way may have been committed after the disabling.
      await endAccess(trx, userId, nowMs);
      await restartDormancy(trx, userId, nowMs);
    },
    onEmailChanged: async (trx, { before, after, changedBy }) => {
      const nowMs = clock.nowMs();
      await dropLinksOf(trx, after.id);
      await dropEmailCodesOf(trx, after.id);
      await distrustBrowsersOf(trx, after.id);
      await endHalfSignInsOf(trx, after.id, { nowMs });
      const data = { changedAtMs: nowMs, changedBy };
      const to = { userId: after.id, to: before.email, nowMs };
      await queueMail(trx, { ...to, kind: "email-changed", data });
    },
    onUserDeleted: async (trx, userId) => {
      const nowMs = clock.nowMs();
      // First: whoever sets a password in the same moment holds this row before any other.
      await credentials.onUserDeleted(trx, userId);
      await dropLinksOf(trx, userId);
      await deleteEmailCodesOf(trx, userId);
      await deleteMailsOf(trx, userId);
      await endSessionsOf(trx, userId, { nowMs });
      await forgetBrowsersOf(trx, userId, nowMs);
      await recordUserChange(trx, userId, nowMs);
    },
    onAccountDeleted: async (trx, accountId, actor) => {
      const nowMs = clock.nowMs();
      await deleteIdentityPolicies(trx, accountId);
      const by = { actor, changedBy: null, nowMs };
      await deleteProvidersOf(trx, parts, { accountId, by });
      await recordUserChange(trx, null, nowMs);
    },
    followUserChanges: async () => {
      await sessions.followUserChanges();
      mails.wake();
    },
  };
}

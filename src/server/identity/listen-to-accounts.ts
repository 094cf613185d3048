// What this domain does, in the same transaction, when users and accounts come, change and go.
import type { Clock } from "../../platform/clock.ts";
import { dropLinksOf } from "./links/link-store.ts";
import { deleteMailsOf } from "./mail/queue-mail.ts";
import type { Mails } from "./mail/create-mails.ts";
import { deleteIdentityPolicies } from "./policies/identity-policy-store.ts";
import type { Sessions } from "./sessions/create-sessions.ts";
import { endSessionsOf } from "./sessions/end-sessions.ts";
import { forgetBrowsersOf } from "./sessions/browser-store.ts";
import { recordUserChange } from "./sessions/user-changes.ts";
import type { Credentials } from "./sign-in/create-credentials.ts";
import { restartDormancy } from "./sign-in/sign-in-store.ts";
import type { Identity } from "./create-identity.ts";

/** INVARIANT: after a deletion no row of this domain names the user or the account. */
export function listenToAccounts(parts: {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly mails: Mails;
}): Identity["listeners"] {
  const { clock, credentials, sessions, mails } = parts;
  return {
    readSignInStates: credentials.readSignInStates,
    inviteUser: credentials.inviteUser,
    onUserChanged: async (trx, userId) => {
      await credentials.onUserChanged(trx, userId);
      await recordUserChange(trx, userId, clock.nowMs());
    },
    onUserEnabled: (trx, userId) => restartDormancy(trx, userId, clock.nowMs()),
    onEmailChanged: (trx, { after }) => dropLinksOf(trx, after.id),
    onUserDeleted: async (trx, userId) => {
      const nowMs = clock.nowMs();
      // First: whoever sets a password in the same moment holds this row before any other.
      await credentials.onUserDeleted(trx, userId);
      await dropLinksOf(trx, userId);
      await deleteMailsOf(trx, userId);
      await endSessionsOf(trx, userId, { nowMs });
      await forgetBrowsersOf(trx, userId, nowMs);
      await recordUserChange(trx, userId, nowMs);
    },
    onAccountDeleted: async (trx, accountId) => {
      await deleteIdentityPolicies(trx, accountId);
      await recordUserChange(trx, null, clock.nowMs());
    },
    followUserChanges: async () => {
      await sessions.followUserChanges();
      mails.wake();
    },
  };
}

// Makes the accounts domain, and lets the later domains take part in its changes.
import { createAccounts } from "./accounts/index.ts";
import type { Accounts, AccountsListeners } from "./accounts/index.ts";
import { countIdentityPolicies } from "./identity/index.ts";
import type { Identity } from "./identity/index.ts";
import {
  countRulesOfAccount,
  forgetAccount,
  recordChanges,
  waitUntilStored,
} from "./network/index.ts";
import type { Network } from "./network/index.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import type { Recordings } from "./recordings/index.ts";

export type LaterDomains = {
  readonly network: () => Network;
  readonly identity: () => Identity;
  readonly recordings: () => Recordings;
};

export function openAccounts(base: Base, { http, clients }: Http, later: LaterDomains): Accounts {
  const { database, clock, journal, onError } = base;
  const followNetwork = (): Promise<void> => later.network().follower.follow();
  return createAccounts({
    ...listenersOf(base, later),
    database,
    clock,
    recordEvent: async (trx, event) => {
      await journal.recordEvent(trx, event);
      // An account is a layer of policy: every node has to hear of it.
      if (event.kind !== "account-created") return;
      await recordChanges(trx, [{ kind: "accounts" }], event.atMs);
    },
    onAccountAdded: followNetwork,
    followAccountDeletion: async () => {
      later.recordings().listeners.followAccountDeletion();
      await followNetwork();
    },
    isFromControlSocket: http.isFromControlSocket,
    readSession: (request, how) => later.identity().sessions.readSession(request, how),
    onWrongToken: async ({ request, fingerprint: attempt }) => {
      const client = clients.read(request);
      if (!client.ok) return;
      const { address } = client;
      const offence = { address, kind: "api-token", attempt, surface: "api" } as const;
      await waitUntilStored(later.network().reportOffence(offence).stored);
    },
    onError: (error) => onError(error, "writing last uses of tokens"),
  });
}

function listenersOf(
  { clock }: Base,
  later: LaterDomains,
): Omit<AccountsListeners, "followAccountDeletion"> {
  const identity = (): Identity["listeners"] => later.identity().listeners;
  const recordings = (): Recordings["listeners"] => later.recordings().listeners;
  return {
    readSignInStates: (userIds) => identity().readSignInStates(userIds),
    readUserFactors: (userIds) => identity().readUserFactors(userIds),
    inviteUser: (trx, user, invitedBy) => identity().inviteUser(trx, user, invitedBy),
    onUserChanged: (trx, userId) => identity().onUserChanged(trx, userId),
    onUserDisabled: (trx, userId) => identity().onUserDisabled(trx, userId),
    onUserEnabled: (trx, userId) => identity().onUserEnabled(trx, userId),
    onEmailChanged: (trx, change) => identity().onEmailChanged(trx, change),
    onUserDeleted: (trx, userId) => identity().onUserDeleted(trx, userId),
    followUserChanges: () => identity().followUserChanges(),
    countRecordingsOfNumber: (read, id) => recordings().countOfNumber(read, id),
    followNumberChange: async (id) => recordings().followNumberChange(id),
    countAccountRules: async (read, accountId) => {
      const { policies, entries } = await countRulesOfAccount(read, accountId);
      const kept = await recordings().countOfAccount(read, accountId);
      const own = await countIdentityPolicies(read, accountId);
      return {
        policies: policies + own + kept.policies,
        entries,
        recordings: kept.recordings,
      };
    },
    onAccountDeleted: async (trx, accountId, actor) => {
      await identity().onAccountDeleted(trx, accountId, actor);
      await recordings().onAccountDeleted(trx, accountId);
      await forgetAccount(trx, accountId, clock.nowMs());
    },
  };
}

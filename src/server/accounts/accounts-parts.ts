// What the parts of this domain are given, and what later domains hang into its transactions.
import type { Transaction } from "kysely";
import type { AccountContents } from "../../api/accounts-api.ts";
import type { UserFactorsAnswer } from "../../api/two-factor-api.ts";
import type { SignInStateAnswer } from "../../api/users-api.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database, ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { RecordAccountsEvent } from "./accounts-event.ts";
import type { StoredUser } from "./users/user-store.ts";

export type EmailChange = {
  readonly before: StoredUser;
  readonly after: StoredUser;
  /** The e-mail address of who did it; null: the host's shell. */
  readonly changedBy: string | null;
};

/** By default nobody listens. Those with `trx` belong to the change: if they fail, it fails. */
export type AccountsListeners = {
  /** How the sign-in of each user stands; a user left out has never had a password. */
  readonly readSignInStates: (
    userIds: readonly string[],
  ) => Promise<ReadonlyMap<string, SignInStateAnswer>>;
  /** Which second factors each user has on; a user left out has none. */
  readonly readUserFactors: (
    userIds: readonly string[],
  ) => Promise<ReadonlyMap<string, UserFactorsAnswer>>;
  /** Mails a link by which a new user chooses a password. `invitedBy`: an e-mail address. */
  readonly inviteUser: (
    trx: Transaction<Schema>,
    user: StoredUser,
    invitedBy: string | null,
  ) => Promise<void>;
  /** A user's rights, name or state changed; null: those of many users. */
  readonly onUserChanged: (trx: Transaction<Schema>, userId: string | null) => Promise<void>;
  /** Whatever lets the user in must end, or enabling would bring it back. */
  readonly onUserDisabled: (trx: Transaction<Schema>, userId: string) => Promise<void>;
  /** A user who was disabled may sign in again. */
  readonly onUserEnabled: (trx: Transaction<Schema>, userId: string) => Promise<void>;
  /** Links mailed to the address before must not work any more; whoever reads there is told. */
  readonly onEmailChanged: (trx: Transaction<Schema>, change: EmailChange) => Promise<void>;
  readonly onUserDeleted: (trx: Transaction<Schema>, userId: string) => Promise<void>;
  /** Resolves when whoever keeps numbers in memory knows what was committed of this one. */
  readonly followNumberChange: (numberId: string) => Promise<void>;
  /** Resolves when this node's sessions know what was committed. */
  readonly followUserChanges: () => Promise<void>;
  /** What other domains keep for an account, before it is deleted. */
  readonly countAccountRules: (
    read: ReadDatabase<Schema>,
    accountId: string,
  ) => Promise<Pick<AccountContents, "policies" | "entries" | "recordings">>;
  /** A number stays as long as there are any. */
  readonly countRecordingsOfNumber: (
    read: ReadDatabase<Schema>,
    numberId: string,
  ) => Promise<number>;
  /** `actor`: who did it, as it is recorded. */
  readonly onAccountDeleted: (
    trx: Transaction<Schema>,
    accountId: string,
    actor: string,
  ) => Promise<void>;
  /** Resolves when whoever keeps accounts in memory has forgotten the one that was deleted. */
  readonly followAccountDeletion: () => Promise<void>;
};

export type AccountsParts = AccountsListeners & {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly recordEvent: RecordAccountsEvent;
};

async function doNothing(): Promise<void> {
  // Nobody listens.
}

export const NO_LISTENERS: AccountsListeners = {
  readSignInStates: () => Promise.resolve(new Map()),
  readUserFactors: () => Promise.resolve(new Map()),
  inviteUser: doNothing,
  onUserChanged: doNothing,
  onUserDisabled: doNothing,
  onUserEnabled: doNothing,
  onEmailChanged: doNothing,
  onUserDeleted: doNothing,
  followNumberChange: doNothing,
  followUserChanges: doNothing,
  countAccountRules: () => Promise.resolve({ policies: 0, entries: 0, recordings: 0 }),
  countRecordingsOfNumber: () => Promise.resolve(0),
  onAccountDeleted: doNothing,
  followAccountDeletion: doNothing,
};

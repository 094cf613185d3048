// Puts sign-in, second factors, passwords and setup together, and follows users' changes.
import type { Transaction } from "kysely";
import type { UserFactorsAnswer } from "../../../api/two-factor-api.ts";
import type { SignInStateAnswer } from "../../../api/users-api.ts";
import { findUserById, listMemberships } from "../../accounts/index.ts";
import type { StoredUser } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { createPasskeys } from "../passkeys/create-passkeys.ts";
import type { Passkeys } from "../passkeys/create-passkeys.ts";
import type { PasskeyParts } from "../passkeys/passkey-parts.ts";
import { createPasswords } from "../passwords/create-passwords.ts";
import type { Passwords, PasswordsParts } from "../passwords/create-passwords.ts";
import { deletePasswords } from "../passwords/password-store.ts";
import { readSignInStates } from "../passwords/read-sign-in-states.ts";
import { createCodeCheck } from "../second-factor/check-code.ts";
import { createSecondFactor } from "../second-factor/create-second-factor.ts";
import type { SecondFactor } from "../second-factor/create-second-factor.ts";
import { createSetup } from "../setup/create-setup.ts";
import type { Setup } from "../setup/create-setup.ts";
import { completeSetup } from "../setup/setup-store.ts";
import { deleteConnectionsOf } from "../single-sign-on/connection-store.ts";
import { createConnections } from "../single-sign-on/create-connections.ts";
import type { Connections } from "../single-sign-on/create-connections.ts";
import { createSingleSignOn } from "../single-sign-on/create-single-sign-on.ts";
import type { SingleSignOn } from "../single-sign-on/create-single-sign-on.ts";
import type { SingleSignOnParts } from "../single-sign-on/single-sign-on-parts.ts";
import { endForeignSessions } from "../single-sign-on/end-foreign-sessions.ts";
import { createTwoFactor } from "../two-factor/create-two-factor.ts";
import type { TwoFactor } from "../two-factor/create-two-factor.ts";
import { deleteTwoFactorOf } from "../two-factor/delete-two-factor-of.ts";
import { readUserFactors } from "../two-factor/read-user-factors.ts";
import type { TwoFactorParts } from "../two-factor/two-factor-parts.ts";
import { createAttemptPassword } from "./attempt-password.ts";
import { createSignIn } from "./create-sign-in.ts";
import type { SignIn, SignInParts } from "./create-sign-in.ts";
import { readPersonById } from "./read-person.ts";
import { deleteSignIn, insertSignIn } from "./sign-in-store.ts";
import { createUserTurns } from "./user-turns.ts";

type Own = "turns" | "attemptPassword" | "isSetupOpen" | "checkCode" | "passkeys";
export type CredentialsParts = Omit<
  PasswordsParts & SignInParts & PasskeyParts & TwoFactorParts & SingleSignOnParts,
  Own
>;

export type Credentials = {
  readonly signIn: SignIn;
  readonly secondFactor: SecondFactor;
  readonly passwords: Passwords;
  readonly setup: Setup;
  readonly passkeys: Passkeys;
  readonly twoFactor: TwoFactor;
  readonly singleSignOn: SingleSignOn;
  readonly connections: Connections;
  /** For the accounts domain's listeners. */
  readonly readSignInStates: (
    userIds: readonly string[],
  ) => Promise<ReadonlyMap<string, SignInStateAnswer>>;
  readonly readUserFactors: (
    userIds: readonly string[],
  ) => Promise<ReadonlyMap<string, UserFactorsAnswer>>;
  /** Whenever a user was made or changed: the row that locks is there from then on. */
  readonly onUserChanged: (trx: Transaction<Schema>, userId: string | null) => Promise<void>;
  /** Mails a new user a link to choose a password. `invitedBy`: an e-mail address. */
  readonly inviteUser: (
    trx: Transaction<Schema>,
    user: StoredUser,
    invitedBy: string | null,
  ) => Promise<void>;
  readonly onUserDeleted: (trx: Transaction<Schema>, userId: string) => Promise<void>;
};

/**
 * Attempts on one address that wait for their turn. Each keeps its room at the hasher, so that one
 * address takes at most half of it, also where there is one core.
 */
const TURNS_WAITING_MAX = 50;

export function createCredentials(given: CredentialsParts): Credentials {
  const parts = { ...given, turns: createUserTurns(TURNS_WAITING_MAX) };
  const attemptPassword = createAttemptPassword(parts);
  const setup = createSetup(parts);
  const checkCode = createCodeCheck(parts);
  const passkeys = createPasskeys(parts);
  const { database, clock } = parts;
  return {
    signIn: createSignIn({ ...parts, attemptPassword, isSetupOpen: setup.isSetupOpen }),
    secondFactor: createSecondFactor({ ...parts, checkCode }),
    passwords: createPasswords({ ...parts, attemptPassword }),
    setup,
    passkeys,
    twoFactor: createTwoFactor({ ...parts, attemptPassword, checkCode, passkeys }),
    connections: createConnections(parts),
    singleSignOn: createSingleSignOn({ ...parts, attemptPassword }),
    readSignInStates: (userIds) => {
      const at = { nowMs: clock.nowMs(), isClockTrusted: parts.isClockTrusted() };
      return readSignInStates(database.kysely, userIds, at);
    },
    readUserFactors: (userIds) => readUserFactors(database.kysely, userIds, clock.nowMs()),
    onUserChanged: async (trx, userId) => {
      if (userId === null) return;
      await insertSignIn(trx, userId, clock.nowMs());
      await closeSetupBy(trx, userId, clock.nowMs());
      await endForeignSessions(trx, userId);
    },
    inviteUser: async (trx, user, invitedBy) => {
      const memberships = await listMemberships(trx, user.id);
      const accountName = memberships.find(({ isPrimary }) => isPrimary)?.accountName ?? null;
      const data = { invitedBy, accountName };
      const to = { userId: user.id, to: user.email, nowMs: clock.nowMs() };
      await queueMail(trx, { ...to, kind: "invitation", data });
    },
    onUserDeleted: async (trx, userId) => {
      // In this order: whoever sets a password in the same moment holds the first row.
      await deleteSignIn(trx, userId);
      await deletePasswords(trx, userId);
      await deleteTwoFactorOf(trx, userId);
      await deleteConnectionsOf(trx, userId);
    },
  };
}

/** Who can sign in and is made operator sets up what there is: the printed link ends at once. */
async function closeSetupBy(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  if ((await findUserById(trx, userId))?.isOperator !== true) return;
  const facts = (await readPersonById(trx, userId)).person?.facts;
  if (facts?.hasPassword || facts?.hasOtherWayIn) await completeSetup(trx, null, nowMs);
}

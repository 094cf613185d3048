// Puts the identity domain together: sessions, sign-in, passwords, setup, mails, the clock's watch.
import type { IncomingMessage } from "node:http";
import { availableParallelism } from "node:os";
import type { PreviewEffect } from "../../api/preview-api.ts";
import { createPasswordHasher } from "../../platform/crypto/password-hasher.ts";
import type { Argon2Parameters } from "../../platform/crypto/password-hasher.ts";
import { createPasswordJudge } from "../../platform/crypto/password-judge.ts";
import type { MasterKeys } from "../../platform/crypto/open-key-ring.ts";
import type { Mailer } from "../../platform/mail/create-mailer.ts";
import type { Accounts, AccountsListeners } from "../accounts/index.ts";
import type { Journal } from "../journal/index.ts";
import { createClockWatch } from "./clock-watch/create-clock-watch.ts";
import type { ClockJump } from "./clock-watch/create-clock-watch.ts";
import type { IdentityAlarm, IdentityParts, PersonPlace } from "./identity-parts.ts";
import { createKeys } from "./keys/create-keys.ts";
import type { Keys } from "./keys/create-keys.ts";
import { listenToAccounts } from "./listen-to-accounts.ts";
import { createMails } from "./mail/create-mails.ts";
import type { Mails } from "./mail/create-mails.ts";
import { createProviders } from "./providers/create-providers.ts";
import type { Providers } from "./providers/create-providers.ts";
import { findIdentityEffects } from "./preview/find-identity-effects.ts";
import type { ProposedIdentityChange } from "./preview/find-identity-effects.ts";
import { findShutOut } from "./preview/find-shut-out.ts";
import type { FoundShutOut, ShutOutMaker } from "./preview/find-shut-out.ts";
import { createSessions } from "./sessions/create-sessions.ts";
import type { Sessions } from "./sessions/create-sessions.ts";
import { createCredentials } from "./sign-in/create-credentials.ts";
import type { Credentials } from "./sign-in/create-credentials.ts";

export type CreateIdentityInput = IdentityParts & {
  readonly accounts: Accounts;
  readonly journal: Pick<Journal, "listEvents">;
  readonly mailer: Mailer;
  readonly placeOf: (request: IncomingMessage) => PersonPlace;
  readonly argon2: Argon2Parameters;
  readonly returnOrigins: readonly string[];
  readonly masterKeys: MasterKeys;
  readonly raiseClockAlarm: (jump: ClockJump) => void;
  readonly raiseAlarm: (alarm: IdentityAlarm) => void;
};

export type Identity = {
  readonly parts: CreateIdentityInput;
  readonly sessions: Sessions;
  readonly credentials: Credentials;
  readonly mails: Mails;
  readonly keys: Keys;
  readonly providers: Providers;
  /** What rules would do to the users they are for. Throws `policy-refused`. */
  readonly previewEffects: (
    changes: readonly ProposedIdentityChange[],
    signal?: AbortSignal,
  ) => Promise<readonly PreviewEffect[]>;
  /** Whom rules would shut out: who makes them, or all operators. Throws `policy-refused`. */
  readonly findShutOut: (
    changes: readonly ProposedIdentityChange[],
    maker: ShutOutMaker | null,
  ) => Promise<FoundShutOut | null>;
  /** What the accounts domain tells this one. */
  readonly listeners: Pick<
    AccountsListeners,
    | "readSignInStates"
    | "readUserFactors"
    | "inviteUser"
    | "onUserChanged"
    | "onUserDisabled"
    | "onUserEnabled"
    | "onEmailChanged"
    | "onUserDeleted"
    | "followUserChanges"
    | "onAccountDeleted"
  >;
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

/** Resolves when people can sign in. */
export async function createIdentity(input: CreateIdentityInput): Promise<Identity> {
  const { clock } = input;
  const clockWatch = await createClockWatch({ ...input, raiseAlarm: input.raiseClockAlarm });
  const isClockTrusted = (): boolean => clockWatch.isTrusted(clock.nowMs());
  const keys = await createKeys(input);
  const sessions = createSessions({ ...input, isClockTrusted });
  const mails = createMails(input);
  const judge = createPasswordJudge();
  const credentials = createCredentials({
    ...input,
    hasher: createPasswordHasher({ threads: availableParallelism(), parameters: input.argon2 }),
    judge,
    cookies: sessions.cookies,
    assertSameSite: sessions.assertSameSite,
    openSessionOf: sessions.openSessionOf,
    followUserChanges: sessions.followUserChanges,
    isClockTrusted,
    wakeMails: mails.wake,
  });
  return {
    parts: input,
    sessions,
    credentials,
    mails,
    keys,
    providers: createProviders({
      ...input,
      followUserChanges: sessions.followUserChanges,
      wakeMails: mails.wake,
    }),
    previewEffects: (changes, signal) =>
      findIdentityEffects({ ...input, isClockTrusted, sessions }, changes, signal),
    findShutOut: (changes, maker) =>
      findShutOut({ ...input, isClockTrusted, sessions }, changes, maker),
    listeners: listenToAccounts({ ...input, credentials, sessions, mails }),
    start: () => {
      clockWatch.start();
      sessions.start();
      mails.start();
      keys.start();
    },
    close: async () => {
      await keys.close();
      await mails.close();
      await judge.close();
      await sessions.close();
      await clockWatch.close();
    },
  };
}

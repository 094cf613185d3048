// Puts the accounts domain together: accounts, users, numbers, tokens, who may use the API.
import type { IncomingMessage } from "node:http";
import type { AccountAnswer } from "../../api/accounts-api.ts";
import { isAccountCode } from "../../core/accounts/account.ts";
import type { Clock } from "../../platform/clock.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Database } from "../../platform/database/database.ts";
import { describeStoreError } from "../../platform/database/describe-store-error.ts";
import type { Schema } from "../migrations/schema.ts";
import { findAccountByCode, insertAccount, listAccounts } from "./account-store.ts";
import type { StoredAccount } from "./account-store.ts";
import type { RecordAccountsEvent } from "./accounts-event.ts";
import { NO_LISTENERS } from "./accounts-parts.ts";
import type { AccountsListeners, AccountsParts } from "./accounts-parts.ts";
import { createApiTokens } from "./api-tokens.ts";
import type { ApiTokens } from "./api-tokens.ts";
import { createAuthentication } from "./authenticate.ts";
import type { Authentication, ReadSession, WrongToken } from "./authenticate.ts";
import { deleteAccount } from "./delete-account.ts";
import type { AccountDeletion } from "./delete-account.ts";
import { describeAccount, describeAccounts } from "./describe-accounts.ts";
import type { Principal } from "./principal.ts";
import { renameAccount } from "./rename-account.ts";
import type { AccountRenaming } from "./rename-account.ts";
import { createTrackingNumbers } from "./tracking-numbers/create-tracking-numbers.ts";
import type { TrackingNumbers } from "./tracking-numbers/create-tracking-numbers.ts";
import { createUsers } from "./users/create-users.ts";
import type { Users } from "./users/create-users.ts";

export type CreateAccountsInput = Partial<AccountsListeners> & {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Default: nothing is recorded. */
  readonly recordEvent?: RecordAccountsEvent;
  /** Resolves when whoever keeps accounts in memory knows the new one. Default: nobody does. */
  readonly onAccountAdded?: () => Promise<void>;
  /** Default: no request is from the control socket. */
  readonly isFromControlSocket?: (request: IncomingMessage) => boolean;
  /** Who is signed in by a request's cookie. Default: nobody. */
  readonly readSession?: ReadSession;
  /** Called for credentials that are wrong; requests without any are no offence. */
  readonly onWrongToken?: (wrong: WrongToken) => void | Promise<void>;
  /** Called when a write in the background failed; it is tried again. */
  readonly onError?: (error: unknown) => void;
};

export type NewAccountInput = {
  readonly code: string;
  readonly name: string;
  readonly createdBy: string;
};

export type AddAccountOutcome =
  | { readonly ok: true; readonly account: StoredAccount }
  | { readonly ok: false; readonly why: "code-taken" | "code-refused" };

export type Accounts = Authentication &
  ApiTokens & {
    readonly addAccount: (input: NewAccountInput) => Promise<AddAccountOutcome>;
    readonly listAccounts: () => Promise<readonly StoredAccount[]>;
    readonly findAccount: (code: string) => Promise<StoredAccount | null>;
    /** Those within the principal's reach. */
    readonly describeAccounts: (principal: Principal) => Promise<AccountAnswer[]>;
    /** Throws `account-not-found` (404). */
    readonly describeAccount: (principal: Principal, code: string) => Promise<AccountAnswer>;
    readonly renameAccount: (renaming: AccountRenaming) => Promise<void>;
    /** Throws `account-deletion-unconfirmed` (409) unless the code is confirmed. */
    readonly deleteAccount: (deletion: AccountDeletion) => Promise<void>;
    readonly users: Users;
    readonly trackingNumbers: TrackingNumbers;
    /** From now on last uses of tokens are written in the background. */
    readonly start: () => void;
    readonly close: () => Promise<void>;
  };

const FLUSH_EVERY_MS = 5000;

export function createAccounts(input: CreateAccountsInput): Accounts {
  const { database, clock } = input;
  const onError = input.onError ?? (() => undefined);
  const recordEvent = input.recordEvent ?? (() => Promise.resolve());
  const parts: AccountsParts = { ...NO_LISTENERS, ...input, recordEvent };
  const tokens = createApiTokens({ database, clock, recordEvent });
  const authentication = createAuthentication({
    verifyToken: tokens.verifyToken,
    nowMs: clock.nowMs,
    isFromControlSocket: input.isFromControlSocket ?? (() => false),
    readSession: input.readSession ?? (() => Promise.resolve(null)),
    onWrongToken: input.onWrongToken ?? (() => undefined),
  });
  let timer: NodeJS.Timeout | undefined;

  async function addAccount(wanted: NewAccountInput): Promise<AddAccountOutcome> {
    const { code, name, createdBy } = wanted;
    if (!isAccountCode(code)) return { ok: false, why: "code-refused" };
    const account = { id: randomId(), code, name, createdAtMs: clock.nowMs() };
    const what = { kind: "account-created", atMs: account.createdAtMs, actor: createdBy } as const;
    try {
      await database.transaction(async (trx) => {
        await insertAccount(trx, account);
        await recordEvent(trx, { ...what, account: code, detail: { name } });
      });
    } catch (error) {
      if (describeStoreError(error).kind !== "unique-violation") throw error;
      return { ok: false, why: "code-taken" };
    }
    await input.onAccountAdded?.();
    return { ok: true, account };
  }

  return {
    ...authentication,
    ...tokens,
    addAccount,
    listAccounts: () => listAccounts(database.kysely),
    findAccount: (code) => findAccountByCode(database.kysely, code),
    describeAccounts: (principal) => describeAccounts(database.kysely, principal),
    describeAccount: (principal, code) => describeAccount(database.kysely, principal, code),
    renameAccount: (renaming) => renameAccount(parts, renaming),
    deleteAccount: (deletion) => deleteAccount(parts, deletion),
    users: createUsers(parts),
    trackingNumbers: createTrackingNumbers(parts),
    start: () => {
      timer ??= setInterval(() => void tokens.flushLastUses().catch(onError), FLUSH_EVERY_MS);
      timer.unref();
    },
    close: async () => {
      clearInterval(timer);
      await tokens.flushLastUses(true).catch(onError);
    },
  };
}

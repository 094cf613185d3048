// Puts the accounts domain together: client accounts, API tokens, who may use the API.
import type { IncomingMessage } from "node:http";
import { isAccountCode } from "../../core/accounts/account.ts";
import type { Clock } from "../../platform/clock.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Database } from "../../platform/database/database.ts";
import { describeStoreError } from "../../platform/database/describe-store-error.ts";
import type { Schema } from "../migrations/schema.ts";
import { findAccountByCode, insertAccount, listAccounts } from "./account-store.ts";
import type { StoredAccount } from "./account-store.ts";
import type { RecordAccountsEvent } from "./accounts-event.ts";
import { createApiTokens } from "./api-tokens.ts";
import type { ApiTokens } from "./api-tokens.ts";
import { createAuthentication } from "./authenticate.ts";
import type { Authentication, WrongToken } from "./authenticate.ts";

export type CreateAccountsInput = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Default: nothing is recorded. */
  readonly recordEvent?: RecordAccountsEvent;
  /** Resolves when whoever keeps accounts in memory knows the new one. Default: nobody does. */
  readonly onAccountAdded?: () => Promise<void>;
  /** Default: no request is from the control socket. */
  readonly isFromControlSocket?: (request: IncomingMessage) => boolean;
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
    /** From now on last uses of tokens are written in the background. */
    readonly start: () => void;
    readonly close: () => Promise<void>;
  };

const FLUSH_EVERY_MS = 5000;

export function createAccounts(input: CreateAccountsInput): Accounts {
  const { database, clock } = input;
  const onError = input.onError ?? (() => undefined);
  const recordEvent = input.recordEvent ?? (() => Promise.resolve());
  const tokens = createApiTokens({ database, clock, recordEvent });
  const authentication = createAuthentication({
    verifyToken: tokens.verifyToken,
    nowMs: clock.nowMs,
    isFromControlSocket: input.isFromControlSocket ?? (() => false),
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

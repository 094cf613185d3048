// Makes, revokes and checks API tokens.
import type { Scope } from "../../api/scopes.ts";
import type { Clock } from "../../platform/clock.ts";
import { randomId } from "../../platform/crypto/random.ts";
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { RecordAccountsEvent } from "./accounts-event.ts";
import { createLastUses } from "./last-uses.ts";
import { createTokenCache } from "./token-cache.ts";
import { createTokenText } from "./token-text.ts";
import { findTokenById, insertToken, listTokens, markTokenRevoked } from "./token-store.ts";
import type { StoredToken } from "./token-store.ts";
import { createVerifyToken } from "./verify-token.ts";
import type { VerifyToken } from "./verify-token.ts";

export type NewTokenInput = {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAtMs: number | null;
  readonly createdBy: string;
};

export type CreateTokenOutcome =
  | {
      readonly ok: true;
      readonly created: StoredToken;
      /** The only time it is seen. */
      readonly token: string;
    }
  | { readonly ok: false; readonly why: "expiry-passed" };

export type RevokeOutcome = "revoked" | "revoked-before" | "not-found";

export type ApiTokens = {
  readonly createToken: (input: NewTokenInput) => Promise<CreateTokenOutcome>;
  readonly listTokens: () => Promise<readonly StoredToken[]>;
  /** From the moment it resolves this process refuses the token; others within a second. */
  readonly revokeToken: (id: string, revokedBy: string) => Promise<RevokeOutcome>;
  readonly verifyToken: VerifyToken;
  /** Writes last uses; without `all` only those whose minute is over. */
  readonly flushLastUses: (all?: boolean) => Promise<void>;
};

export function createApiTokens(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly recordEvent: RecordAccountsEvent;
}): ApiTokens {
  const { database, clock, recordEvent } = parts;
  const cache = createTokenCache();
  const lastUses = createLastUses(database);

  async function createToken(wanted: NewTokenInput): Promise<CreateTokenOutcome> {
    const atMs = clock.nowMs();
    // Not greater also refuses NaN: a day that no calendar has.
    const isOpen = wanted.expiresAtMs === null || wanted.expiresAtMs > atMs;
    if (!isOpen) return { ok: false, why: "expiry-passed" };
    const token = createTokenText();
    const created: StoredToken = {
      ...wanted,
      id: randomId(),
      createdAtMs: atMs,
      revokedAtMs: null,
      lastUsedAtMs: null,
    };
    const detail = { id: created.id, name: created.name, scopes: created.scopes.join(" ") };
    await database.transaction(async (trx) => {
      await insertToken(trx, created, sha256Hex(token));
      await recordEvent(trx, { kind: "token-created", atMs, actor: wanted.createdBy, detail });
    });
    return { ok: true, created, token };
  }

  async function revokeToken(id: string, revokedBy: string): Promise<RevokeOutcome> {
    const atMs = clock.nowMs();
    const outcome = await database.transaction(async (trx) => {
      const isRevoked = await markTokenRevoked(trx, id, atMs);
      if (!isRevoked) return (await findTokenById(trx, id)) ? "revoked-before" : "not-found";
      await recordEvent(trx, { kind: "token-revoked", atMs, actor: revokedBy, detail: { id } });
      return "revoked";
    });
    cache.forget(id);
    return outcome;
  }

  return {
    createToken,
    listTokens: () => listTokens(database.kysely),
    revokeToken,
    verifyToken: createVerifyToken({ database, cache, onUse: lastUses.note }),
    flushLastUses: (all = false) => lastUses.flush(clock.nowMs(), all),
  };
}

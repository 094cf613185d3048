// Decides whether a token's text is good at this moment.
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { Principal } from "./principal.ts";
import type { TokenCache } from "./token-cache.ts";
import { isTokenText } from "./token-text.ts";
import { findTokenByHash } from "./token-store.ts";
import type { StoredToken } from "./token-store.ts";

export type VerifyToken = (text: string, nowMs: number) => Promise<Principal | null>;

export function createVerifyToken(parts: {
  readonly database: Database<Schema>;
  readonly cache: TokenCache;
  readonly onUse: (id: string, atMs: number) => void;
}): VerifyToken {
  const { database, cache, onUse } = parts;
  const reading = new Map<string, Promise<StoredToken | null>>();

  /** Requests that come together with one token share one query. */
  async function read(tokenHash: string): Promise<StoredToken | null> {
    const key = `${cache.generation()} ${tokenHash}`;
    const running = reading.get(key);
    if (running !== undefined) return running;
    const started = findTokenByHash(database.kysely, tokenHash).finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  }

  async function readFresh(tokenHash: string, nowMs: number): Promise<StoredToken | null> {
    for (;;) {
      const generation = cache.generation();
      const token = await read(tokenHash);
      // A revocation came while we read: what was read may be older than it.
      if (cache.generation() !== generation) continue;
      if (token !== null) cache.put(token, { tokenHash, nowMs, generation });
      return token;
    }
  }

  return async function verifyToken(text, nowMs) {
    if (!isTokenText(text)) return null;
    const tokenHash = sha256Hex(text);
    const token = cache.get(tokenHash, nowMs) ?? (await readFresh(tokenHash, nowMs));
    if (token === null || !isGood(token, nowMs)) return null;
    onUse(token.id, nowMs);
    return { kind: "token", id: token.id, name: token.name, scopes: token.scopes };
  };
}

function isGood(token: StoredToken, nowMs: number): boolean {
  return token.revokedAtMs === null && (token.expiresAtMs === null || nowMs < token.expiresAtMs);
}

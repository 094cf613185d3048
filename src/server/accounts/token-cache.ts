// Remembers for a second which tokens are good, so that busy clients cost no query each time.
import type { StoredToken } from "./token-store.ts";

/** How long another process's revocation may go unnoticed here. */
const REMEMBERED_MS = 1000;

export type TokenCache = {
  /** By the token's hash; null when nothing fresh is known. */
  readonly get: (tokenHash: string, nowMs: number) => StoredToken | null;
  /** Forgotten when `generation` is no longer the current one: a revocation came between. */
  readonly put: (token: StoredToken, at: PutAt) => void;
  readonly generation: () => number;
  /** Nothing learnt from the store before this call is believed after it. */
  readonly forget: (id: string) => void;
  readonly size: () => number;
};

export type PutAt = {
  readonly tokenHash: string;
  readonly nowMs: number;
  readonly generation: number;
};

type Remembered = { readonly token: StoredToken; readonly readAtMs: number };

/** INVARIANT: at most `entriesMax` tokens are held; the one put longest ago goes first. */
export function createTokenCache(entriesMax = 1000): TokenCache {
  const remembered = new Map<string, Remembered>();
  let generation = 0;

  function get(tokenHash: string, nowMs: number): StoredToken | null {
    const entry = remembered.get(tokenHash);
    if (entry === undefined) return null;
    const ageMs = nowMs - entry.readAtMs;
    // A clock that was set back makes the age negative: read again rather than trust it.
    if (ageMs >= 0 && ageMs < REMEMBERED_MS) return entry.token;
    remembered.delete(tokenHash);
    return null;
  }

  function put(token: StoredToken, at: PutAt): void {
    if (at.generation !== generation) return;
    remembered.delete(at.tokenHash);
    const oldest = remembered.size >= entriesMax ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(at.tokenHash, { token, readAtMs: at.nowMs });
  }

  function forget(id: string): void {
    generation += 1;
    for (const [tokenHash, { token }] of remembered) {
      if (token.id === id) remembered.delete(tokenHash);
    }
  }

  return { get, put, forget, generation: () => generation, size: () => remembered.size };
}

// Remembers sessions by the hash of their token, so that a check of one asks no store.
import type { SessionOutcome } from "../../../core/identity/decide-session.ts";
import type { LoadedSession } from "./load-session.ts";

/** `lastActivityAtMs` moves on with what is seen here; everything else is as it was read. */
export type RememberedSession = LoadedSession & {
  lastActivityAtMs: number;
  /** The last judgement, for a moment. */
  judged: JudgedSession | null;
};

export type JudgedSession = {
  readonly atMs: number;
  readonly isClockTrusted: boolean;
  readonly outcome: SessionOutcome;
};

/** One reading of the store, which notices what changed since it began. */
export type SessionReading = {
  /** Whether what was read of this user may be older than a change. */
  readonly isOutdated: (userId: string) => boolean;
  readonly end: () => void;
};

export type SessionCache = {
  readonly get: (tokenHash: string) => RememberedSession | undefined;
  /** Begun before the store is asked, ended after `put`. */
  readonly beginReading: () => SessionReading;
  /** What is outdated already is not kept. */
  readonly put: (tokenHash: string, session: RememberedSession, reading: SessionReading) => void;
  /** Nothing read before this call is believed after it. null: of nobody. */
  readonly forget: (userId: string | null) => void;
  readonly drop: (tokenHash: string) => void;
  readonly size: () => number;
};

/** About a kilobyte each. */
const SESSIONS_MAX = 20_000;

/** INVARIANT: at most `sessionsMax` are held; the one put longest ago goes first. */
export function createSessionCache(sessionsMax = SESSIONS_MAX): SessionCache {
  const remembered = new Map<string, RememberedSession>();
  const hashesByUser = new Map<string, Set<string>>();
  /** Of each reading that is going on: who was forgotten since it began. */
  const readings = new Set<Set<string | null>>();

  function beginReading(): SessionReading {
    const forgotten = new Set<string | null>();
    readings.add(forgotten);
    return {
      isOutdated: (userId) => forgotten.has(userId) || forgotten.has(null),
      end: () => void readings.delete(forgotten),
    };
  }

  function drop(tokenHash: string): void {
    const session = remembered.get(tokenHash);
    if (session === undefined) return;
    remembered.delete(tokenHash);
    const hashes = hashesByUser.get(session.user.id);
    hashes?.delete(tokenHash);
    if (hashes?.size === 0) hashesByUser.delete(session.user.id);
  }

  function put(tokenHash: string, session: RememberedSession, reading: SessionReading): void {
    const userId = session.user.id;
    if (reading.isOutdated(userId)) return;
    drop(tokenHash);
    const oldest = remembered.size >= sessionsMax ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) drop(oldest);
    remembered.set(tokenHash, session);
    const hashes = hashesByUser.get(userId) ?? new Set();
    hashesByUser.set(userId, hashes.add(tokenHash));
  }

  function forget(userId: string | null): void {
    for (const forgotten of readings) forgotten.add(userId);
    if (userId === null) {
      remembered.clear();
      hashesByUser.clear();
      return;
    }
    for (const tokenHash of hashesByUser.get(userId) ?? []) drop(tokenHash);
  }

  return {
    get: (tokenHash) => remembered.get(tokenHash),
    beginReading,
    put,
    forget,
    drop,
    size: () => remembered.size,
  };
}

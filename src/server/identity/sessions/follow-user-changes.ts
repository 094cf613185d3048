// Tells the cache of sessions which users changed, here and on other nodes.
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readUserChangesAfter, readUserVersion } from "./user-changes.ts";

export type UserChangeFollower = {
  /**
   * Resolves when every change committed before the call holds in memory. Never rejects: where the
   * store does not answer, everything is forgotten.
   */
  readonly follow: () => Promise<void>;
  /** Whether the store was asked within the last few seconds, so that what is known may be used. */
  readonly isFresh: () => boolean;
};

export type FollowerParts = {
  readonly database: Database<Schema>;
  /** null: everybody. */
  readonly forget: (userId: string | null) => void;
  /** A clock that nobody sets, for how long ago the store was asked. */
  readonly steadyMs: () => number;
  readonly onError: (error: unknown) => void;
};

const CHANGES_PER_READ = 500;

/** A revocation on another node holds here within 5 s even if the store is away (row 40). */
export const FRESH_MS = 4000;

export function createUserChangeFollower(parts: FollowerParts): UserChangeFollower {
  const { database, steadyMs } = parts;
  let version: number | null = null;
  let followedAtMs = -Infinity;
  let tail: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    const startedAtMs = steadyMs();
    let newest = await readUserVersion(database.kysely);
    while (version !== newest) {
      const changes =
        version === null
          ? []
          : await readUserChangesAfter(database.kysely, version, CHANGES_PER_READ);
      if (version === null || changes[0]?.version !== version + 1) {
        // The first look, or changes were missed: `newest` was read before what is forgotten now.
        parts.forget(null);
        version = newest;
      }
      for (const change of changes) {
        if (change.version !== version + 1) continue;
        parts.forget(change.userId);
        version = change.version;
      }
      newest = await readUserVersion(database.kysely);
    }
    followedAtMs = startedAtMs;
  }

  function follow(): Promise<void> {
    tail = tail.then(catchUp).catch((error: unknown) => {
      parts.forget(null);
      parts.onError(error);
    });
    return tail;
  }

  return { follow, isFresh: () => steadyMs() - followedAtMs < FRESH_MS };
}

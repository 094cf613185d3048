// Judges the session behind a token: from memory where it is known, else from the store.
import { decideSession } from "../../../core/identity/decide-session.ts";
import type { SessionOutcome, SessionReason } from "../../../core/identity/decide-session.ts";
import type { Database } from "../../../platform/database/database.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { UserChangeFollower } from "./follow-user-changes.ts";
import { loadSession } from "./load-session.ts";
import type { SessionActivities } from "./session-activities.ts";
import type { RememberedSession, SessionCache } from "./session-cache.ts";

export type SessionCheck =
  /** No session has this token (any more). */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "refused";
      readonly reason: SessionReason;
      readonly session: RememberedSession;
    }
  | {
      readonly kind: "open";
      readonly session: RememberedSession;
      /** What is still asked for; but for `none` the session opens nothing else. */
      readonly stage: SessionOutcome["stage"];
      readonly reason: SessionReason;
      /** null: never. */
      readonly idleEndsAtMs: number | null;
    };

export type CheckAt = {
  readonly nowMs: number;
  /** Whether a person did something: then the time of idleness begins anew. */
  readonly isActivity: boolean;
};

export type SessionChecker = {
  /** Asks no store. null: nothing certain is known, ask `check`. */
  readonly checkNow: (token: string, at: CheckAt) => SessionCheck | null;
  /** Rejects when the store does not answer. */
  readonly check: (token: string, at: CheckAt) => Promise<SessionCheck>;
};

export type CheckerParts = {
  readonly database: Database<Schema>;
  readonly cache: SessionCache;
  readonly follower: UserChangeFollower;
  readonly activities: SessionActivities;
  readonly isClockTrusted: () => boolean;
  /** Resolves when the store has the rules of now: of a change that has gone back, the old ones. */
  readonly settleRules: () => Promise<void>;
  /** Ends it in the store; false when another node has seen a later activity. */
  readonly endIdle: (session: RememberedSession) => Promise<boolean>;
};

const UNKNOWN: SessionCheck = { kind: "unknown" };

/**
 * How long a judgement is good for what depends on the time alone, such as the age of a password.
 * Idleness is compared each time, and what anybody changes voids the session itself.
 */
const JUDGED_MS = 1000;

function decideOnce(
  session: RememberedSession,
  nowMs: number,
  isClockTrusted: boolean,
): SessionOutcome {
  const { judged } = session;
  if (judged !== null && judged.isClockTrusted === isClockTrusted) {
    const { atMs, outcome } = judged;
    const isYoung = nowMs >= atMs && nowMs - atMs < JUDGED_MS;
    const isBefore = outcome.idleEndsAtMs === null || nowMs < outcome.idleEndsAtMs;
    if (isYoung && isBefore) return outcome;
  }
  const { lastActivityAtMs, facts, isKnownBrowser, policy } = session;
  const { stage, createdAtMs } = session.session;
  const outcome = decideSession(
    { stage, createdAtMs, lastActivityAtMs, user: facts, isKnownBrowser },
    policy,
    { nowMs, isClockTrusted },
  );
  session.judged = { atMs: nowMs, isClockTrusted, outcome };
  return outcome;
}

function endOf(session: RememberedSession, outcome: SessionOutcome): number | null {
  return (session.judged?.outcome ?? outcome).idleEndsAtMs;
}

export function createSessionChecker(parts: CheckerParts): SessionChecker {
  const { cache, activities } = parts;
  const reading = new Map<string, Promise<RememberedSession | "outdated" | null>>();

  function judge(session: RememberedSession, at: CheckAt): SessionCheck {
    const { graceEndsAtMs } = session;
    if (graceEndsAtMs !== null && at.nowMs >= graceEndsAtMs) return UNKNOWN;
    const outcome = decideOnce(session, at.nowMs, parts.isClockTrusted());
    const { reason, stage } = outcome;
    if (outcome.verdict === "refuse") return { kind: "refused", reason, session };
    if (at.isActivity && at.nowMs > session.lastActivityAtMs) {
      noteActivity(session, outcome, at.nowMs);
    }
    return { kind: "open", session, stage, reason, idleEndsAtMs: endOf(session, outcome) };
  }

  function noteActivity(session: RememberedSession, outcome: SessionOutcome, nowMs: number): void {
    activities.note(session.session.id, nowMs);
    const passedMs = nowMs - session.lastActivityAtMs;
    session.lastActivityAtMs = nowMs;
    if (session.judged === null) return;
    // A half sign-in's end does not move.
    const isMoving = outcome.idleEndsAtMs !== null && session.session.stage === "none";
    const idleEndsAtMs = isMoving ? outcome.idleEndsAtMs + passedMs : outcome.idleEndsAtMs;
    session.judged = { ...session.judged, outcome: { ...outcome, idleEndsAtMs } };
  }

  function checkNow(token: string, at: CheckAt): SessionCheck | null {
    if (!parts.follower.isFresh()) return null;
    const session = cache.get(sha256Hex(token));
    if (session === undefined) return null;
    const judged = judge(session, at);
    // Another node may know of a later activity, or have written the end of this one.
    const isCertain = judged.kind !== "refused" || judged.reason !== "session-idle";
    return isCertain ? judged : null;
  }

  /** Requests that come together with one token share one reading. */
  function read(tokenHash: string): Promise<RememberedSession | "outdated" | null> {
    const running = reading.get(tokenHash);
    if (running !== undefined) return running;
    const started = readOnce(tokenHash).finally(() => reading.delete(tokenHash));
    reading.set(tokenHash, started);
    return started;
  }

  async function readOnce(tokenHash: string): Promise<RememberedSession | "outdated" | null> {
    await parts.settleRules();
    const begun = cache.beginReading();
    try {
      const loaded = await loadSession(parts.database.kysely, tokenHash);
      if (loaded === null) {
        cache.drop(tokenHash);
        return null;
      }
      const { id, userId, lastActivityAtMs } = loaded.session;
      if (begun.isOutdated(userId)) return "outdated";
      const session = {
        ...loaded,
        lastActivityAtMs: Math.max(lastActivityAtMs, activities.unwritten(id)),
        judged: null,
      };
      cache.put(tokenHash, session, begun);
      return session;
    } finally {
      begun.end();
    }
  }

  async function check(token: string, at: CheckAt): Promise<SessionCheck> {
    const known = checkNow(token, at);
    if (known !== null) return known;
    const tokenHash = sha256Hex(token);
    for (;;) {
      const session = await read(tokenHash);
      if (session === "outdated") continue;
      if (session === null) return UNKNOWN;
      const judged = judge(session, at);
      if (judged.kind !== "refused" || judged.reason !== "session-idle") return judged;
      cache.drop(tokenHash);
      if (await parts.endIdle(session)) return judged;
    }
  }

  return { checkNow, check };
}

// Puts sessions together: cookies, the check in memory, following changes, writing later.
import type { ApiRequest } from "../../accounts/index.ts";
import type { PolicyChanges } from "../../journal/index.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { createSameSiteCheck } from "./assert-same-site.ts";
import type { AssertSameSite } from "./assert-same-site.ts";
import { createSessionChecker } from "./check-session.ts";
import type { SessionChecker } from "./check-session.ts";
import { endIdleSession } from "./end-sessions.ts";
import { createUserChangeFollower } from "./follow-user-changes.ts";
import { createSessionReader } from "./read-session.ts";
import type { OpenCheck, SeenSession, SessionReader } from "./read-session.ts";
import { createSessionActivities } from "./session-activities.ts";
import { createSessionCache } from "./session-cache.ts";
import type { RememberedSession } from "./session-cache.ts";
import { createSessionCookies } from "./session-cookies.ts";
import type { SessionCookies } from "./session-cookies.ts";
import { countSessions } from "./session-store.ts";
import { createTidySessions } from "./tidy-sessions.ts";

export type SessionsParts = Pick<
  IdentityParts,
  "database" | "clock" | "publicUrl" | "recordEvent" | "onError"
> & {
  /** Rules that go back by themselves. */
  readonly changes: {
    readonly unconfirmed: Pick<PolicyChanges["unconfirmed"], "join" | "settle">;
  };
  /** False after a jump of the clock: then nobody becomes dormant by it. */
  readonly isClockTrusted: () => boolean;
  /** For tests; by default the time since the process began. */
  readonly steadyMs?: () => number;
};

export type Sessions = SessionChecker & {
  readonly cookies: SessionCookies;
  /** For the accounts domain's `authenticate`: null without a cookie, throws what is refused. */
  readonly readSession: SessionReader["readSession"];
  readonly seenOf: (request: ApiRequest) => SeenSession | null;
  /** The session that let this request in; throws where there is none. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
  /** Throws `cross-site-refused` (403). For sign-in, setup and reset, which need no session. */
  readonly assertSameSite: AssertSameSite;
  /** After the commit of whatever called `recordUserChange`; never rejects. */
  readonly followUserChanges: () => Promise<void>;
  /** When a session was last active, as far as it is not written yet; 0 for none. */
  readonly unwrittenActivityOf: (sessionId: string) => number;
  /** By their stage: `none` are whole. Of all nodes. */
  readonly count: () => Promise<ReadonlyMap<string, number>>;
  /** Writes last activities. */
  readonly flush: () => Promise<void>;
  readonly tidy: () => Promise<void>;
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

/** Another node's change holds here within a second. */
const FOLLOW_EVERY_MS = 500;
const FLUSH_EVERY_MS = 5000;
const TIDY_EVERY_MS = 60_000;

export function createSessions(parts: SessionsParts): Sessions {
  const { database, clock, publicUrl } = parts;
  const onError = (doing: string) => (error: unknown) => parts.onError(error, doing);
  const cache = createSessionCache();
  const activities = createSessionActivities(database);
  const follower = createUserChangeFollower({
    database,
    forget: cache.forget,
    steadyMs: parts.steadyMs ?? (() => performance.now()),
    onError: onError("following changes of users"),
  });
  const { unconfirmed } = parts.changes;
  // A session in memory has the rules that it was read with.
  const forgetAll = (): void => cache.forget(null);
  unconfirmed.join({
    prepare: () => Promise.resolve({ goBack: forgetAll, settle: forgetAll }),
    readAgain: () => Promise.resolve(forgetAll()),
  });
  const checker = createSessionChecker({
    settleRules: unconfirmed.settle,
    database,
    cache,
    follower,
    activities,
    isClockTrusted: parts.isClockTrusted,
    endIdle: (session) => endIdle(parts, session),
  });
  const cookies = createSessionCookies(publicUrl);
  const assertSameSite = createSameSiteCheck(publicUrl, cookies);
  const reader = createSessionReader({
    cookies,
    checker,
    assertSameSite,
    nowMs: clock.nowMs,
    onError: onError("checking a session"),
  });
  const tidySessions = createTidySessions(database);
  const tidy = (): Promise<void> => tidySessions(clock.nowMs());
  const timers: NodeJS.Timeout[] = [];

  return {
    ...checker,
    cookies,
    readSession: reader.readSession,
    seenOf: reader.seenOf,
    openSessionOf: (request) => {
      const seen = reader.seenOf(request);
      if (seen?.kind !== "open") throw new Error("the route has no hook that requires a user");
      return seen.check;
    },
    assertSameSite,
    followUserChanges: follower.follow,
    count: () => countSessions(database.kysely),
    unwrittenActivityOf: activities.unwritten,
    flush: activities.flush,
    tidy,
    start: () => {
      if (timers.length > 0) return;
      timers.push(
        repeat(follower.follow, FOLLOW_EVERY_MS, onError("following changes of users")),
        repeat(activities.flush, FLUSH_EVERY_MS, onError("writing activities of sessions")),
        repeat(tidy, TIDY_EVERY_MS, onError("tidying sessions")),
      );
    },
    close: async () => {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await activities.flush().catch(onError("writing activities of sessions"));
    },
  };
}

/** A turn is left out while the one before it is still going on. */
function repeat(
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  let isWorking = false;
  const turn = (): void => {
    if (isWorking) return;
    isWorking = true;
    void work()
      .catch(onError)
      .finally(() => {
        isWorking = false;
      });
  };
  return setInterval(turn, everyMs).unref();
}

/** Idle is idle, also where the store cannot write it down now. */
async function endIdle(parts: SessionsParts, session: RememberedSession): Promise<boolean> {
  const { id, address, userId } = session.session;
  const { lastActivityAtMs, user } = session;
  try {
    return await parts.database.transaction(async (trx) => {
      if (!(await endIdleSession(trx, id, lastActivityAtMs))) return false;
      await parts.recordEvent(trx, {
        kind: "session-ended",
        atMs: parts.clock.nowMs(),
        userId,
        actor: null,
        reason: "idle",
        detail: { email: user.email, openedFrom: address, lastActivityAtMs },
      });
      return true;
    });
  } catch (error) {
    parts.onError(error, "ending an idle session");
    return true;
  }
}

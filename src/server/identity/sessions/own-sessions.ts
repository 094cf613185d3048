// What people do with their own sessions and known browsers.
import type { BrowserAnswer, SessionAnswer } from "../../../api/sessions-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import type { ApiRequest, UserPrincipal } from "../../accounts/index.ts";
import type { IdentityEvent } from "../identity-parts.ts";
import { forgetBrowser, forgetBrowsersOf, listBrowsersOf } from "./browser-store.ts";
import { endSession, endSessionsOf } from "./end-sessions.ts";
import { listOpenSessions, toSessionAnswer } from "./list-sessions.ts";
import { sessionProblem } from "./session-problem.ts";
import { toTimeText } from "./session-route-parts.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";

export type OwnSessions = {
  readonly listSessions: (user: UserPrincipal) => Promise<readonly SessionAnswer[]>;
  /** How many there were beside the one that asks. */
  readonly endOthers: (request: ApiRequest) => Promise<number>;
  /** Throws `session-not-found` (404), also for another user's. */
  readonly endOne: (request: ApiRequest, sessionId: string) => Promise<void>;
  readonly listBrowsers: (request: ApiRequest) => Promise<readonly BrowserAnswer[]>;
  readonly forgetAll: (request: ApiRequest) => Promise<number>;
  /** Throws `browser-not-found` (404), also for another user's. */
  readonly forgetOne: (request: ApiRequest, browserId: string) => Promise<void>;
};

export function createOwnSessions(parts: SessionRouteParts): OwnSessions {
  const { database, clock, sessions, accounts } = parts;

  function eventOf(request: ApiRequest): Omit<IdentityEvent, "kind"> & { readonly userId: string } {
    const { userId, email } = accounts.userOf(request);
    const place = parts.placeOf(request.raw);
    return { atMs: clock.nowMs(), userId, actor: email, place };
  }

  async function endOthers(request: ApiRequest): Promise<number> {
    const event = eventOf(request);
    const { userId, atMs: nowMs } = event;
    const exceptId = accounts.userOf(request).sessionId;
    const ended = await database.transaction(async (trx) => {
      const count = await endSessionsOf(trx, userId, { exceptId, nowMs });
      const detail = { sessions: count };
      if (count > 0) {
        await parts.recordEvent(trx, {
          kind: "session-ended",
          ...event,
          reason: "by-user",
          detail,
        });
      }
      return count;
    });
    await sessions.followUserChanges();
    return ended;
  }

  async function endOne(request: ApiRequest, sessionId: string): Promise<void> {
    const event = eventOf(request);
    const { userId, atMs } = event;
    await database.transaction(async (trx) => {
      const isEnded = await endSession(trx, { id: sessionId, userId }, atMs);
      if (!isEnded) throw sessionProblem("session-not-found");
      const detail = { session: sessionId, sessions: 1 };
      await parts.recordEvent(trx, { kind: "session-ended", ...event, reason: "by-user", detail });
    });
    await sessions.followUserChanges();
  }

  async function listBrowsers(request: ApiRequest): Promise<readonly BrowserAnswer[]> {
    const { browserId } = sessions.openSessionOf(request).session.session;
    const browsers = await listBrowsersOf(database.kysely, accounts.userOf(request).userId);
    return browsers.map((browser) => ({
      id: browser.id,
      isCurrent: browser.id === browserId,
      address: browser.address,
      country: browser.country,
      device: describeDevice(browser.userAgent),
      createdAt: toTimeText(browser.createdAtMs),
      lastSeenAt: toTimeText(browser.lastSeenAtMs),
    }));
  }

  async function forgetAll(request: ApiRequest): Promise<number> {
    const event = eventOf(request);
    const { userId, atMs: nowMs } = event;
    const forgotten = await database.transaction(async (trx) => {
      const count = await forgetBrowsersOf(trx, userId, nowMs);
      const detail = { browsers: count };
      if (count > 0) {
        await parts.recordEvent(trx, {
          kind: "browser-forgotten",
          ...event,
          reason: "by-user",
          detail,
        });
      }
      return count;
    });
    await sessions.followUserChanges();
    return forgotten;
  }

  async function forgetOne(request: ApiRequest, browserId: string): Promise<void> {
    const event = eventOf(request);
    const { userId, atMs } = event;
    await database.transaction(async (trx) => {
      const isForgotten = await forgetBrowser(trx, { id: browserId, userId }, atMs);
      if (!isForgotten) throw sessionProblem("browser-not-found");
      const detail = { browsers: 1 };
      await parts.recordEvent(trx, {
        kind: "browser-forgotten",
        ...event,
        reason: "by-user",
        detail,
      });
    });
    await sessions.followUserChanges();
  }

  return {
    listSessions: async ({ userId, sessionId }) => {
      const found = await listOpenSessions(database.kysely, {
        userId,
        nowMs: clock.nowMs(),
        lastActivityOf: sessions.unwrittenActivityOf,
      });
      return found.map((session) => toSessionAnswer(session, sessionId));
    },
    endOthers,
    endOne,
    listBrowsers,
    forgetAll,
    forgetOne,
  };
}

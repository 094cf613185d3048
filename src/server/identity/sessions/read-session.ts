// Finds out who is signed in by the cookie of a request of the API.
import type { IncomingMessage } from "node:http";
import { isActivity } from "../../../core/identity/activity.ts";
import type { SessionReason } from "../../../core/identity/decide-session.ts";
import type { ApiRequest, Asking, UserPrincipal } from "../../accounts/index.ts";
import type { AssertSameSite } from "./assert-same-site.ts";
import type { SessionCheck, SessionChecker } from "./check-session.ts";
import type { RememberedSession } from "./session-cache.ts";
import type { SessionCookies } from "./session-cookies.ts";
import { faultOfHalf } from "./open-to-half.ts";
import { sessionProblem } from "./session-problem.ts";

export type OpenCheck = Extract<SessionCheck, { kind: "open" }>;

/** What a request's cookie turned out to be, for what is added to its answer. */
export type SeenSession =
  | { readonly kind: "open"; readonly check: OpenCheck }
  /** The cookie is of no use any more. */
  | { readonly kind: "ended" };

export type SessionReader = {
  /** null without a cookie. Throws a Problem for a session that does not let this request in. */
  readonly readSession: (request: ApiRequest, how?: Asking) => Promise<UserPrincipal | null>;
  /** Set by `readSession`. */
  readonly seenOf: (request: ApiRequest) => SeenSession | null;
};

export type ReaderParts = {
  readonly cookies: SessionCookies;
  readonly checker: SessionChecker;
  readonly assertSameSite: AssertSameSite;
  readonly nowMs: () => number;
  readonly onError: (error: unknown) => void;
};

const CHANGES_NOTHING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export function createSessionReader(parts: ReaderParts): SessionReader {
  const { cookies, checker, assertSameSite } = parts;
  const seen = new WeakMap<IncomingMessage, SeenSession>();

  async function readSession(request: ApiRequest, how?: Asking): Promise<UserPrincipal | null> {
    const { raw } = request;
    const reading = cookies.read(raw.rawHeaders, "session");
    if (reading.kind === "absent") return null;
    if (!CHANGES_NOTHING.has(raw.method ?? "")) assertSameSite(request);
    const check = reading.kind === "unreadable" ? null : await checkToken(reading.token, raw, how);
    if (check === null || check.kind === "unknown") {
      seen.set(raw, { kind: "ended" });
      throw sessionProblem("session-ended");
    }
    if (check.kind === "refused") {
      const code = problemCodeOf(check.reason);
      if (code === "session-ended" || code === "session-idle") seen.set(raw, { kind: "ended" });
      throw sessionProblem(code);
    }
    seen.set(raw, { kind: "open", check });
    const fault = faultOfHalf(check.stage, `${raw.method} ${pathOf(raw)}`);
    if (fault !== null) throw sessionProblem(fault);
    return toPrincipal(check.session);
  }

  async function checkToken(
    token: string,
    raw: IncomingMessage,
    how: Asking | undefined,
  ): Promise<SessionCheck> {
    const { accept = null } = raw.headers;
    const mode = raw.headers["sec-fetch-mode"];
    const at = {
      nowMs: parts.nowMs(),
      isActivity: isActivity({
        surface: "console",
        method: raw.method ?? "",
        fetchMode: typeof mode === "string" ? mode : null,
        accept,
        isBackground: how?.isBackground === true || raw.headers["x-postern-background"] === "1",
      }),
    };
    try {
      return await checker.check(token, at);
    } catch (error) {
      parts.onError(error);
      // Closed: an unknown session lets nobody in (row 40).
      throw sessionProblem("session-unchecked", { retryAfterSeconds: RETRY_SECONDS });
    }
  }

  return { readSession, seenOf: ({ raw }) => seen.get(raw) ?? null };
}

const RETRY_SECONDS = 5;

type ProblemCode = Parameters<typeof sessionProblem>[0];

function problemCodeOf(reason: SessionReason): ProblemCode {
  switch (reason) {
    case "session-idle":
    case "user-disabled":
    case "user-locked":
    case "user-dormant":
      return reason;
    default:
      return "session-ended";
  }
}

function pathOf(raw: IncomingMessage): string {
  return (raw.url ?? "").split("?", 1)[0] ?? "";
}

function toPrincipal({ session, user, memberships }: RememberedSession): UserPrincipal {
  return {
    kind: "user",
    userId: user.id,
    email: user.email,
    name: user.name,
    sessionId: session.id,
    isOperator: user.isOperator,
    memberships: memberships.map(({ accountId, code, accountName, role, isPrimary }) => ({
      accountId,
      code,
      name: accountName,
      role,
      isPrimary,
    })),
  };
}

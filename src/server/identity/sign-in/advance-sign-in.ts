// Takes a sign-in one stage further, and gives its session a new token each time.
import type { Transaction } from "kysely";
import { decideNextStage } from "../../../core/identity/next-stage.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { LogOutRule } from "../../../core/identity/identity-policy.ts";
import { decideUserState } from "../../../core/identity/user-state.ts";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { trustBrowser } from "../second-factor/trusted-browser-store.ts";
import { isBrowserOf, rememberBrowser } from "../sessions/browser-store.ts";
import type { CookieReply, SessionCookies } from "../sessions/session-cookies.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import { elevateSession } from "../sessions/session-store.ts";
import type { SessionMethod, StoredSession } from "../sessions/session-store.ts";
import { completeBind } from "../single-sign-on/complete-bind.ts";
import { findConnectionById } from "../single-sign-on/connection-store.ts";
import type { CredentialParts } from "./credential-parts.ts";
import { providerFactsOf, withFactor } from "./method-facts.ts";
import type { Person, PersonReading } from "./read-person.ts";
import { recordSignIn } from "./record-sign-in.ts";
import { noteSignedIn } from "./sign-in-store.ts";

export type AdvancingSignIn = {
  /** As it was read with the request: what has moved on since then is not advanced. */
  readonly session: StoredSession;
  /** Read in the transaction, after the user's row of sign-ins was locked. */
  readonly person: Person;
  readonly reading: PersonReading;
  /** What was proved just now, such as `app` or `backup-code`; null: no second factor. */
  readonly factor: string | null;
  readonly isFactorPassed: boolean;
  /** Asked for by the user; given only where the rules have it. */
  readonly trustBrowser: boolean;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type AdvancedSignIn = {
  readonly next: SignInStage;
  readonly sessionToken: string;
  /** Null while the sign-in is half: the browser is known once it is whole. */
  readonly browserToken: string | null;
  readonly trustToken: string | null;
  readonly logOut: LogOutRule;
  /** Mails may have been queued: `wakeMails` comes after the commit. */
  readonly isBindDone?: boolean;
};

/**
 * Throws `session-ended` when the session has ended or moved on, and what refuses a user who was
 * locked or disabled in between. After the commit come `followUserChanges` and
 * `setAdvancedCookies`.
 */
export async function advanceSignIn(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent" | "isClockTrusted">,
  advancing: AdvancingSignIn,
): Promise<AdvancedSignIn> {
  const { session, person, reading, factor, place, nowMs } = advancing;
  const userId = person.user.id;
  const { next, at } = await stageAfter(trx, parts, advancing);
  const isWhole = next === "none";
  const browser = isWhole
    ? await rememberBrowser(trx, { userId, knownId: session.browserId, place, nowMs })
    : null;
  const method: SessionMethod =
    factor === null ? session.method : withFactor(session.method, factor);
  const sessionToken = await elevateSession(trx, {
    sessionId: session.id,
    stage: next,
    fromStage: session.stage,
    method,
    ...(browser === null ? {} : { browserId: browser.id }),
    clearsBind: isWhole,
    nowMs,
  });
  if (sessionToken === null) throw sessionProblem("session-ended");
  if (isWhole) await noteSignedIn(trx, userId, nowMs);
  const { email } = person.user;
  const { accountCode } = person;
  const reason = factor ?? session.stage;
  const providerId = await providerIdOf(trx, session);
  await recordSignIn(trx, parts, {
    userId,
    email,
    accountCode,
    next,
    method,
    providerId,
    reason,
    place,
    nowMs,
  });
  const { bindId } = session;
  const isBindDone = isWhole && bindId !== null;
  if (isBindDone) {
    await completeBind(trx, parts, { bindId, person, rules: reading.rules, at, place });
  }
  return {
    next,
    sessionToken,
    browserToken: browser?.token ?? null,
    trustToken: await trustWhereAllowed(trx, parts, advancing),
    logOut: reading.logOut,
    isBindDone,
  };
}

async function providerIdOf(
  trx: Transaction<Schema>,
  { connectionId }: StoredSession,
): Promise<string | null> {
  if (connectionId === null) return null;
  return (await findConnectionById(trx, connectionId))?.providerId ?? null;
}

/** INVARIANT: also at the second factor a locked, disabled or dormant user is refused. */
async function stageAfter(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "isClockTrusted">,
  { session, person, reading, isFactorPassed, nowMs }: AdvancingSignIn,
): Promise<{ readonly next: SignInStage; readonly at: StateContext }> {
  const userId = person.user.id;
  const { browserId } = session;
  const isKnownBrowser = browserId !== null && (await isBrowserOf(trx, browserId, userId));
  const at = { nowMs, isClockTrusted: parts.isClockTrusted(), isKnownBrowser };
  const state = decideUserState(person.facts, reading.rules, at);
  switch (state.reason) {
    case "user-disabled":
    case "user-locked":
    case "user-dormant":
      throw sessionProblem(state.reason);
    case "password-missing":
      throw sessionProblem("session-ended");
    default:
  }
  const { verdict } = decideNextStage({
    methods: methodsOf(await readFactors(trx, userId)),
    isFactorPassed,
    // That it is was decided when the password was right; see the session's method.
    isBrowserTrusted: false,
    provider: providerFactsOf(session.method),
    mustChangePassword: state.verdict === "change-password",
    rules: reading.policy,
  });
  return { next: verdict, at };
}

async function trustWhereAllowed(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  { person, reading, trustBrowser: isWanted, factor, place, nowMs }: AdvancingSignIn,
): Promise<string | null> {
  const isAllowed = reading.policy.twoFactor.frequency === "14-days-skip";
  if (!isWanted || !isAllowed || factor === null) return null;
  const userId = person.user.id;
  const { id, token } = await trustBrowser(trx, { userId, place, nowMs });
  await parts.recordEvent(trx, {
    kind: "browser-trusted",
    atMs: nowMs,
    userId,
    actor: person.user.email,
    account: person.accountCode,
    place,
    reason: factor,
    detail: { browser: id },
  });
  return token;
}

export function setAdvancedCookies(
  cookies: SessionCookies,
  reply: CookieReply,
  advanced: Omit<AdvancedSignIn, "next">,
): void {
  const { trustToken } = advanced;
  setSignedInCookies(cookies, reply, advanced);
  if (trustToken !== null) cookies.setTrust(reply, trustToken);
}

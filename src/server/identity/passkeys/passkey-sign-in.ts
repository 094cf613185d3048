// Signs somebody in by a passkey alone: it is both factors, and says itself whose it is.
import type { Transaction } from "kysely";
import { countOfAttempt } from "../../../core/identity/decide-sign-in.ts";
import { decideNextStage } from "../../../core/identity/next-stage.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import { decideUserState } from "../../../core/identity/user-state.ts";
import type { UserStateReason } from "../../../core/identity/user-state.ts";
import { requestOptions } from "../../../platform/webauthn/passkey-options.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { findKnownBrowser } from "../sessions/browser-store.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import { openSignedIn } from "../sign-in/open-signed-in.ts";
import type { OpenedSession } from "../sign-in/open-signed-in.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { checkReturnAddress } from "../sign-in/return-address.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { passSignIn } from "../sign-in/sign-in-store.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import type { PasskeySignIn } from "./create-passkeys.ts";
import { judgePasskey, relyingPartyOf } from "./judge-passkey.ts";
import type { JudgedPasskey, PasskeyRefusalReason } from "./judge-passkey.ts";
import { issueChallenge } from "./passkey-challenge.ts";
import type { PasskeyParts } from "./passkey-parts.ts";
import { PASSKEY_SIGN_IN_DETAIL } from "./passkey-problem.ts";
import { notePasskeyUse } from "./passkey-store.ts";
import type { RefusePasskey } from "./refuse-passkey.ts";

/** Nobody is known yet, so any challenge is any visitor's. */
const SIGN_IN = { purpose: "sign-in", sessionId: "" } as const;

type Attempt = {
  readonly response: Readonly<Record<string, unknown>>;
  readonly sessionToken: string | null;
  readonly browserToken: string | null;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

type Outcome =
  | {
      readonly ok: true;
      readonly opened: OpenedSession;
      readonly next: SignInStage;
      readonly reading: PersonReading;
    }
  | { readonly ok: false; readonly reason: PasskeyRefusalReason | UserStateReason };

type Right = Extract<JudgedPasskey, { readonly ok: true }>;

export function createPasskeySignIn(parts: PasskeyParts, refuse: RefusePasskey): PasskeySignIn {
  const { database, clock, cookies, keyRing } = parts;
  const origins = [new URL(parts.publicUrl).origin, ...parts.returnOrigins] as const;

  async function open(right: Right, attempt: Attempt): Promise<Outcome> {
    const { passkey, assertion } = right;
    const { userId } = passkey;
    const { browserToken, nowMs } = attempt;
    const reading = await readPersonById(database.kysely, userId);
    const { person, rules } = reading;
    if (person === null) return { ok: false, reason: "passkey-unknown" };
    const browser =
      browserToken === null ? null : await findKnownBrowser(database.kysely, browserToken, userId);
    const isKnownBrowser = browser !== null;
    const at = { nowMs, isClockTrusted: parts.isClockTrusted(), isKnownBrowser };
    const state = decideUserState(person.facts, rules, at);
    if (state.verdict === "refuse") return { ok: false, reason: state.reason };
    return database.transaction(async (trx) => {
      const hasPassed = await passSignIn(trx, {
        userId,
        // Locked in this moment by another request.
        onlyUnlocked: countOfAttempt(rules, isKnownBrowser) !== "browser",
        // It was no password: what somebody guesses at beside it goes on counting.
        clearsCount: false,
        signedInAtMs: null,
      });
      if (!hasPassed) return { ok: false, reason: "user-locked" };
      const hasGrown = await notePasskeyUse(trx, { id: passkey.id, ...assertion, nowMs });
      if (!hasGrown) return { ok: false, reason: "passkey-counter" };
      const mustChangePassword = state.verdict === "change-password";
      const next = stageOf(reading, mustChangePassword);
      const opened = await openFor(trx, person, {
        ...attempt,
        next,
        reason: state.reason,
        knownBrowserId: browser?.id ?? null,
      });
      return { ok: true, opened, next, reading };
    });
  }

  function openFor(
    trx: Transaction<Schema>,
    person: Person,
    opening: Attempt & {
      readonly next: SignInStage;
      readonly reason: string;
      readonly knownBrowserId: string | null;
    },
  ): Promise<OpenedSession> {
    return openSignedIn(trx, parts, {
      userId: person.user.id,
      email: person.user.email,
      accountCode: person.accountCode,
      next: opening.next,
      method: "passkey",
      reason: opening.reason,
      knownBrowserId: opening.knownBrowserId,
      replacedToken: opening.sessionToken,
      place: opening.place,
      nowMs: opening.nowMs,
    });
  }

  async function take(attempt: Attempt): Promise<Extract<Outcome, { ok: true }>> {
    const { response, place, nowMs } = attempt;
    const judged = await judgePasskey(parts, { ...SIGN_IN, userId: null, response, nowMs });
    const outcome = judged.ok ? await open(judged, attempt) : judged;
    if (outcome.ok) return outcome;
    const userId = judged.ok ? judged.passkey.userId : judged.userId;
    const { reason } = outcome;
    await refuse({ kind: "sign-in-refused", reason, userId, response, place, nowMs });
    throw signInProblem("sign-in-refused", { detail: PASSKEY_SIGN_IN_DETAIL });
  }

  return {
    signInOptions: async () => {
      const party = relyingPartyOf(parts);
      const challenge = issueChallenge(keyRing, SIGN_IN, clock.nowMs());
      // INVARIANT: the same for everybody; no address is asked for, so none can be tried (row 67).
      return { options: await requestOptions({ party, challenge, passkeys: null }) };
    },
    signIn: async ({ request, reply, body }) => {
      const { rawHeaders } = request.raw;
      const session = cookies.read(rawHeaders, "session");
      const browser = cookies.read(rawHeaders, "browser");
      const attempt: Attempt = {
        response: body.response,
        sessionToken: session.kind === "token" ? session.token : null,
        browserToken: browser.kind === "token" ? browser.token : null,
        place: parts.placeOf(request.raw),
        nowMs: clock.nowMs(),
      };
      const { opened, next, reading } = await storeOrUnavailable(parts, () => take(attempt));
      if (opened.hasReplaced) await parts.followUserChanges();
      setSignedInCookies(cookies, reply, { ...opened, logOut: reading.logOut });
      return { next, returnTo: checkReturnAddress(body.returnTo, origins) };
    },
  };
}

function stageOf(reading: PersonReading, mustChangePassword: boolean): SignInStage {
  const { verdict } = decideNextStage({
    methods: ["passkey"],
    isFactorPassed: true,
    isBrowserTrusted: false,
    mustChangePassword,
    provider: null,
    rules: reading.policy,
  });
  return verdict;
}

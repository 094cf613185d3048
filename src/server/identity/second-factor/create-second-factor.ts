// Answers a sign-in that waits for its second factor: what can be used, and is the code right.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SecondFactorAnswer, SecondFactorBody } from "../../../api/second-factor-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { codeStateAt } from "../../../core/identity/code-attempts.ts";
import { hideEmail } from "../../../core/identity/hide-email.ts";
import { TRUST_DAYS } from "../../../core/identity/second-factor.ts";
import { stageLastsMs } from "../../../core/identity/sign-in-stage.ts";
import type { ApiRequest, Authentication } from "../../accounts/index.ts";
import { readEmailCodeState } from "../email-codes/email-code-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { advanceSignIn, setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { CheckCode } from "./check-code.ts";
import { readCodeCount } from "./code-count-store.ts";
import { methodsOf, readFactors } from "./factor-store.ts";
import { secondFactorProblem } from "./second-factor-problem.ts";

type Hooks = Pick<Authentication, "requireUser">;

export type SecondFactorParts = CredentialParts & {
  readonly accounts: Hooks;
  readonly checkCode: CheckCode;
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
};

export type SecondFactor = Hooks & {
  /** Both throw `second-factor-not-asked` (409) for a session at any other stage. */
  readonly describe: (request: FastifyRequest) => Promise<SecondFactorAnswer>;
  readonly answer: (
    asking: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    body: SecondFactorBody,
  ) => Promise<SignInAnswer>;
};

export function createSecondFactor(parts: SecondFactorParts): SecondFactor {
  const { database, clock, checkCode } = parts;

  function waitingOf(request: FastifyRequest): OpenCheck["session"] {
    const open = parts.openSessionOf(request);
    if (open.stage !== "second-factor") throw secondFactorProblem("second-factor-not-asked");
    return open.session;
  }

  async function describe(request: FastifyRequest): Promise<SecondFactorAnswer> {
    const { session, user, policy } = waitingOf(request);
    const nowMs = clock.nowMs();
    const read = database.kysely;
    const use = { userId: user.id, purpose: "sign-in", sessionId: session.id } as const;
    const [factors, count, emailCode] = await Promise.all([
      readFactors(read, user.id),
      readCodeCount(read, user.id),
      readEmailCodeState(read, { ...use, nowMs }),
    ]);
    const state = codeStateAt(count, nowMs);
    return {
      methods: methodsOf(factors),
      hasBackupCodes: factors.backupCodesLeft > 0,
      sentTo: hideEmail(user.email),
      emailCode:
        emailCode === null
          ? null
          : { sentAt: timeOf(emailCode.sentAtMs), expiresAt: timeOf(emailCode.expiresAtMs) },
      trustDays: policy.twoFactor.frequency === "14-days-skip" ? TRUST_DAYS : null,
      attemptsLeft: state.attemptsLeft,
      pausedUntil: timeOf(state.pausedUntilMs),
      lockedUntil: timeOf(state.lockedUntilMs),
      endsAt: toTimeText(session.createdAtMs + stageLastsMs(session.stage)),
      serverTime: toTimeText(nowMs),
      portalName: parts.portalName,
    };
  }

  const answer: SecondFactor["answer"] = async ({ request, reply }, body) => {
    const { session, user } = waitingOf(request);
    const { method, code, trustBrowser = false } = body;
    const place = parts.placeOf(request.raw);
    const nowMs = clock.nowMs();
    const advanced = await checkCode({
      userId: user.id,
      session,
      purpose: "sign-in",
      method,
      typed: code,
      place,
      nowMs,
      onRight: async (trx) => {
        const reading = await readPersonById(trx, user.id);
        const { person } = reading;
        if (person === null) throw sessionProblem("session-ended");
        const passed = { factor: method, isFactorPassed: true, trustBrowser };
        return advanceSignIn(trx, parts, { ...passed, session, person, reading, place, nowMs });
      },
    });
    if (advanced.isBindDone === true) parts.wakeMails();
    await parts.followUserChanges();
    setAdvancedCookies(parts.cookies, reply, advanced);
    return { next: advanced.next, returnTo: null };
  };

  return { requireUser: parts.accounts.requireUser, describe, answer };
}

function timeOf(atMs: number | null): string | null {
  return atMs === null ? null : toTimeText(atMs);
}

// Takes a password or a second factor once more, from who is signed in, before changes.
import type { Transaction } from "kysely";
import type { Static } from "typebox";
import type { ProofAnswerSchema, ProofBody } from "../../../api/second-factor-api.ts";
import { PROOF_MS } from "../../../core/identity/second-factor.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { elevateSession } from "../sessions/session-store.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type ProofAnswer = Static<typeof ProofAnswerSchema>;

type Proving = {
  readonly open: OpenCheck;
  readonly asking: Asking;
  readonly nowMs: number;
  /** In the transaction that has found the proof right: gives the session its new token. */
  readonly onRight: (trx: Transaction<Schema>) => Promise<string>;
};

/**
 * Wrong passwords count, and lock, like those of a sign-in, wrong codes too: a stolen session gets
 * no more guesses than anybody without one.
 */
export function createProveAgain(
  parts: TwoFactorParts,
): (asking: Asking, body: ProofBody) => Promise<ProofAnswer> {
  const { clock, cookies } = parts;

  async function proveByPassword(proving: Proving, password: string): Promise<string> {
    const { open, asking, nowMs, onRight } = proving;
    const { user } = open.session;
    const { raw } = asking.request;
    const browser = cookies.read(raw.rawHeaders, "browser");
    const outcome = await parts.attemptPassword({
      key: user.emailKey,
      email: user.email,
      password,
      place: parts.placeOf(raw),
      browserToken: browser.kind === "token" ? browser.token : null,
      nowMs,
      readPerson: () => readPersonById(parts.database.kysely, user.id),
      onRight,
    });
    if (outcome.ok) return outcome.value;
    const message = "This is not your password, or too many wrong ones were tried.";
    const detail = "password must be the password that signs you in now.";
    throw signInProblem("password-wrong", { detail, errors: [{ path: "/password", message }] });
  }

  function prove(proving: Proving, body: ProofBody): Promise<string> {
    const { open, asking, nowMs, onRight } = proving;
    const { id: sessionId, userId } = open.session.session;
    const place = parts.placeOf(asking.request.raw);
    const at = { userId, purpose: "proof", place, nowMs, onRight } as const;
    switch (body.method) {
      case "password":
        return proveByPassword(proving, body.password);
      case "passkey":
        return parts.passkeys.assertPasskey({ ...at, sessionId, response: body.response });
      case "app":
      case "email":
      case "backup-code":
        return parts.checkCode({
          ...at,
          session: { id: sessionId },
          method: body.method,
          typed: body.code,
        });
      default:
        return body satisfies never;
    }
  }

  return async function proveAgain(asking, body) {
    const open = parts.openSessionOf(asking.request);
    const nowMs = clock.nowMs();
    const sessionId = open.session.session.id;
    const onRight = (trx: Transaction<Schema>) => markProved(trx, sessionId, nowMs);
    const token = await prove({ open, asking, nowMs, onRight }, body);
    await parts.followUserChanges();
    cookies.setSession(asking.reply, token, open.session.policy.logOut);
    return { provedUntil: toTimeText(nowMs + PROOF_MS) };
  };
}

/** A proof elevates the session, so it gets a new token (ASVS 7.2.4). */
async function markProved(
  trx: Transaction<Schema>,
  sessionId: string,
  nowMs: number,
): Promise<string> {
  // INVARIANT: a proof completes no sign-in.
  const stages = { stage: "none", fromStage: "none" } as const;
  const token = await elevateSession(trx, { sessionId, ...stages, provedAtMs: nowMs, nowMs });
  if (token === null) throw sessionProblem("session-ended");
  return token;
}

// Takes one attempt with a code: decided, compared, used up and counted in one transaction.
import type { Transaction } from "kysely";
import { codeStateAt, decideCodeAttempt } from "../../../core/identity/code-attempts.ts";
import type { CodeCount, CodeOutcome } from "../../../core/identity/code-attempts.ts";
import { readCode } from "../../../core/identity/read-code.ts";
import type { CodeMethod } from "../../../core/identity/second-factor.ts";
import { hashBackupCode } from "../../../platform/crypto/backup-codes.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { createSeldom } from "../sign-in/seldom.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { readBackupSalt } from "../two-factor/backup-code-store.ts";
import { recordFactorChange } from "../two-factor/record-factor-change.ts";
import { lockCodeCount, readCodeCount, writeCodeCount } from "./code-count-store.ts";
import { codeMalformed, describeRefusal } from "./describe-refusal.ts";
import { createDriftWatch } from "./drift-watch.ts";
import { judgeCode } from "./judge-code.ts";
import { createCodeRefusal } from "./refuse-code.ts";

export type CodeQuestion<T> = {
  readonly userId: string;
  /** Which the fifth wrong code ends. */
  readonly session: { readonly id: string };
  readonly purpose: "sign-in" | "proof";
  readonly method: CodeMethod;
  readonly typed: string;
  readonly place: PersonPlace;
  readonly nowMs: number;
  /** In the same transaction: what it throws lets nobody in and uses no code up. */
  readonly onRight: (trx: Transaction<Schema>) => Promise<T>;
};

/**
 * Gives what `onRight` gives; throws the Problem that refuses. After it comes `followUserChanges`
 * where `onRight` changed something.
 */
export type CheckCode = <T>(question: CodeQuestion<T>) => Promise<T>;

export type CodeCheckParts = Pick<
  CredentialParts,
  | "database"
  | "keyRing"
  | "hasher"
  | "turns"
  | "recordEvent"
  | "reportOffence"
  | "onError"
  | "wakeMails"
  | "followUserChanges"
>;

type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly outcome: CodeOutcome };

type Asked<T> = CodeQuestion<T> & { readonly code: string; readonly backupHash: string | null };

/**
 * INVARIANT: the user's row is held from the question whether a code may be tried to the answer, so
 * of any number of parallel guesses, in any number of sessions and on any number of nodes, five are
 * compared and one is let in. When the store fails nobody is.
 */
export function createCodeCheck(parts: CodeCheckParts): CheckCode {
  const { database, keyRing } = parts;
  const drifts = createDriftWatch(parts);
  const refusal = createCodeRefusal(parts);
  const unreadable = createSeldom();

  /** Slow, so before the row is held; not for a code that will not be looked at. */
  async function hashFor(userId: string, code: string, nowMs: number): Promise<string | null> {
    const { mayTry } = codeStateAt(await readCodeCount(database.kysely, userId), nowMs);
    const salt = mayTry ? await readBackupSalt(database.kysely, userId) : null;
    return salt === null ? null : hashBackupCode(parts.hasher, code, salt);
  }

  async function decide<T>(trx: Transaction<Schema>, asked: Asked<T>): Promise<CodeOutcome> {
    const { userId, nowMs } = asked;
    const count = await lockCodeCount(trx, userId);
    if (count === null || !(await isOpen(trx, asked))) throw sessionProblem("session-ended");
    if (!codeStateAt(count, nowMs).mayTry) {
      return decideCodeAttempt({ count, match: null, isClockSuspected: false }, nowMs);
    }
    const sessionId = asked.session.id;
    const { match, offsetSteps } = await judgeCode(trx, keyRing, { ...asked, sessionId });
    const drift = offsetSteps === null ? null : { userId, offsetSteps, nowMs };
    const isClockSuspected = drift !== null && drifts.isClockSuspected(drift);
    if (drift !== null && (match === "drifted-past" || match === "drifted-future")) {
      drifts.note(drift);
      await drifts.raiseAlarm(trx, drift);
    }
    const outcome = decideCodeAttempt({ count, match, isClockSuspected }, nowMs);
    if (!isSameCount(count, outcome.count)) await writeCodeCount(trx, userId, outcome.count);
    return outcome;
  }

  function take<T>(asked: Asked<T>): Promise<Checked<T>> {
    return database.transaction(async (trx) => {
      const outcome = await decide(trx, asked);
      if (outcome.verdict === "refuse") {
        await refusal.record(trx, { ...asked, sessionId: asked.session.id, outcome });
        return { ok: false, outcome };
      }
      if (asked.method === "backup-code") await tellOfBackupCode(trx, asked);
      return { ok: true, value: await asked.onRight(trx) };
    });
  }

  /** Whoever used it may not be who printed it. */
  async function tellOfBackupCode<T>(trx: Transaction<Schema>, asked: Asked<T>): Promise<void> {
    const { userId, place, nowMs } = asked;
    const { person } = await readPersonById(trx, userId);
    if (person === null) throw sessionProblem("session-ended");
    const used = { person, actor: person.user.email, place, nowMs };
    await recordFactorChange(trx, parts, { ...used, change: "backup-code-used" });
  }

  async function tellOfUnreadable(userId: string, nowMs: number): Promise<void> {
    if (!unreadable.take(userId, 1, nowMs)) return;
    const event = { kind: "alarm", atMs: nowMs, userId, actor: null } as const;
    const detail = { meaning: UNREADABLE_MEANING };
    await database.transaction((trx) =>
      parts.recordEvent(trx, { ...event, reason: "second-factor-unreadable", detail }),
    );
  }

  async function takeOrTell<T>(asked: Asked<T>): Promise<Checked<T>> {
    try {
      return await storeOrUnavailable(parts, () => take(asked), "checking a code");
    } catch (error) {
      const isUnreadable = error instanceof Problem && error.code === "second-factor-unreadable";
      if (isUnreadable) await tellOfUnreadable(asked.userId, asked.nowMs);
      throw error;
    }
  }

  return async function checkCode(question) {
    const { userId, method, nowMs } = question;
    const code = readCode(method, question.typed);
    if (code === null) throw codeMalformed(method);
    const checked = await parts.turns.inTurn(`code ${userId}`, async () => {
      const isBackup = method === "backup-code";
      const hash = (): Promise<string | null> => hashFor(userId, code, nowMs);
      const backupHash = isBackup ? await storeOrUnavailable(parts, hash, "checking a code") : null;
      return takeOrTell({ ...question, code, backupHash });
    });
    if (checked.ok) {
      if (method === "backup-code") parts.wakeMails();
      return checked.value;
    }
    const { outcome } = checked;
    if (outcome.changes.some(({ kind }) => kind === "end-sign-in")) {
      parts.wakeMails();
      await parts.followUserChanges();
    }
    await refusal.report({ ...question, sessionId: question.session.id, code, outcome });
    throw describeRefusal(outcome, nowMs);
  };
}

function isSameCount(a: CodeCount, b: CodeCount): boolean {
  return (
    a.wrongCodes === b.wrongCodes &&
    a.pausedUntilMs === b.pausedUntilMs &&
    a.lockedUntilMs === b.lockedUntilMs
  );
}

const UNREADABLE_MEANING =
  "The sealed secret of an authenticator app cannot be opened: it was sealed with a master key " +
  "that this server has not, or the row was changed. No code of it is accepted.";

/** A sign-in that has ended, or gone on, sends no codes any more. */
async function isOpen<T>(trx: Transaction<Schema>, asked: Asked<T>): Promise<boolean> {
  const { userId, session, purpose } = asked;
  const row = await trx
    .selectFrom("identity_session")
    .select("id")
    .where("id", "=", session.id)
    .where("user_id", "=", userId)
    .where("stage", "=", purpose === "sign-in" ? "second-factor" : "none")
    .executeTakeFirst();
  return row !== undefined;
}

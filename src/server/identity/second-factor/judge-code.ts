// Compares a code with what it should be, and uses it up when it is right.
import type { Transaction } from "kysely";
import type { CodeMatch } from "../../../core/identity/code-attempts.ts";
import type { CodeMethod } from "../../../core/identity/second-factor.ts";
import {
  DRIFT_STEPS_EITHER_WAY,
  judgeTimeStep,
  timeStepAt,
} from "../../../core/identity/time-step.ts";
import { findAppStep } from "../../../platform/crypto/app-codes.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { Schema } from "../../migrations/schema.ts";
import { judgeEmailCode } from "../email-codes/email-code-store.ts";
import { takeBackupCode } from "../two-factor/backup-code-store.ts";
import { appSecretRow, readCodeFactors, takeAppStep } from "./factor-store.ts";
import { secondFactorProblem } from "./second-factor-problem.ts";

export type CodeToJudge = {
  readonly userId: string;
  readonly sessionId: string;
  readonly purpose: "sign-in" | "proof";
  readonly method: CodeMethod;
  /** In the form that core's `readCode` gives. */
  readonly code: string;
  /** Of a backup code; null: the user has none, or it is another method's code. */
  readonly backupHash: string | null;
  readonly nowMs: number;
};

export type JudgedCode = {
  readonly match: CodeMatch;
  /** Of an authenticator's code of another time: how many steps it is ahead. */
  readonly offsetSteps: number | null;
};

/**
 * INVARIANT: in a transaction that holds the user's row, and only where core's `codeStateAt` lets a
 * code be tried. A method that is off has no right code. Throws `second-factor-unreadable`.
 */
export async function judgeCode(
  trx: Transaction<Schema>,
  keyRing: KeyRing,
  asked: CodeToJudge,
): Promise<JudgedCode> {
  const { userId, sessionId, purpose, method, code, backupHash, nowMs } = asked;
  switch (method) {
    case "app":
      return judgeAppCode(trx, keyRing, asked);
    case "email": {
      const isOn = (await readCodeFactors(trx, userId)).email !== null;
      const use = { userId, purpose, sessionId, code, nowMs, keyRing };
      return plain(isOn ? await judgeEmailCode(trx, use) : "wrong");
    }
    case "backup-code":
      if (backupHash === null) return plain("wrong");
      return plain(await takeBackupCode(trx, { userId, hash: backupHash, nowMs }));
    default:
      return method satisfies never;
  }
}

async function judgeAppCode(
  trx: Transaction<Schema>,
  keyRing: KeyRing,
  { userId, code, nowMs }: CodeToJudge,
): Promise<JudgedCode> {
  const { app } = await readCodeFactors(trx, userId);
  if (app === null) return plain("wrong");
  const opened = keyRing.open(app.sealedSecret, appSecretRow(userId));
  if (!opened.ok) throw secondFactorProblem("second-factor-unreadable");
  const nowStep = timeStepAt(nowMs);
  const codeStep = findAppStep({
    secret: opened.plain,
    code,
    nowStep,
    stepsEitherWay: DRIFT_STEPS_EITHER_WAY,
  });
  const match = judgeTimeStep({ codeStep, nowStep, lastStep: app.lastStep });
  if (codeStep === null) return plain(match);
  if (match !== "right") return { match, offsetSteps: codeStep - nowStep };
  return plain((await takeAppStep(trx, userId, codeStep)) ? "right" : "replayed");
}

function plain(match: CodeMatch): JudgedCode {
  return { match, offsetSteps: null };
}

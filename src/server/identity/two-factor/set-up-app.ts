// Sets up or resets the authenticator app: a new secret, then a code that proves it was scanned.
import type { Transaction } from "kysely";
import type { AppSetupAnswer, FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { FACTOR_SETUP_MS } from "../../../core/identity/second-factor.ts";
import {
  DRIFT_STEPS_EITHER_WAY,
  TIME_STEPS_EITHER_WAY,
  timeStepAt,
} from "../../../core/identity/time-step.ts";
import {
  appUri,
  encodeAppSecret,
  findAppStep,
  newAppSecret,
} from "../../../platform/crypto/app-codes.ts";
import { drawQrCode } from "../../../platform/crypto/qr-code.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { appSecretRow, putFactor, readFactors } from "../second-factor/factor-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { afterFactorSetUp, prepareFirstBackupCodes } from "./after-factor-change.ts";
import { answerFactorOn, readSetupCode, setupCodeWrong } from "./answer-factor-on.ts";
import type { SetupOutcome } from "./answer-factor-on.ts";
import type { PreparedBackupCodes } from "./backup-code-store.ts";
import {
  countWrongSetupCode,
  deleteFactorSetup,
  putFactorSetup,
  readFactorSetup,
  setupSecretRow,
} from "./factor-setup-store.ts";
import type { FactorSetup } from "./factor-setup-store.ts";
import { inSetupTurn } from "./in-setup-turn.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type AppSetups = {
  readonly start: (asking: Asking) => Promise<AppSetupAnswer>;
  readonly confirm: (asking: Asking, typed: string) => Promise<FactorOnAnswer>;
};

type Confirming = {
  readonly open: OpenCheck;
  readonly code: string;
  readonly prepared: PreparedBackupCodes | null;
  readonly asking: Asking;
  readonly nowMs: number;
};

export function createAppSetups(parts: TwoFactorParts): AppSetups {
  const { database, clock, keyRing } = parts;

  async function start({ request }: Asking): Promise<AppSetupAnswer> {
    const open = parts.openSessionOf(request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const { id: userId, email } = open.session.user;
    const secret = newAppSecret();
    const sealedSecret = keyRing.seal(secret, setupSecretRow(userId));
    await database.transaction(async (trx) => {
      await lockCodeCount(trx, userId);
      await holdProvedSession(trx, open, nowMs);
      const sessionId = open.session.session.id;
      await putFactorSetup(trx, { userId, sessionId, sealedSecret, nowMs });
    });
    const uri = appUri({ secret, issuer: parts.portalName, account: email });
    return {
      secret: inGroups(encodeAppSecret(secret)),
      uri,
      qrCode: drawQrCode(uri),
      expiresAt: toTimeText(nowMs + FACTOR_SETUP_MS),
    };
  }

  /** Null: the set-up was sealed with a key that is gone, so it has to begin again. */
  function secretOf(setup: FactorSetup, userId: string): Uint8Array | null {
    const opened = keyRing.open(setup.sealedSecret, setupSecretRow(userId));
    return opened.ok ? opened.plain : null;
  }

  async function confirm(asking: Asking, typed: string): Promise<FactorOnAnswer> {
    const open = parts.openSessionOf(asking.request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const code = readSetupCode(typed);
    const outcome = await inSetupTurn(parts, open, async () => {
      const prepared = await prepareWhereRight(open, code, nowMs);
      const confirming = { open, code, prepared, asking, nowMs };
      return database.transaction((trx) => take(trx, confirming));
    });
    return answerFactorOn(parts, asking, outcome);
  }

  /** Ten slow hashes are for who has the right code only. */
  async function prepareWhereRight(
    open: OpenCheck,
    code: string,
    nowMs: number,
  ): Promise<PreparedBackupCodes | null> {
    const { id: userId } = open.session.user;
    const sessionId = open.session.session.id;
    const setup = await readFactorSetup(database.kysely, { userId, sessionId, nowMs });
    const secret = setup === null ? null : secretOf(setup, userId);
    if (secret === null || findStep(secret, { code, nowMs }) === null) return null;
    return prepareFirstBackupCodes(parts, userId);
  }

  async function take(trx: Transaction<Schema>, confirming: Confirming): Promise<SetupOutcome> {
    const { open, code, prepared, asking, nowMs } = confirming;
    const { id: userId } = open.session.user;
    const sessionId = open.session.session.id;
    await lockCodeCount(trx, userId);
    await holdProvedSession(trx, open, nowMs);
    const setup = await readFactorSetup(trx, { userId, sessionId, nowMs });
    const secret = setup === null ? null : secretOf(setup, userId);
    if (secret === null) return { kind: "ended" };
    const step = findStep(secret, { code, nowMs });
    if (step === null) {
      const triesLeft = await countWrongSetupCode(trx, userId);
      return triesLeft === 0 ? { kind: "ended" } : setupCodeWrong(whyWrong(), triesLeft);
    }
    const change = (await readFactors(trx, userId)).app === null ? "app-set-up" : "app-reset";
    await deleteFactorSetup(trx, userId);
    await putFactor(trx, {
      userId,
      method: "app",
      sealedSecret: keyRing.seal(secret, appSecretRow(userId)),
      // INVARIANT: the code that proved it signs nobody in (RFC 6238, 5.2).
      lastStep: step,
      setUpAtMs: nowMs,
    });
    const place = parts.placeOf(asking.request.raw);
    const setUp = { open, method: "app", change, prepared, place, nowMs } as const;
    return { kind: "on", after: await afterFactorSetUp(trx, parts, setUp) };

    function whyWrong(): string {
      const typed = { code, nowMs, stepsEitherWay: DRIFT_STEPS_EITHER_WAY };
      const isDrifted = findStep(secret!, typed) !== null;
      return isDrifted
        ? "The code is of another time: let your device set its clock by itself"
        : "Enter the six digits that the app shows now";
    }
  }

  return { start, confirm };
}

function findStep(
  secret: Uint8Array,
  typed: { readonly code: string; readonly nowMs: number; readonly stepsEitherWay?: number },
): number | null {
  const { code, nowMs, stepsEitherWay = TIME_STEPS_EITHER_WAY } = typed;
  return findAppStep({ secret, code, nowStep: timeStepAt(nowMs), stepsEitherWay });
}

/** As people type it: in groups of four. */
function inGroups(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(" ");
}

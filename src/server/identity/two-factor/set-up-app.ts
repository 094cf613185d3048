// Sets up or resets the authenticator app: a new secret, then a code that proves it was scanned.
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
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { appSecretRow, putFactor, readFactors } from "../second-factor/factor-store.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { setupCodeWrong } from "./answer-factor-on.ts";
import { createSetupConfirmation } from "./confirm-set-up.ts";
import type { SetupCode } from "./confirm-set-up.ts";
import {
  countWrongSetupCode,
  deleteFactorSetup,
  putFactorSetup,
  readFactorSetup,
  setupSecretRow,
} from "./factor-setup-store.ts";
import type { FactorSetup } from "./factor-setup-store.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type AppSetups = {
  readonly start: (asking: Asking) => Promise<AppSetupAnswer>;
  readonly confirm: (asking: Asking, typed: string) => Promise<FactorOnAnswer>;
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

  async function secretBeingSetUp(read: ReadDatabase<Schema>, typed: SetupCode) {
    const setup = await readFactorSetup(read, typed);
    return setup === null ? null : secretOf(setup, typed.userId);
  }

  const confirm = createSetupConfirmation(parts, {
    method: "app",
    isRight: async (typed) => {
      const secret = await secretBeingSetUp(database.kysely, typed);
      return secret !== null && findStep(secret, typed) !== null;
    },
    take: async (trx, typed) => {
      const { userId, nowMs } = typed;
      const secret = await secretBeingSetUp(trx, typed);
      if (secret === null) return { kind: "ended" };
      const lastStep = findStep(secret, typed);
      if (lastStep === null) {
        const triesLeft = await countWrongSetupCode(trx, userId);
        if (triesLeft === 0) return { kind: "ended" };
        return setupCodeWrong(whyWrong(secret, typed), triesLeft);
      }
      const { app } = await readFactors(trx, userId);
      await deleteFactorSetup(trx, userId);
      const sealedSecret = keyRing.seal(secret, appSecretRow(userId));
      // INVARIANT: the code that proved it signs nobody in (RFC 6238, 5.2).
      await putFactor(trx, { userId, method: "app", sealedSecret, lastStep, setUpAtMs: nowMs });
      return { kind: "put", change: app === null ? "app-set-up" : "app-reset" };
    },
  });

  return { start, confirm };
}

function findStep(
  secret: Uint8Array,
  typed: { readonly code: string; readonly nowMs: number; readonly stepsEitherWay?: number },
): number | null {
  const { code, nowMs, stepsEitherWay = TIME_STEPS_EITHER_WAY } = typed;
  return findAppStep({ secret, code, nowStep: timeStepAt(nowMs), stepsEitherWay });
}

function whyWrong(secret: Uint8Array, typed: SetupCode): string {
  const isDrifted = findStep(secret, { ...typed, stepsEitherWay: DRIFT_STEPS_EITHER_WAY }) !== null;
  return isDrifted
    ? "The code is of another time: let your device set its clock by itself"
    : "Enter the six digits that the app shows now";
}

/** As people type it: in groups of four. */
function inGroups(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(" ");
}

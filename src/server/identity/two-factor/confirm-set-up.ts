// Takes the code that proves a set-up: once, in the session that began it, for every method alike.
import type { Transaction } from "kysely";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { afterFactorSetUp, prepareFirstBackupCodes } from "./after-factor-change.ts";
import { answerFactorOn, readSetupCode } from "./answer-factor-on.ts";
import type { SetupOutcome, SetupRefusal } from "./answer-factor-on.ts";
import { inSetupTurn } from "./in-setup-turn.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type SetupCode = {
  readonly userId: string;
  readonly sessionId: string;
  /** Six digits. */
  readonly code: string;
  readonly nowMs: number;
};

export type SetupMethod = {
  readonly method: "app" | "email";
  /** Uses nothing up and counts nothing: it only says whether slow work is worth beginning. */
  readonly isRight: (typed: SetupCode) => Promise<boolean>;
  /** Judges the code and puts the method in place, while the user's row is held. */
  readonly take: (
    trx: Transaction<Schema>,
    typed: SetupCode,
  ) => Promise<{ readonly kind: "put"; readonly change: FactorChange } | SetupRefusal>;
};

export function createSetupConfirmation(
  parts: TwoFactorParts,
  { method, isRight, take }: SetupMethod,
): (asking: Asking, typed: string) => Promise<FactorOnAnswer> {
  async function confirmInTurn(asking: Asking, open: OpenCheck, typed: SetupCode) {
    const { userId, nowMs } = typed;
    // Ten slow hashes are for who has the right code only.
    const prepared = (await isRight(typed)) ? await prepareFirstBackupCodes(parts, userId) : null;
    return parts.database.transaction(async (trx): Promise<SetupOutcome> => {
      await lockCodeCount(trx, userId);
      await holdProvedSession(trx, open, nowMs);
      const taken = await take(trx, typed);
      if (taken.kind !== "put") return taken;
      const place = parts.placeOf(asking.request.raw);
      const setUp = { open, method, change: taken.change, prepared, place, nowMs };
      return { kind: "on", after: await afterFactorSetUp(trx, parts, setUp) };
    });
  }

  return async function confirm(asking, typed) {
    const open = parts.openSessionOf(asking.request);
    const nowMs = parts.clock.nowMs();
    requireProof(open, nowMs);
    const { session, user } = open.session;
    const code = { userId: user.id, sessionId: session.id, code: readSetupCode(typed), nowMs };
    const outcome = await inSetupTurn(parts, open, () => confirmInTurn(asking, open, code));
    return answerFactorOn(parts, asking, outcome);
  };
}

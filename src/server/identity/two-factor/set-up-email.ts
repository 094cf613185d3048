// Sets up or resets e-mail codes: one is mailed to the user's own address and proves it is read.
import type { Transaction } from "kysely";
import type { EmailCodeAnswer } from "../../../api/second-factor-api.ts";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { hideEmail } from "../../../core/identity/hide-email.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findUserById } from "../../accounts/index.ts";
import { askForEmailCode } from "../email-codes/ask-for-email-code.ts";
import {
  isEmailCodeRight,
  judgeEmailCode,
  readEmailCodeTriesLeft,
} from "../email-codes/email-code-store.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { putFactor, readFactors } from "../second-factor/factor-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { afterFactorSetUp, prepareFirstBackupCodes } from "./after-factor-change.ts";
import { answerFactorOn, readSetupCode, setupCodeWrong } from "./answer-factor-on.ts";
import type { SetupOutcome } from "./answer-factor-on.ts";
import type { PreparedBackupCodes } from "./backup-code-store.ts";
import { inSetupTurn } from "./in-setup-turn.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type EmailSetups = {
  readonly start: (asking: Asking) => Promise<EmailCodeAnswer>;
  readonly confirm: (asking: Asking, typed: string) => Promise<FactorOnAnswer>;
};

type Confirming = {
  readonly open: OpenCheck;
  readonly code: string;
  readonly prepared: PreparedBackupCodes | null;
  readonly asking: Asking;
  readonly nowMs: number;
};

export function createEmailSetups(parts: TwoFactorParts): EmailSetups {
  const { database, clock, keyRing } = parts;

  async function start({ request }: Asking): Promise<EmailCodeAnswer> {
    const open = parts.openSessionOf(request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const place = parts.placeOf(request.raw);
    const email = await database.transaction(async (trx) => {
      const { userId } = useOf(open);
      await lockCodeCount(trx, userId);
      await holdProvedSession(trx, open, nowMs);
      // INVARIANT: to the address the store has, never to one that came with a request (row 94).
      const user = await findUserById(trx, userId);
      if (user === null) throw sessionProblem("session-ended");
      await askForEmailCode(trx, { ...useOf(open), to: user.email, place, nowMs });
      return user.email;
    });
    parts.wakeMails();
    return { sentTo: hideEmail(email), emailCode: { sentAt: null, expiresAt: null } };
  }

  async function confirm(asking: Asking, typed: string): Promise<FactorOnAnswer> {
    const open = parts.openSessionOf(asking.request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const code = readSetupCode(typed);
    const { userId } = useOf(open);
    const outcome = await inSetupTurn(parts, open, async () => {
      // Ten slow hashes are for who has the right code only.
      const guess = { ...useOf(open), code, nowMs, keyRing };
      const isRight = await isEmailCodeRight(database.kysely, guess);
      const prepared = isRight ? await prepareFirstBackupCodes(parts, userId) : null;
      const confirming = { open, code, prepared, asking, nowMs };
      return database.transaction((trx) => take(trx, confirming));
    });
    return answerFactorOn(parts, asking, outcome);
  }

  async function take(trx: Transaction<Schema>, confirming: Confirming): Promise<SetupOutcome> {
    const { open, code, prepared, asking, nowMs } = confirming;
    const use = useOf(open);
    const { userId } = use;
    await lockCodeCount(trx, userId);
    await holdProvedSession(trx, open, nowMs);
    const match = await judgeEmailCode(trx, { ...use, code, nowMs, keyRing });
    if (match !== "right") return refusal(trx, use, match === "wrong");
    const change = (await readFactors(trx, userId)).email === null ? "email-set-up" : "email-reset";
    await putFactor(trx, { userId, method: "email", setUpAtMs: nowMs });
    const place = parts.placeOf(asking.request.raw);
    const setUp = { open, method: "email", change, prepared, place, nowMs } as const;
    return { kind: "on", after: await afterFactorSetUp(trx, parts, setUp) };
  }

  return { start, confirm };
}

/** The fifth wrong code has voided the set-up, as its end in time does. */
async function refusal(
  trx: Transaction<Schema>,
  use: ReturnType<typeof useOf>,
  isWrong: boolean,
): Promise<SetupOutcome> {
  const triesLeft = isWrong ? await readEmailCodeTriesLeft(trx, use) : 0;
  if (triesLeft === 0) return { kind: "ended" };
  return setupCodeWrong("This code is wrong: enter the six digits of the newest mail", triesLeft);
}

function useOf(open: OpenCheck) {
  const { session, user } = open.session;
  return { userId: user.id, purpose: "set-up", sessionId: session.id } as const;
}

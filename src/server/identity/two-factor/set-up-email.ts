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
import type { EmailCodeUse } from "../email-codes/email-code-store.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { putFactor, readFactors } from "../second-factor/factor-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { setupCodeWrong } from "./answer-factor-on.ts";
import type { SetupRefusal } from "./answer-factor-on.ts";
import { createSetupConfirmation } from "./confirm-set-up.ts";
import type { SetupCode } from "./confirm-set-up.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

export type EmailSetups = {
  readonly start: (asking: Asking) => Promise<EmailCodeAnswer>;
  readonly confirm: (asking: Asking, typed: string) => Promise<FactorOnAnswer>;
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

  const confirm = createSetupConfirmation(parts, {
    method: "email",
    isRight: (typed) => isEmailCodeRight(database.kysely, guessOf(typed)),
    take: async (trx, typed) => {
      const { userId, nowMs } = typed;
      const match = await judgeEmailCode(trx, guessOf(typed));
      if (match !== "right") return refusal(trx, guessOf(typed), match === "wrong");
      const { email } = await readFactors(trx, userId);
      await putFactor(trx, { userId, method: "email", setUpAtMs: nowMs });
      return { kind: "put", change: email === null ? "email-set-up" : "email-reset" };
    },
  });

  function guessOf(typed: SetupCode) {
    return { ...typed, purpose: "set-up", keyRing } as const;
  }

  return { start, confirm };
}

/** The fifth wrong code has voided the set-up, as its end in time does. */
async function refusal(
  trx: Transaction<Schema>,
  use: EmailCodeUse,
  isWrong: boolean,
): Promise<SetupRefusal> {
  const triesLeft = isWrong ? await readEmailCodeTriesLeft(trx, use) : 0;
  if (triesLeft === 0) return { kind: "ended" };
  return setupCodeWrong("This code is wrong: enter the six digits of the newest mail", triesLeft);
}

function useOf(open: OpenCheck) {
  const { session, user } = open.session;
  return { userId: user.id, purpose: "set-up", sessionId: session.id } as const;
}

// Turns off the authenticator app or e-mail codes, unless the account requires the last method.
import type { ApiRequest } from "../../accounts/index.ts";
import { decideTurnOff } from "../../../core/identity/turn-off.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { deleteFactor, methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { afterFactorRemoved, finishFactorChange } from "./after-factor-change.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";
import type { TwoFactorParts } from "./two-factor-parts.ts";

/** INVARIANT: of two that race for the last two methods one is refused: the user's row decides. */
export async function turnOffMethod(
  parts: TwoFactorParts,
  request: ApiRequest,
  method: "app" | "email",
): Promise<void> {
  const open = parts.openSessionOf(request);
  const nowMs = parts.clock.nowMs();
  requireProof(open, nowMs);
  const { id: userId } = open.session.user;
  await parts.database.transaction(async (trx) => {
    await lockCodeCount(trx, userId);
    await holdProvedSession(trx, open, nowMs);
    const { person, policy } = await readPersonById(trx, userId);
    if (person === null) throw sessionProblem("session-ended");
    const factors = await readFactors(trx, userId);
    const decision = decideTurnOff({
      methods: methodsOf(factors),
      leaving: method,
      passkeys: factors.passkeys,
      rules: policy.twoFactor,
    });
    if (decision.reason === "method-off") throw twoFactorProblem("factor-not-on");
    if (decision.verdict === "refuse") throw twoFactorProblem("second-factor-required-by-account");
    await deleteFactor(trx, userId, method);
    const change = `${method}-turned-off` as const;
    const place = parts.placeOf(request.raw);
    const actor = person.user.email;
    await afterFactorRemoved(trx, parts, { person, change, actor, place, nowMs });
  });
  await finishFactorChange(parts);
}

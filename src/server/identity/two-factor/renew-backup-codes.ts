// Makes ten new backup codes; those before are void.
import type { ApiRequest } from "../../accounts/index.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { finishFactorChange } from "./after-factor-change.ts";
import { makeBackupCodes, prepareBackupCodes } from "./backup-code-store.ts";
import { inSetupTurn } from "./in-setup-turn.ts";
import { recordFactorChange } from "./record-factor-change.ts";
import { holdProvedSession, requireProof } from "./require-proof.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";
import type { TwoFactorParts } from "./two-factor-parts.ts";

export async function renewBackupCodes(
  parts: TwoFactorParts,
  request: ApiRequest,
): Promise<{ backupCodes: string[] }> {
  const { database } = parts;
  const open = parts.openSessionOf(request);
  const nowMs = parts.clock.nowMs();
  requireProof(open, nowMs);
  const { id: userId } = open.session.user;
  if (methodsOf(await readFactors(database.kysely, userId)).length === 0) {
    throw twoFactorProblem("second-factor-off");
  }
  const prepared = await inSetupTurn(parts, open, () => prepareBackupCodes(parts.hasher));
  const backupCodes = await database.transaction(async (trx) => {
    await lockCodeCount(trx, userId);
    await holdProvedSession(trx, open, nowMs);
    const { person } = await readPersonById(trx, userId);
    if (person === null) throw sessionProblem("session-ended");
    // Once more, as the last method may have been turned off while the codes were hashed.
    if (methodsOf(await readFactors(trx, userId)).length === 0) {
      throw twoFactorProblem("second-factor-off");
    }
    const codes = await makeBackupCodes(trx, userId, { prepared, nowMs });
    const place = parts.placeOf(request.raw);
    const actor = person.user.email;
    const change = "backup-codes-made";
    await recordFactorChange(trx, parts, { person, change, actor, place, nowMs });
    return codes;
  });
  await finishFactorChange(parts);
  return { backupCodes };
}

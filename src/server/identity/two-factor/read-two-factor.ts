// Collects everything that the page User settings, Two-factor shows.
import type { TwoFactorAnswer } from "../../../api/two-factor-api.ts";
import { codeStateAt } from "../../../core/identity/code-attempts.ts";
import { hideEmail } from "../../../core/identity/hide-email.ts";
import { isProofFresh } from "../../../core/identity/proof.ts";
import { PROOF_MS } from "../../../core/identity/second-factor.ts";
import { stageLastsMs } from "../../../core/identity/sign-in-stage.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { readCodeCount } from "../second-factor/code-count-store.ts";
import { readFactors } from "../second-factor/factor-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { readBackupCodesLeft } from "./backup-code-store.ts";
import { listOwnTrustedBrowsers } from "./own-trusted-browsers.ts";
import type { TwoFactorParts } from "./two-factor-parts.ts";

export async function readTwoFactor(
  parts: TwoFactorParts,
  request: ApiRequest,
): Promise<TwoFactorAnswer> {
  const { kysely } = parts.database;
  const open = parts.openSessionOf(request);
  const { user, policy } = open.session;
  const nowMs = parts.clock.nowMs();
  const { app, email } = await readFactors(kysely, user.id);
  const backupCodes = await readBackupCodesLeft(kysely, user.id);
  const codes = codeStateAt(await readCodeCount(kysely, user.id), nowMs);
  return {
    email: email === null ? null : { setUpAt: toTimeText(email.setUpAtMs) },
    app: app === null ? null : { setUpAt: toTimeText(app.setUpAtMs) },
    passkeys: await parts.passkeys.describe(user.id),
    passkeysRefusal: parts.passkeys.refusal,
    backupCodes:
      backupCodes === null
        ? null
        : { left: backupCodes.left, createdAt: toTimeText(backupCodes.createdAtMs) },
    trustedBrowsers: await listOwnTrustedBrowsers(parts, request),
    frequency: policy.twoFactor.frequency,
    isRequired: policy.twoFactor.required.enabled,
    provedUntil: toTimeOrNull(provedUntilMs(open, nowMs)),
    sentTo: hideEmail(user.email),
    attemptsLeft: codes.attemptsLeft,
    pausedUntil: toTimeOrNull(codes.pausedUntilMs),
    lockedUntil: toTimeOrNull(codes.lockedUntilMs),
    serverTime: toTimeText(nowMs),
  };
}

/** Where a sign-in sets up its first method, the sign-in itself is the proof. */
function provedUntilMs({ stage, session: { session } }: OpenCheck, nowMs: number): number | null {
  if (stage === "set-up-second-factor") return session.createdAtMs + stageLastsMs(stage);
  const { provedAtMs } = session;
  if (provedAtMs === null || !isProofFresh(provedAtMs, nowMs)) return null;
  return provedAtMs + PROOF_MS;
}

function toTimeOrNull(atMs: number | null): string | null {
  return atMs === null ? null : toTimeText(atMs);
}

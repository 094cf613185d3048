// Puts together what people do with their second factors, and what their admins do.
import type { ProofBody } from "../../../api/second-factor-api.ts";
import type { TwoFactorAnswer } from "../../../api/two-factor-api.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { distrustOwnBrowsers } from "./own-trusted-browsers.ts";
import { createProveAgain } from "./prove-again.ts";
import type { ProofAnswer } from "./prove-again.ts";
import { readTwoFactor } from "./read-two-factor.ts";
import { renewBackupCodes } from "./renew-backup-codes.ts";
import { resetUserFactors } from "./reset-user-factors.ts";
import type { FactorReset } from "./reset-user-factors.ts";
import { createAppSetups } from "./set-up-app.ts";
import type { AppSetups } from "./set-up-app.ts";
import { createEmailSetups } from "./set-up-email.ts";
import type { EmailSetups } from "./set-up-email.ts";
import { turnOffMethod } from "./turn-off-method.ts";
import type { Asking, TwoFactorHooks, TwoFactorParts } from "./two-factor-parts.ts";

export type TwoFactor = TwoFactorHooks & {
  readonly read: (request: ApiRequest) => Promise<TwoFactorAnswer>;
  readonly prove: (asking: Asking, body: ProofBody) => Promise<ProofAnswer>;
  readonly app: AppSetups;
  readonly email: EmailSetups;
  readonly turnOff: (request: ApiRequest, method: "app" | "email") => Promise<void>;
  readonly renewBackupCodes: (request: ApiRequest) => Promise<{ backupCodes: string[] }>;
  /** `browserId` null: all of them. */
  readonly distrust: (request: ApiRequest, browserId: string | null) => Promise<number>;
  readonly resetFor: (reset: FactorReset) => Promise<{ removed: FactorMethod[] }>;
};

export function createTwoFactor(parts: TwoFactorParts): TwoFactor {
  const { requireUser, requireManager, principalOf, userOf } = parts.accounts;
  return {
    requireUser,
    requireManager,
    principalOf,
    userOf,
    read: (request) => readTwoFactor(parts, request),
    prove: createProveAgain(parts),
    app: createAppSetups(parts),
    email: createEmailSetups(parts),
    turnOff: (request, method) => turnOffMethod(parts, request, method),
    renewBackupCodes: (request) => renewBackupCodes(parts, request),
    distrust: (request, browserId) => distrustOwnBrowsers(parts, request, browserId),
    resetFor: (reset) => resetUserFactors(parts, reset),
  };
}

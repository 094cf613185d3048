// Says which routes a sign-in that still asks for something may use.
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";

type HalfStage = Exclude<SignInStage, "none">;

type HalfFault =
  | "second-factor-required"
  | "password-change-required"
  | "second-factor-set-up-required";

const FAULTS: Readonly<Record<HalfStage, HalfFault>> = {
  "second-factor": "second-factor-required",
  "change-password": "password-change-required",
  "set-up-second-factor": "second-factor-set-up-required",
};

/**
 * INVARIANT: a list of what is open, so that a route that is new is closed (row 93). Who has only
 * the password learns not even the user's name and accounts.
 */
const OPEN_TO_HALF: Readonly<Record<HalfStage, ReadonlySet<string>>> = {
  "second-factor": new Set([
    "GET /api/v1/sign-in/second-factor",
    "POST /api/v1/sign-in/second-factor",
    "POST /api/v1/sign-in/second-factor/email-code",
    "POST /api/v1/sign-in/second-factor/passkey-options",
    "POST /api/v1/sign-in/second-factor/passkey",
    "POST /api/v1/sign-out",
  ]),
  "change-password": new Set([
    "GET /api/v1/me",
    "GET /api/v1/me/password-rules",
    "POST /api/v1/me/password",
    "POST /api/v1/sign-out",
  ]),
  "set-up-second-factor": new Set([
    "GET /api/v1/me",
    "GET /api/v1/me/two-factor",
    "POST /api/v1/me/two-factor/app",
    "POST /api/v1/me/two-factor/app/confirm",
    "POST /api/v1/me/two-factor/email",
    "POST /api/v1/me/two-factor/email/confirm",
    "POST /api/v1/me/passkeys/options",
    "POST /api/v1/me/passkeys",
    "POST /api/v1/sign-out",
  ]),
};

/** Why a request such as `GET /api/v1/me` is refused at this stage; null: it is not. */
export function faultOfHalf(stage: SignInStage, request: string): HalfFault | null {
  if (stage === "none" || OPEN_TO_HALF[stage].has(request)) return null;
  return FAULTS[stage];
}

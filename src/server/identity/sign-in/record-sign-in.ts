// Records a sign-in, or that its password was right and it waits for more.
import type { Transaction } from "kysely";
import type { EventKind } from "../../../api/journal-api.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import type { SessionMethod } from "../sessions/session-store.ts";

/** A new password is asked of somebody who is in; without a second factor nobody is, yet. */
const KINDS = {
  none: "sign-in",
  "change-password": "sign-in",
  "second-factor": "second-factor-asked",
  "set-up-second-factor": "second-factor-asked",
} as const satisfies Record<SignInStage, EventKind>;

export async function recordSignIn(
  trx: Transaction<Schema>,
  parts: Pick<IdentityParts, "recordEvent">,
  signedIn: {
    readonly userId: string;
    readonly email: string;
    readonly accountCode: string | null;
    readonly next: SignInStage;
    readonly method: SessionMethod;
    readonly reason: string;
    readonly place: PersonPlace;
    readonly nowMs: number;
  },
): Promise<void> {
  const { userId, next, method, nowMs } = signedIn;
  await parts.recordEvent(trx, {
    kind: KINDS[next],
    atMs: nowMs,
    userId,
    actor: signedIn.email,
    account: signedIn.accountCode,
    place: signedIn.place,
    reason: signedIn.reason,
    detail: { stage: next, method },
  });
}

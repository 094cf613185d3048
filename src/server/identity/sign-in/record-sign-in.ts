// Records a sign-in once it is whole, or that its password was right and it waits for more.
import type { Transaction } from "kysely";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import type { SessionMethod } from "../sessions/session-store.ts";

/** INVARIANT: one `sign-in` for each that becomes whole; whoever begins knows the password. */
export async function recordSignIn(
  trx: Transaction<Schema>,
  parts: Pick<IdentityParts, "recordEvent">,
  signedIn: {
    readonly userId: string;
    readonly email: string;
    readonly accountCode: string | null;
    readonly next: SignInStage;
    readonly method: SessionMethod;
    /** By which one; null: by none. */
    readonly providerId: string | null;
    readonly reason: string;
    readonly place: PersonPlace;
    readonly nowMs: number;
  },
): Promise<void> {
  const { userId, next, method, providerId, nowMs } = signedIn;
  await parts.recordEvent(trx, {
    kind: next === "none" ? "sign-in" : "sign-in-begun",
    atMs: nowMs,
    userId,
    actor: signedIn.email,
    account: signedIn.accountCode,
    place: signedIn.place,
    reason: signedIn.reason,
    detail: { stage: next, method, ...(providerId === null ? {} : { provider: providerId }) },
  });
}

// Opens the session of somebody who has just proved who they are, and remembers the browser.
import type { Transaction } from "kysely";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import { rememberBrowser } from "../sessions/browser-store.ts";
import { openSession } from "../sessions/session-store.ts";
import { endReplacedSession } from "./end-replaced-session.ts";

export type SignedIn = {
  readonly userId: string;
  readonly email: string;
  readonly accountCode: string | null;
  /** What is still asked for. */
  readonly next: SignInStage;
  readonly reason: string;
  readonly knownBrowserId: string | null;
  /** Of the session that this browser had. */
  readonly replacedToken: string | null;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type OpenedSession = {
  readonly sessionToken: string;
  /** Null for a half sign-in: the browser is known once it is whole. */
  readonly browserToken: string | null;
  /** Another session of this browser was ended: `followUserChanges` comes after the commit. */
  readonly hasReplaced: boolean;
};

export async function openSignedIn(
  trx: Transaction<Schema>,
  parts: Pick<IdentityParts, "recordEvent">,
  signedIn: SignedIn,
): Promise<OpenedSession> {
  const { userId, next, knownBrowserId, place, nowMs } = signedIn;
  const browser =
    next === "none"
      ? await rememberBrowser(trx, { userId, knownId: knownBrowserId, place, nowMs })
      : null;
  const { token } = await openSession(trx, {
    userId,
    stage: next,
    browserId: browser?.id ?? knownBrowserId,
    place,
    method: "password",
    nowMs,
  });
  await parts.recordEvent(trx, {
    kind: "sign-in",
    atMs: nowMs,
    userId,
    actor: signedIn.email,
    account: signedIn.accountCode,
    place,
    reason: signedIn.reason,
    detail: { stage: next },
  });
  return {
    sessionToken: token,
    browserToken: browser?.token ?? null,
    hasReplaced: await endReplacedSession(trx, signedIn.replacedToken, nowMs),
  };
}

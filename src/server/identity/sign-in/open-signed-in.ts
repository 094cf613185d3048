// Opens the session of somebody who has just proved who they are, and remembers the browser.
import type { Transaction } from "kysely";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import { rememberBrowser } from "../sessions/browser-store.ts";
import { openSession } from "../sessions/session-store.ts";
import type { SessionMethod } from "../sessions/session-store.ts";
import { endReplacedSession } from "./end-replaced-session.ts";
import { recordSignIn } from "./record-sign-in.ts";
import { noteSignedIn } from "./sign-in-store.ts";

export type SignedIn = {
  readonly userId: string;
  readonly email: string;
  readonly accountCode: string | null;
  /** What is still asked for. */
  readonly next: SignInStage;
  readonly method: SessionMethod;
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
  const { userId, next, method, knownBrowserId, place, nowMs } = signedIn;
  const browser =
    next === "none"
      ? await rememberBrowser(trx, { userId, knownId: knownBrowserId, place, nowMs })
      : null;
  if (next === "none") await noteSignedIn(trx, userId, nowMs);
  const { token } = await openSession(trx, {
    userId,
    stage: next,
    browserId: browser?.id ?? knownBrowserId,
    place,
    method,
    nowMs,
  });
  await recordSignIn(trx, parts, signedIn);
  return {
    sessionToken: token,
    browserToken: browser?.token ?? null,
    hasReplaced: await endReplacedSession(trx, signedIn.replacedToken, nowMs),
  };
}

// Opens the session of somebody who has just proved who they are, and remembers the browser.
import type { Transaction } from "kysely";
import type { UserAuthenticationRules as Rules } from "../../../core/identity/identity-policy.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { rememberBrowser } from "../sessions/browser-store.ts";
import { openSession } from "../sessions/session-store.ts";
import type { SessionMethod } from "../sessions/session-store.ts";
import type { CredentialParts } from "./credential-parts.ts";
import { endReplacedSession } from "./end-replaced-session.ts";
import { completeBind } from "../single-sign-on/complete-bind.ts";
import { recordSignIn } from "./record-sign-in.ts";
import type { Person } from "./read-person.ts";
import { noteSignedIn } from "./sign-in-store.ts";

export type SignedIn = {
  readonly userId: string;
  readonly email: string;
  readonly accountCode: string | null;
  /** What is still asked for. */
  readonly next: SignInStage;
  readonly method: SessionMethod;
  readonly reason: string;
  /** By which a provider has signed the person in. */
  readonly connection?: { readonly id: string; readonly providerId: string };
  /** What is connected with the person when the sign-in becomes whole. */
  readonly bind?: { readonly id: string; readonly person: Person; readonly rules: Rules };
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
  /** Mails may have been queued: `wakeMails` comes after the commit. */
  readonly isBindDone: boolean;
};

export async function openSignedIn(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent" | "isClockTrusted">,
  signedIn: SignedIn,
): Promise<OpenedSession> {
  const { userId, next, method, connection, bind, knownBrowserId, place, nowMs } = signedIn;
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
    connectionId: connection?.id ?? null,
    bindId: next === "none" ? null : (bind?.id ?? null),
    nowMs,
  });
  const providerId = connection?.providerId ?? null;
  await recordSignIn(trx, parts, { ...signedIn, providerId });
  const isBindDone = next === "none" && bind !== undefined;
  if (isBindDone) {
    const isKnownBrowser = knownBrowserId !== null;
    const at = { nowMs, isClockTrusted: parts.isClockTrusted(), isKnownBrowser };
    await completeBind(trx, parts, { ...bind, bindId: bind.id, at, place });
  }
  return {
    sessionToken: token,
    browserToken: browser?.token ?? null,
    hasReplaced: await endReplacedSession(trx, signedIn.replacedToken, nowMs),
    isBindDone,
  };
}

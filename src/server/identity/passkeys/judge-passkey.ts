// Judges what a browser sent: whose passkey has signed which challenge, for what.
import { readChallenge } from "../../../platform/webauthn/read-challenge.ts";
import { readRelyingParty } from "../../../platform/webauthn/relying-party.ts";
import type { RelyingParty } from "../../../platform/webauthn/relying-party.ts";
import { readCredentialId, verifyAssertion } from "../../../platform/webauthn/verify-assertion.ts";
import type { Assertion } from "../../../platform/webauthn/verify-assertion.ts";
import type { PasskeyParts } from "./passkey-parts.ts";
import { judgeChallenge, takeChallenge } from "./passkey-challenge.ts";
import type { ChallengePurpose, ChallengeUse } from "./passkey-challenge.ts";
import { passkeyProblem } from "./passkey-problem.ts";
import { findPasskey } from "./passkey-store.ts";
import type { StoredPasskey } from "./passkey-store.ts";
import { passkeysRefusal } from "./passkeys-refusal.ts";

/** For the journal only. */
export type PasskeyRefusalReason =
  | "challenge-not-ours"
  | "challenge-used"
  | "passkey-unknown"
  | "passkey-wrong"
  | "passkey-counter";

export type JudgedPasskey =
  | { readonly ok: true; readonly passkey: StoredPasskey; readonly assertion: Assertion }
  | {
      readonly ok: false;
      readonly reason: PasskeyRefusalReason;
      /** Whose passkey it says it is. */
      readonly userId: string | null;
    };

type JudgeParts = Pick<PasskeyParts, "database" | "keyRing" | "publicUrl" | "portalName">;

/** Throws `passkeys-unavailable` (409). */
export function relyingPartyOf(parts: Pick<JudgeParts, "publicUrl" | "portalName">): RelyingParty {
  const reading = readRelyingParty(parts.publicUrl, parts.portalName);
  if (reading.ok) return reading.party;
  const detail = passkeysRefusal(parts.publicUrl);
  throw passkeyProblem("passkeys-unavailable", detail === null ? {} : { detail });
}

/**
 * Which challenge a response answers; null unless it is ours, for this purpose and session, in time
 * and was not answered before. Whatever comes of it, it is used up.
 */
export async function takeChallengeOf(
  parts: Pick<JudgeParts, "database" | "keyRing">,
  response: Readonly<Record<string, unknown>>,
  at: ChallengeUse & { readonly nowMs: number },
): Promise<
  | { readonly ok: true; readonly challenge: string }
  | { readonly ok: false; readonly reason: "challenge-not-ours" | "challenge-used" }
> {
  const challenge = readChallenge(response);
  const expiresAtMs = challenge === null ? null : judgeChallenge(parts.keyRing, challenge, at);
  if (challenge === null || expiresAtMs === null)
    return { ok: false, reason: "challenge-not-ours" };
  const isFirst = await parts.database.transaction((trx) =>
    takeChallenge(trx, challenge, expiresAtMs),
  );
  return isFirst ? { ok: true, challenge } : { ok: false, reason: "challenge-used" };
}

export type PasskeyJudgement = {
  readonly purpose: Exclude<ChallengePurpose, "register">;
  readonly sessionId: string;
  /** Null: whoever's it is. */
  readonly userId: string | null;
  readonly response: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
};

/** The counter is still to be compared, by `notePasskeyUse` in the transaction that lets in. */
export async function judgePasskey(
  parts: JudgeParts,
  wanted: PasskeyJudgement,
): Promise<JudgedPasskey> {
  const { userId, response } = wanted;
  const party = relyingPartyOf(parts);
  const taken = await takeChallengeOf(parts, response, wanted);
  if (!taken.ok) return { ...taken, userId };
  const credentialId = readCredentialId(response);
  const passkey =
    credentialId === null ? null : await findPasskey(parts.database.kysely, credentialId);
  if (passkey === null || (userId !== null && passkey.userId !== userId)) {
    return { ok: false, reason: "passkey-unknown", userId };
  }
  const { challenge } = taken;
  const { publicKey } = passkey;
  const assertion = await verifyAssertion({
    party,
    challenge,
    response,
    credentialId: passkey.credentialId,
    publicKey,
  });
  if (assertion === null || !isOwner(assertion, passkey, userId)) {
    return { ok: false, reason: "passkey-wrong", userId: passkey.userId };
  }
  return { ok: true, passkey, assertion };
}

/**
 * WebAuthn Level 3, 7.2, step 6: where nobody was known before, the authenticator has to say whose
 * passkey it is; elsewhere it may.
 */
function isOwner(assertion: Assertion, passkey: StoredPasskey, userId: string | null): boolean {
  return (assertion.userId ?? userId) === passkey.userId;
}

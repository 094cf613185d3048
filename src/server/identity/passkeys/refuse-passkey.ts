// Records a passkey that was refused: its event, and its offence.
import { createHmac, randomBytes } from "node:crypto";
import type { UserStateReason } from "../../../core/identity/user-state.ts";
import { readChallenge } from "../../../platform/webauthn/read-challenge.ts";
import { readCredentialId } from "../../../platform/webauthn/verify-assertion.ts";
import { findUserById } from "../../accounts/index.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { networkOf } from "../sign-in/network-of.ts";
import { createSeldom } from "../sign-in/seldom.ts";
import type { PasskeyRefusalReason } from "./judge-passkey.ts";
import type { PasskeyParts } from "./passkey-parts.ts";

export type RefusedPasskey = {
  readonly kind: "sign-in-refused" | "second-factor-refused";
  readonly reason: PasskeyRefusalReason | UserStateReason;
  /** Null: nobody knows whose it is. */
  readonly userId: string | null;
  readonly response: Readonly<Record<string, unknown>>;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type RefusePasskey = (refused: RefusedPasskey) => Promise<void>;

/** Of one address within a minute, so that a flood cannot push everything else out. */
const UNKNOWN_EVENTS_MAX = 1;
const KNOWN_EVENTS_MAX = 10;

export function createPasskeyRefusal(parts: PasskeyParts): RefusePasskey {
  const offenceKey = randomBytes(32);
  const noted = createSeldom();

  async function record(refused: RefusedPasskey): Promise<void> {
    const { kind, reason, userId, place, nowMs } = refused;
    const key = `${userId ?? ""} ${networkOf(place)} ${reason}`;
    const countMax = userId === null ? UNKNOWN_EVENTS_MAX : KNOWN_EVENTS_MAX;
    if (!noted.take(key, countMax, nowMs)) return;
    await parts.database.transaction(async (trx) => {
      const user = userId === null ? null : await findUserById(trx, userId);
      await parts.recordEvent(trx, {
        kind,
        atMs: nowMs,
        userId: user?.id ?? null,
        actor: null,
        place,
        reason,
        detail: user === null ? { method: "passkey" } : { method: "passkey", email: user.email },
      });
    });
  }

  /** One answer that is sent again is one attempt. */
  function attemptOf(response: RefusedPasskey["response"]): string {
    const tried = `${readCredentialId(response) ?? ""}\n${readChallenge(response) ?? ""}`;
    return createHmac("sha256", offenceKey).update(tried, "utf8").digest("hex");
  }

  return async function refusePasskey(refused) {
    await record(refused);
    // Who was let down by their own state has guessed nothing, as with a right password.
    if (refused.reason.startsWith("user-") || refused.reason === "password-missing") return;
    await parts.reportOffence({
      address: refused.place.address,
      kind: "second-factor",
      attempt: attemptOf(refused.response),
    });
  };
}

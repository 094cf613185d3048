// Why a sign-in was refused, in words for the person whose address was tried.

const WORDS: Readonly<Record<string, string>> = {
  "password-wrong": "Wrong password",
  "user-locked": "Refused: locked",
  "user-disabled": "Refused: disabled",
  "user-dormant": "Refused: away for too long",
  "password-missing": "Refused: no password chosen yet",
  "count-over": "Refused: locked",
  "code-wrong": "Wrong code",
  "code-replayed": "Code used before",
  "code-expired": "Code too old",
  "code-not-sent": "Wrong code: none was sent",
  "code-drifted": "Code of another time",
  "codes-paused": "Refused: codes paused",
  "codes-locked": "Refused: codes locked",
  "challenge-not-ours": "Passkey refused",
  "challenge-used": "Passkey refused: used before",
  "passkey-unknown": "Passkey refused: unknown",
  "passkey-wrong": "Passkey refused",
  "passkey-counter": "Passkey refused: perhaps a copy",
  "wrong-codes": "Codes locked: five wrong ones",
};

/** Codes that have no words yet are still better than none. */
export function describeSignInReason(reason: string): string {
  return WORDS[reason] ?? `Refused: ${reason.replaceAll("-", " ")}`;
}

/** Somebody knew the password, and went no further. */
export const ASKED_WORDS = "Right password, not finished";

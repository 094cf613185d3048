// Why a sign-in was refused, in words for the person whose address was tried.

const WORDS: Readonly<Record<string, string>> = {
  "password-wrong": "Wrong password",
  "user-locked": "Refused: locked",
  "user-disabled": "Refused: disabled",
  "user-dormant": "Refused: away for too long",
  "password-missing": "Refused: no password chosen yet",
  "count-over": "Refused: locked",
};

/** Codes that have no words yet are still better than none. */
export function describeSignInReason(reason: string): string {
  return WORDS[reason] ?? `Refused: ${reason.replaceAll("-", " ")}`;
}

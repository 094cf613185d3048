// What came of a sign-in, in words for the person whose address was tried.
import type { SignInEventListAnswer } from "../../../api/sessions-api.ts";

/** Codes that have no words yet are still better than none. */
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
  "provider-off": "Refused: provider turned off",
  "tenant-refused": "Refused: organisation not let in",
  "issuer-differs": "Refused: the provider is another one now",
  "user-not-theirs": "Refused: provider of another account",
  "identity-unknown": "Refused: not connected any more",
  "connection-exists": "Right password, but connected with another account there",
  "bind-ended": "Right password, but too late to connect",
};

export type SignInWords = { readonly tone: "good" | "warn"; readonly words: string };

/** What happened, and by which provider where it was by one. */
export function describeSignIn(
  event: Pick<SignInEventListAnswer["signIns"][number], "outcome" | "reason" | "provider">,
): SignInWords {
  const { outcome, reason, provider } = event;
  switch (outcome) {
    case "signed-in":
      return { tone: "good", words: provider === null ? "Signed in" : `Signed in by ${provider}` };
    case "asked":
      // Somebody knew the password, or was signed in at the provider, and went no further.
      return {
        tone: "warn",
        words: provider === null ? "Right password, not finished" : `By ${provider}, not finished`,
      };
    case "refused": {
      const words = WORDS[reason] ?? `Refused: ${reason.replaceAll("-", " ")}`;
      return { tone: "warn", words: provider === null ? words : `${words} (${provider})` };
    }
    default:
      return outcome satisfies never;
  }
}

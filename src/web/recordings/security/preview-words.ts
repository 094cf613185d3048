// Why somebody may hear a recording or not, in a few words; the reasons of the decision.
import type { PreviewedVisitor } from "../../../api/audio-download-api.ts";
import type { RecordingReason } from "../../../core/recordings/decide-recording.ts";

const REASON_WORDS: Readonly<Record<RecordingReason, string>> = {
  "access-unrestricted": "no restrictions",
  "address-not-whitelisted": "address not on the whitelist",
  "sign-in-unfinished": "sign-in not finished",
  "session-missing": "not signed in",
  "number-not-shareable": "number not marked shareable, and not signed in",
  "recording-unknown": "no such recording",
  "account-not-theirs": "not a user of the account",
  "number-not-granted": "not granted the number",
  "address-whitelisted": "address on the whitelist",
  "number-open-to-user": "signed in, and granted the number",
};

/** A reason that this page does not know is shown as it is. */
export function describeReason(reason: string): string {
  return REASON_WORDS[reason as RecordingReason] ?? reason;
}

type Named = Pick<PreviewedVisitor, "email" | "isYou">;

/** `isYou` holds for everybody at one's address too; a colleague there has a name of their own. */
export function isMyself({ email, isYou }: Named, myEmail: string): boolean {
  return isYou && (email === null || email === myEmail);
}

export function nameVisitor(visitor: Named, myEmail: string): string {
  const name = visitor.email ?? "Nobody signed in";
  return isMyself(visitor, myEmail) ? `${name} (you)` : name;
}

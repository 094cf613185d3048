// Why somebody who was signed in is not any more: the words that travel between pages and tabs.

export const END_REASONS = [
  "signed-out",
  "idle",
  "ended",
  /** A sign-in that was not finished in time, or ended before it was. */
  "unfinished",
  /** Five wrong codes. */
  "codes-locked",
  "user-locked",
  "user-dormant",
  "user-disabled",
  "missing",
] as const;
export type EndReason = (typeof END_REASONS)[number];

export function isEndReason(value: unknown): value is EndReason {
  return (END_REASONS as readonly unknown[]).includes(value);
}

/** Of the problem's code; what is not known says that nobody is signed in. */
export function endReasonOf(code: string): EndReason {
  if (isEndReason(code)) return code;
  if (code === "sign-in-ended") return "codes-locked";
  if (code.startsWith("password-")) return "user-locked";
  if (code.includes("idle")) return "idle";
  return /ended|revoked|expired|closed/.test(code) ? "ended" : "missing";
}

/** Only signing in again is not enough then. */
export function isShutOut(why: EndReason): boolean {
  return why.startsWith("user-") || why === "codes-locked";
}

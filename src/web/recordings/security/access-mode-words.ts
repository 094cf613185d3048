// The five access modes as people read them: the guide's names, what each means, what is advised.
import type { AccessMode } from "../../../core/recordings/audio-policy.ts";

export type AccessModeWords = {
  readonly mode: AccessMode;
  /** As the guide calls it. */
  readonly label: string;
  readonly sentence: string;
  /** What the guide says against it; null where it has nothing against it. */
  readonly advice: string | null;
};

/** In the guide's order ("Audio Download", Access Control). */
export const ACCESS_MODE_WORDS: readonly AccessModeWords[] = [
  {
    mode: "no-restrictions",
    label: "No security restrictions",
    sentence: "Anyone who has the link of a recording hears it, without signing in.",
    advice:
      "Recordings can hold personal information, and e-mails are forwarded: a third party who " +
      "gets the link can listen. At least User authentication is recommended.",
  },
  {
    mode: "ip-whitelist",
    label: "IP whitelist",
    sentence:
      "Only from the addresses below, and there without a password. Everybody else is refused.",
    advice: null,
  },
  {
    mode: "user-authentication",
    label: "User authentication",
    sentence:
      "Only who is signed in. Others get the sign-in page first, and then the recording plays.",
    advice: null,
  },
  {
    mode: "whitelist-and-user",
    label: "Both IP whitelist AND user authentication",
    sentence:
      "Only who is signed in and at one of the addresses below: for when some users of a larger " +
      "office should listen. Elsewhere there is no sign-in page either.",
    advice: null,
  },
  {
    mode: "whitelist-or-user",
    label: "Either IP whitelist OR user authentication",
    sentence:
      "At the addresses below without a password, from anywhere else by signing in: for an " +
      "office with people who also work away from it.",
    advice: null,
  },
];

export function nameOfMode(mode: AccessMode): string {
  return ACCESS_MODE_WORDS.find((words) => words.mode === mode)?.label ?? mode;
}

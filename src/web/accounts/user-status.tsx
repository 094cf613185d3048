// A user's status as a sign and a word.
import { StatusMark } from "../shell/status-mark.tsx";
import type { StatusTone } from "../shell/status-tone.ts";
import { STATUS_WORDS } from "./user-words.ts";
import type { SignInStatus } from "./user-words.ts";

const TONES: Readonly<Record<SignInStatus, StatusTone>> = {
  active: "good",
  invited: "quiet",
  locked: "warn",
  dormant: "warn",
  disabled: "bad",
};

export function UserStatus({ status }: { readonly status: SignInStatus }) {
  return <StatusMark tone={TONES[status]}>{STATUS_WORDS[status].name}</StatusMark>;
}

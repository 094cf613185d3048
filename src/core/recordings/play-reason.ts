// Tells by its reason whether a recording was played or not.
import type { RecordingReason } from "./decide-recording.ts";

type PlayReason = "access-unrestricted" | "address-whitelisted" | "number-open-to-user";

const PLAYS: { readonly [reason in RecordingReason]: reason extends PlayReason ? true : false } = {
  "access-unrestricted": true,
  "address-whitelisted": true,
  "number-open-to-user": true,
  "address-not-whitelisted": false,
  "sign-in-unfinished": false,
  "session-missing": false,
  "number-not-shareable": false,
  "recording-unknown": false,
  "account-not-theirs": false,
  "number-not-granted": false,
};

export function isPlayReason(reason: RecordingReason): reason is PlayReason {
  return PLAYS[reason];
}

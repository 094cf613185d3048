// Turns what was decided about a recording into a refusal: its status, and what is written down.

import type { Decision } from "../../core/decision.ts";
import type { RecordingReason, RecordingVerdict } from "../../core/recordings/decide-recording.ts";
import { isPlayReason } from "../../core/recordings/play-reason.ts";
import type { FoundRecording } from "../recordings/index.ts";
import type { LaterRefusal } from "./later-refusal.ts";
import { fingerprintOf } from "./play-of-request.ts";
import type { Asker } from "./recording-facts.ts";

/** Of everybody who looks; a program gets 401 in place of 302. */
export const RECORDING_STATUSES = { play: 200, "sign-in": 302, refuse: 403, absent: 404 } as const;

export function recordingRefusalOf(
  { verdict, reason, steps }: Decision<RecordingVerdict, RecordingReason>,
  of: {
    readonly recording: FoundRecording | null;
    readonly asker: Asker;
    readonly isNavigation: boolean;
  },
): LaterRefusal {
  const { recording, asker, isNavigation } = of;
  // The core plays where one of these holds, and only where there is a recording.
  if (verdict === "play" || isPlayReason(reason)) throw new Error(`refused for ${reason}`);
  const status = RECORDING_STATUSES[verdict];
  return {
    status: status === 302 && !isNavigation ? 401 : status,
    reason,
    // Whoever has to sign in is nothing to write down; every visit begins so.
    isRecorded: verdict !== "sign-in",
    owner: recording === null ? "platform" : recording.accountId,
    ruleId: ruleIdOf(verdict, recording),
    steps,
    detail: { recordingId: recording?.id ?? null, userId: userIdOf(asker) },
  };
}

let absences = 0;

/**
 * INVARIANT: no two answers of 404 share a decision while the journal has room: two that did would
 * be two for the same reason, and so tell which link there is (attack row 128).
 */
function ruleIdOf(verdict: RecordingVerdict, recording: FoundRecording | null): number {
  if (verdict === "absent") {
    absences = (absences + 1) % Number.MAX_SAFE_INTEGER;
    return absences;
  }
  return recording === null ? 0 : fingerprintOf(recording.id).low;
}

function userIdOf(asker: Asker): string | null {
  switch (asker.kind) {
    case "nobody":
      return null;
    case "unfinished":
      return asker.userId;
    case "user":
      return asker.user.id;
    default:
      return asker satisfies never;
  }
}

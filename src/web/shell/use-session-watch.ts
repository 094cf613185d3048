// Follows the session while the console is open: its end, its idle end, and the other tabs.
import { useEffect } from "react";
import { answerOf, api } from "../api/api.ts";
import { onTouch } from "../api/page-touch.ts";
import { onSessionSignal } from "../api/session-signals.ts";
import { onTabMessage, tellTabs } from "./session-channel.ts";
import {
  onSessionState,
  readSessionState,
  setIdleEnd,
  setIdleEndMs,
  setServerTime,
} from "./session-state.ts";

/** Two minutes before the end people are asked (SPEC 3.3). */
export const WARNED_MS = 120_000;
const REPORTED_EVERY_MS = 60_000;
/** Ends that differ by less come from the same activity. */
const SAME_END_MS = 1_000;

/** Idle ends come with every answer, also on pages outside the console. */
export function followIdleEnds(): void {
  let toldEndMs: number | null = null;
  onSessionSignal((signal) => {
    if (signal.kind === "idle-end") setIdleEnd(signal.idleEndsAt);
  });
  onTabMessage((message) => {
    if (message.kind !== "activity" || message.userId !== readSessionState().userId) return;
    toldEndMs = message.idleEndsAtMs;
    setIdleEndMs(message.idleEndsAtMs);
  });
  onSessionState(() => {
    const { userId, idleEndsAtMs } = readSessionState();
    if (userId === null || Math.abs((idleEndsAtMs ?? 0) - (toldEndMs ?? 0)) < SAME_END_MS) return;
    toldEndMs = idleEndsAtMs;
    tellTabs({ kind: "activity", userId, idleEndsAtMs });
  });
}

export async function staySignedIn(): Promise<void> {
  const { serverTime, idleEndsAt } = await answerOf(api.POST("/api/v1/me/activity"));
  setServerTime(serverTime);
  setIdleEnd(idleEndsAt);
}

/** Says at most once a minute that somebody is here, and not while that is being asked. */
export function useActivityReports(): void {
  useEffect(() => {
    let reportedAtMs = Date.now();
    return onTouch(() => {
      const { idleEndsAtMs } = readSessionState();
      if (idleEndsAtMs === null || idleEndsAtMs - Date.now() < WARNED_MS) return;
      if (Date.now() - reportedAtMs < REPORTED_EVERY_MS) return;
      reportedAtMs = Date.now();
      // What fails here is told by the page's next request.
      staySignedIn().catch(() => undefined);
    });
  }, []);
}

// What this tab knows of the session: whose it is and when it ends without activity.
import { useSyncExternalStore } from "react";

export type SessionState = {
  readonly userId: string | null;
  /** On this browser's clock; null: never, or not known. */
  readonly idleEndsAtMs: number | null;
};

let state: SessionState = { userId: null, idleEndsAtMs: null };
/** Server's clock minus ours: a browser's clock may be minutes off. */
let clockOffsetMs = 0;
const listeners = new Set<() => void>();

function setState(next: SessionState): void {
  if (next.userId === state.userId && next.idleEndsAtMs === state.idleEndsAtMs) return;
  state = next;
  for (const listener of listeners) listener();
}

export function readSessionState(): SessionState {
  return state;
}

export function onSessionState(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useSessionState(): SessionState {
  return useSyncExternalStore(onSessionState, readSessionState);
}

export function setServerTime(serverTime: string): void {
  clockOffsetMs = Date.parse(serverTime) - Date.now();
}

export function setSignedInUser(userId: string, idleEndsAt: string | null): void {
  setState({ userId, idleEndsAtMs: toOwnClock(idleEndsAt) });
}

/** @param idleEndsAt on the server's clock */
export function setIdleEnd(idleEndsAt: string | null): void {
  setState({ ...state, idleEndsAtMs: toOwnClock(idleEndsAt) });
}

/** Another tab of the same browser has the same clock. */
export function setIdleEndMs(idleEndsAtMs: number | null): void {
  setState({ ...state, idleEndsAtMs });
}

export function forgetSignedInUser(): void {
  setState({ userId: null, idleEndsAtMs: null });
}

/** An instant of the server on this browser's clock, for what counts down. */
export function ownInstantMs(serverTime: string): number {
  return Date.parse(serverTime) - clockOffsetMs;
}

function toOwnClock(serverTime: string | null): number | null {
  if (serverTime === null) return null;
  // Whatever says that it does not end is no time.
  const atMs = Date.parse(serverTime);
  return Number.isNaN(atMs) ? null : atMs - clockOffsetMs;
}

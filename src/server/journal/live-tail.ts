// Tells listeners of new and changed events as they are written.
import type { JournalEvent } from "./journal-event.ts";

export type TailListener = {
  /** Must not throw and must not wait; a listener that falls behind drops out by itself. */
  readonly onEvents: (events: readonly JournalEvent[]) => void;
  /** The process stops: nothing more will come. */
  readonly onEnd?: () => void;
};

export type LiveTail = {
  /** Returns how to stop listening, or null when there are as many listeners as accepted. */
  readonly subscribe: (listener: TailListener) => (() => void) | null;
  readonly publish: (events: readonly JournalEvent[]) => void;
  readonly endAll: () => void;
  readonly listeners: () => number;
};

/** Of one flush; under a flood the rest is found by asking for the list. */
const PUBLISHED_MAX = 500;

export function createLiveTail(listenersMax = 50): LiveTail {
  const listeners = new Set<TailListener>();

  function subscribe(listener: TailListener): (() => void) | null {
    if (listeners.size >= listenersMax) return null;
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  function publish(events: readonly JournalEvent[]): void {
    if (events.length === 0) return;
    const told = events.slice(0, PUBLISHED_MAX);
    for (const listener of listeners) listener.onEvents(told);
  }

  function endAll(): void {
    for (const listener of listeners) {
      listeners.delete(listener);
      listener.onEnd?.();
    }
  }

  return { subscribe, publish, endAll, listeners: () => listeners.size };
}

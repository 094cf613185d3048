// Tells listeners of new and changed events as they are written.
import type { EventFollowers } from "./follow-events.ts";
import type { JournalEvent } from "./journal-event.ts";

export type TailListener = {
  /**
   * Must not throw and must not wait.
   * @param again ids of those that were told before and have only been counted further
   */
  readonly onEvents: (events: readonly JournalEvent[], again: ReadonlySet<string>) => void;
};

export type LiveTail = {
  /** For parts of this process. Returns how to stop listening. */
  readonly subscribe: (listener: TailListener) => () => void;
  readonly publish: (events: readonly JournalEvent[], again?: ReadonlySet<string>) => void;
  readonly isHeard: () => boolean;
};

const NOTHING_TOLD: ReadonlySet<string> = new Set();

/** `followers`: the clients, who are told besides the listeners. */
export function createLiveTail(followers: Omit<EventFollowers, "follow">): LiveTail {
  const listeners = new Set<TailListener>();

  function subscribe(listener: TailListener): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  function publish(
    events: readonly JournalEvent[],
    again: ReadonlySet<string> = NOTHING_TOLD,
  ): void {
    if (events.length === 0) return;
    for (const listener of listeners) listener.onEvents(events, again);
    followers.publish(events);
  }

  return { subscribe, publish, isHeard: () => listeners.size > 0 || followers.isFollowed() };
}

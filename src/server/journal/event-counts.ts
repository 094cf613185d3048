// How many events of each kind and reason this process has written, for the metrics.
import type { JournalEvent } from "./journal-event.ts";

export type EventCount = {
  readonly kind: string;
  /** '' where the event has none. */
  readonly reason: string;
  readonly count: number;
};

export type EventCounts = {
  readonly add: (event: Pick<JournalEvent, "kind" | "reason">) => void;
  readonly read: () => readonly EventCount[];
};

/** Reasons are codes from closed lists; this many of a kind are more than there are. */
const REASONS_MAX = 100;

/** INVARIANT: bounded, whatever reasons events are given. */
export function createEventCounts(): EventCounts {
  const byKind = new Map<string, Map<string, number>>();

  function add({ kind, reason }: Pick<JournalEvent, "kind" | "reason">): void {
    const byReason = byKind.get(kind) ?? new Map<string, number>();
    byKind.set(kind, byReason);
    const given = reason ?? "";
    const known = byReason.has(given) || byReason.size < REASONS_MAX ? given : "other";
    byReason.set(known, (byReason.get(known) ?? 0) + 1);
  }

  function read(): readonly EventCount[] {
    return [...byKind].flatMap(([kind, byReason]) =>
      Array.from(byReason, ([reason, count]) => ({ kind, reason, count })),
    );
  }

  return { add, read };
}

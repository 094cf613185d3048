// The list of events with what came live since it was read: new rows above, known rows in place.
import type { EventAnswer } from "../../api/journal-api.ts";

export type LiveEvents = {
  /** As they were told last; a row that counts on is told again. */
  readonly told: ReadonlyMap<string, EventAnswer>;
  /** Ids of rows above those that were read, the newest first. */
  readonly above: readonly string[];
  /** New ones that wait until somebody asks for them, the newest first. */
  readonly waiting: readonly string[];
};

export const NO_LIVE_EVENTS: LiveEvents = { told: new Map(), above: [], waiting: [] };

/** So many are kept; the list is read anew after that. */
export const LIVE_MAX = 500;

/**
 * @param known ids of the rows that were read
 * @param isHeld new rows wait: whoever reads is not to lose the line
 */
export function takeEvents(
  live: LiveEvents,
  events: readonly EventAnswer[],
  at: { readonly known: ReadonlySet<string>; readonly isHeld: boolean },
): LiveEvents {
  const told = new Map(live.told);
  const seen = new Set([...live.above, ...live.waiting]);
  const fresh: string[] = [];
  for (const event of events) {
    told.set(event.id, event);
    if (at.known.has(event.id) || seen.has(event.id)) continue;
    seen.add(event.id);
    fresh.unshift(event.id);
  }
  if (at.isHeld) return { ...live, told, waiting: [...fresh, ...live.waiting] };
  return { told, above: [...fresh, ...live.waiting, ...live.above], waiting: [] };
}

export function showWaiting(live: LiveEvents): LiveEvents {
  return { ...live, above: [...live.waiting, ...live.above], waiting: [] };
}

export function isOverfull({ told }: LiveEvents): boolean {
  return told.size > LIVE_MAX;
}

/** The rows to show: each once, and as it was told last. */
export function mergeEvents(
  live: LiveEvents,
  read: readonly EventAnswer[],
): readonly EventAnswer[] {
  const above = live.above.flatMap((id) => live.told.get(id) ?? []);
  const aboveIds = new Set(live.above);
  const below = read.filter(({ id }) => !aboveIds.has(id));
  return [...above, ...below.map((event) => latestOf(event, live.told.get(event.id)))];
}

/** How many wait; one that the list was read with since is there already. */
export function waitingCount(live: LiveEvents, read: readonly EventAnswer[]): number {
  const readIds = new Set(read.map(({ id }) => id));
  return live.waiting.filter((id) => !readIds.has(id)).length;
}

/** A list that was read after the tail told of a row knows more of it. */
function latestOf(read: EventAnswer, told: EventAnswer | undefined): EventAnswer {
  return told !== undefined && told.count >= read.count ? told : read;
}

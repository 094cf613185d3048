// The list of events as it was read, and what the server tells of them while the page is open.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { EventAnswer } from "../../api/journal-api.ts";
import { useEventStream } from "../api/use-event-stream.ts";
import type { StreamState } from "../api/use-event-stream.ts";
import { canFollow } from "./activity-filter.ts";
import type { ActivityFilter } from "./activity-filter.ts";
import { eventsQuery, tailPath } from "./activity-queries.ts";
import { KIND_WORDS } from "./event-words.ts";
import {
  isOverfull,
  mergeEvents,
  NO_LIVE_EVENTS,
  showWaiting,
  takeEvents,
  waitingCount,
} from "./live-events.ts";

const KINDS = Object.keys(KIND_WORDS);

/** Under a flood the page is drawn a few times a second, not for each event. */
const TAKEN_EVERY_MS = 250;

function useEventsQuery(filter: ActivityFilter) {
  return useInfiniteQuery(eventsQuery(filter));
}

export type LiveEventList = {
  readonly query: ReturnType<typeof useEventsQuery>;
  readonly rows: readonly EventAnswer[];
  /** New ones that are not among the rows yet. */
  readonly waiting: number;
  readonly showWaiting: () => void;
  /** Null: the time that is looked at is over. */
  readonly stream: StreamState | null;
  readonly setPaused: (isPaused: boolean) => void;
};

/** @param isHeld asked when events come: new rows then wait, so that no line moves away */
export function useLiveEvents(filter: ActivityFilter, isHeld: () => boolean): LiveEventList {
  const query = useEventsQuery(filter);
  const [live, setLive] = useState(NO_LIVE_EVENTS);
  const [isPaused, setPaused] = useState(false);
  const [follows] = useState(() => canFollow(filter, Date.now()));
  const { refetch } = query;
  const read = query.data?.pages.flatMap(({ events }) => events) ?? [];
  const known = useRef<ReadonlySet<string>>(new Set());
  known.current = new Set(read.map(({ id }) => id));

  const readAnew = useCallback((): void => {
    setLive(NO_LIVE_EVENTS);
    void refetch();
  }, [refetch]);

  const take = useGathered((events: readonly EventAnswer[]) => {
    const at = { known: known.current, isHeld: isHeld() };
    setLive((before) => takeEvents(before, events, at));
  });
  const stream = useEventStream({
    path: follows ? tailPath(filter) : null,
    on: Object.fromEntries(KINDS.map((kind) => [kind, take as (data: unknown) => void])),
    onReopened: readAnew,
    onRefused: () => void refetch(),
    isPaused,
  });

  const isTooMany = isOverfull(live);
  useEffect(() => {
    if (isTooMany) readAnew();
  }, [isTooMany, readAnew]);

  return {
    query,
    rows: mergeEvents(live, read),
    waiting: waitingCount(live, read),
    showWaiting: () => setLive(showWaiting),
    stream: follows ? stream : null,
    setPaused: (paused) => {
      setPaused(paused);
      if (!paused) readAnew();
    },
  };
}

/** Gathers what comes one by one, and hands it on a few times a second. */
function useGathered<Item>(handOn: (items: readonly Item[]) => void): (item: Item) => void {
  const gathered = useRef<Item[]>([]);
  const latest = useRef(handOn);
  latest.current = handOn;
  useEffect(() => {
    const timer = setInterval(() => {
      if (gathered.current.length === 0) return;
      latest.current(gathered.current);
      gathered.current = [];
    }, TAKEN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return useCallback((item) => void gathered.current.push(item), []);
}

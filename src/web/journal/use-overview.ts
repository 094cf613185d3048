// What Overview shows, asked for once and kept up to date by the server's live counts.
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { LiveTraffic, OverviewAnswer } from "../../api/overview-api.ts";
import { answerOf, api } from "../api/api.ts";
import { useEventStream } from "../api/use-event-stream.ts";
import type { StreamState } from "../api/use-event-stream.ts";
import type { OverviewView } from "./activity-search.ts";
import type { Period } from "./overview-period.ts";
import { addTick, catchUp, isPastEnd, placeOfTick } from "./overview-sum.ts";

/** Heals what a live count missed: other nodes' requests, and what fell out of the period. */
const WHOLE_ANSWER_EVERY_MS = 60_000;

export type OverviewQuestion = OverviewView & { readonly period: Period };

/** What was heard while a whole answer was under way: older is in it. */
const TICKS_KEPT = 120;

type HeardTick = LiveTraffic & { readonly account: string | null };

function overviewQuery(
  { period, account }: OverviewQuestion,
  heardTicks: () => readonly HeardTick[],
) {
  return queryOptions({
    queryKey: ["overview", period, account] as const,
    queryFn: async () => {
      const query = { period, ...(account === null ? {} : { account }) };
      const overview = await answerOf(api.GET("/api/v1/overview", { params: { query } }));
      const heard = heardTicks().filter((tick) => tick.account === account);
      return catchUp(overview, heard);
    },
    placeholderData: keepPreviousData,
  });
}

export type LiveOverview = {
  readonly query: UseQueryResult<OverviewAnswer>;
  readonly stream: StreamState;
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
  /** How many refusals of each country were heard since the page was opened. */
  readonly heard: ReadonlyMap<string, number>;
};

export function useOverview(question: OverviewQuestion): LiveOverview {
  const { account } = question;
  const client = useQueryClient();
  const [isPaused, setPaused] = useState(false);
  const [heard, setHeard] = useState<ReadonlyMap<string, number>>(new Map());
  const ticks = useRef<readonly HeardTick[]>([]);
  const options = overviewQuery(question, () => ticks.current);
  const query = useQuery({
    ...options,
    refetchInterval: isPaused ? false : WHOLE_ANSWER_EVERY_MS,
    refetchOnWindowFocus: !isPaused,
  });
  // An answer under way comes sooner than another, and what it lacks is asked for again.
  const askAnew = (): void => void query.refetch({ cancelRefetch: false });

  function take(tick: LiveTraffic): void {
    ticks.current = [...ticks.current.slice(1 - TICKS_KEPT), { ...tick, account }];
    const known = client.getQueryData(options.queryKey);
    if (known === undefined) return;
    const place = placeOfTick(known, tick);
    if (place === "next") client.setQueryData(options.queryKey, addTick(known, tick));
    if (place === "gap" || isPastEnd(known, Date.parse(tick.at))) askAnew();
    setHeard((before) => addRefusals(before, tick));
  }

  const stream = useEventStream({
    path: `/api/v1/overview/live${account === null ? "" : `?account=${account}`}`,
    on: { traffic: (data) => take(data as LiveTraffic) },
    onReopened: askAnew,
    onRefused: askAnew,
    isPaused,
  });
  return {
    query,
    stream,
    isPaused,
    setPaused: (paused) => {
      // An answer under way would change what somebody stopped to look at.
      const isShown = client.getQueryData(options.queryKey) !== undefined;
      if (paused && isShown) void client.cancelQueries({ queryKey: options.queryKey });
      setPaused(paused);
    },
    heard,
  };
}

function addRefusals(
  before: ReadonlyMap<string, number>,
  { countries }: LiveTraffic,
): ReadonlyMap<string, number> {
  const refusing = countries.filter(({ refused }) => refused > 0);
  if (refusing.length === 0) return before;
  const after = new Map(before);
  for (const { country, refused } of refusing) {
    after.set(country, (after.get(country) ?? 0) + refused);
  }
  return after;
}

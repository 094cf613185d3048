// What the pages about recordings ask the server for.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type {
  LinkedRecordingAnswer,
  PlayAnswer,
  RecordingAnswer,
} from "../../api/recordings-api.ts";
import { answerOf, api } from "../api/api.ts";
import type { RecordingFilter } from "./recording-filter.ts";
import { queryOfFilter } from "./recording-filter.ts";

const PAGE_ROWS = 50;

export function linkQuery(link: string) {
  return queryOptions({
    queryKey: ["recording-link", link],
    queryFn: async (): Promise<LinkedRecordingAnswer> =>
      answerOf(api.GET("/api/v1/recording-links/{link}", { params: { path: { link } } })),
    // Asked anew each time: what somebody may hear can have been taken back.
    staleTime: 0,
    gcTime: 0,
  });
}

export function recordingsQuery(filter: RecordingFilter) {
  return infiniteQueryOptions({
    queryKey: ["recordings", filter],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_ROWS,
        ...queryOfFilter(filter),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET("/api/v1/recordings", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

const PLAYS_ROWS = 20;

/** Who listened, the last one first; for admins and operators. */
export function playsQuery(id: string) {
  return infiniteQueryOptions({
    // Not below "recordings": of one that was just deleted nobody may ask again.
    queryKey: ["recording-plays", id],
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const params = { path: { id }, query: { limit: PLAYS_ROWS, ...after } };
      return answerOf(api.GET("/api/v1/recordings/{id}/plays", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** How an account's recordings are guarded; for its admins and for operators. */
export function accessModeQuery(account: string) {
  return queryOptions({
    queryKey: ["audio-download", account, "mode"],
    queryFn: async () => {
      const params = { query: { account } };
      return (await answerOf(api.GET("/api/v1/audio-download", { params }))).value.mode;
    },
  });
}

export async function refreshRecordings(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: ["recordings"] });
}

export type { LinkedRecordingAnswer, PlayAnswer, RecordingAnswer };

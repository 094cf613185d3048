// What the page History asks the server for, and going back to a revision.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import type { RestoredState, RevisionAnswer, RevisionDetail } from "../../api/revision-api.ts";
import { answerOf, api } from "../api/api.ts";

const ROOT = "revisions";

export type RevisionPage = {
  readonly revisions: readonly RevisionAnswer[];
  readonly next: number | null;
};

/** @param account null: all that may be seen */
export function revisionsQuery(account: string | null) {
  return infiniteQueryOptions({
    queryKey: [ROOT, "list", account],
    queryFn: async ({ pageParam, signal }): Promise<RevisionPage> => {
      const query = {
        limit: 50,
        ...(account === null ? {} : { account }),
        ...(pageParam === null ? {} : { before: pageParam }),
      };
      return answerOf(api.GET("/api/v1/revisions", { params: { query }, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

export function revisionQuery(number: number) {
  return queryOptions({
    queryKey: [ROOT, number],
    queryFn: (): Promise<RevisionDetail> =>
      answerOf(api.GET("/api/v1/revisions/{number}", { params: { path: { number } } })),
  });
}

/** What would change; empty: nothing is other than it was then. */
export function changesBackQuery(number: number, to: RestoredState) {
  return queryOptions({
    queryKey: [ROOT, number, to],
    queryFn: async (): Promise<readonly ProposedChange[]> => {
      const params = { path: { number }, query: { to } };
      const call = api.GET("/api/v1/revisions/{number}/changes", { params });
      return (await answerOf(call)).changes;
    },
    staleTime: 0,
  });
}

/** @returns the numbers of the revisions that were made by it */
export async function restoreRevision(
  number: number,
  to: RestoredState,
  safety: ChangeSafety = {},
): Promise<readonly number[]> {
  const params = { path: { number }, query: { to, ...safety } };
  const answer = await answerOf(api.POST("/api/v1/revisions/{number}/restore", { params }));
  return answer.revisions;
}

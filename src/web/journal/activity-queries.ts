// What Activity and the drawer that explains ask the server for.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { Surface } from "../../core/network/surface.ts";
import { ApiProblem } from "../api/api-problem.ts";
import { answerOf, api } from "../api/api.ts";
import { eventQueryOf, tailQueryOf } from "./activity-filter.ts";
import type { ActivityFilter } from "./activity-filter.ts";

const PAGE_ROWS = 50;

export function eventsQuery(filter: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ["events", filter],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_ROWS,
        ...eventQueryOf(filter),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET("/api/v1/events", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/** Below /postern, as streams are opened by. */
export function tailPath(filter: ActivityFilter): string {
  const query = new URLSearchParams(Object.entries(tailQueryOf(filter))).toString();
  return `/api/v1/events/tail${query === "" ? "" : `?${query}`}`;
}

/** What a browser downloads. */
export function exportHref(filter: ActivityFilter, format: "csv" | "ndjson"): string {
  const given = Object.entries(eventQueryOf(filter)).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams([...given, ["format", format]]);
  return `/postern/api/v1/events/export?${query.toString()}`;
}

const NO_DECISION =
  "No decision that you may see has this id. Compare it with the visitor’s page letter by " +
  "letter; decisions are also forgotten when the journal’s time is over.";

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ["decisions", id],
    queryFn: async () => {
      try {
        return await answerOf(api.GET("/api/v1/decisions/{id}", { params: { path: { id } } }));
      } catch (error) {
        if (!(error instanceof ApiProblem) || ![400, 404].includes(error.status)) throw error;
        throw new ApiProblem({ code: "not-there", status: 404, message: NO_DECISION });
      }
    },
  });
}

export type ExplainQuestion = {
  readonly address: string;
  readonly surface: Surface;
  /** An account's code; null: no account is known. */
  readonly account: string | null;
};

/** What the gate would decide this very moment. */
export function explanationQuery({ address, surface, account }: ExplainQuestion) {
  return queryOptions({
    queryKey: ["explain", address, surface, account],
    queryFn: () => {
      const query = { address, surface, ...(account === null ? {} : { account }) };
      return answerOf(api.GET("/api/v1/explain", { params: { query } }));
    },
    staleTime: 0,
    gcTime: 0,
  });
}

/** After an entry or a ban was changed: what is shown of them is asked for anew. */
export async function refreshGate(client: QueryClient): Promise<void> {
  const keys = ["explain", "events", "bans", "entries", "overview"];
  await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

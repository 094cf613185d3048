// Keeps answers of the API for the pages, and asks again where that can help.
import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, UNREACHABLE } from "./api-problem.ts";

const STALE_MS = 15_000;
const TRIES_MAX = 2;

/** Busy, or not there: the same question may be answered a moment later. Refusals are final. */
function mayHelpToAskAgain(triesCount: number, error: unknown): boolean {
  if (triesCount >= TRIES_MAX || !(error instanceof ApiProblem)) return false;
  return error.code === UNREACHABLE || error.status >= 502;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: STALE_MS, retry: mayHelpToAskAgain, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** Nothing that one user was told is shown to the next; what everybody is told stays. */
export function forgetAnswers(): void {
  queryClient.removeQueries({ predicate: ({ meta }) => meta?.["isForEverybody"] !== true });
  queryClient.getMutationCache().clear();
}

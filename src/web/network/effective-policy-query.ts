// Asks which rules hold for requests of an account, the platform's and its own taken together.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

export const effectiveRoot = ["effective-policy"] as const;

export function effectivePolicyQuery(account: string) {
  return queryOptions({
    queryKey: [...effectiveRoot, account] as const,
    queryFn: () =>
      answerOf(api.GET("/api/v1/effective-policy", { params: { query: { account } } })),
  });
}

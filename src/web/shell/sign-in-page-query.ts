// What the pages outside the console know before anybody is signed in.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

/** @param account whose own providers are named beside the platform's; undefined: only those */
export function signInPageQueryOf(account: string | undefined) {
  return queryOptions({
    queryKey: account === undefined ? ["sign-in-page"] : ["sign-in-page", account],
    queryFn: () => {
      const query = account === undefined ? {} : { account };
      return answerOf(api.GET("/api/v1/sign-in-page", { params: { query } }));
    },
    staleTime: 60_000,
    meta: { isForEverybody: true },
  });
}

export const signInPageQuery = signInPageQueryOf(undefined);

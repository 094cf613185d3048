// What the pages outside the console know before anybody is signed in.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

export const signInPageQuery = queryOptions({
  queryKey: ["sign-in-page"],
  queryFn: () => answerOf(api.GET("/api/v1/sign-in-page")),
  staleTime: 60_000,
  meta: { isForEverybody: true },
});

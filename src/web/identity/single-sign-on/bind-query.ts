// Whom a provider has named to this browser, and nobody here is connected with.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../../api/api.ts";

export const bindQuery = queryOptions({
  queryKey: ["sign-in", "bind"],
  queryFn: () => answerOf(api.GET("/api/v1/sign-in/bind")),
  staleTime: 0,
  // What is typed must not go because another look found it ended; sending it says so.
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});

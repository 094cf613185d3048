// What the pages about one's ways to sign in ask the server for.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../../api/api.ts";

export const connectionsQuery = queryOptions({
  queryKey: ["me", "connections"],
  queryFn: () => answerOf(api.GET("/api/v1/me/connections")),
});

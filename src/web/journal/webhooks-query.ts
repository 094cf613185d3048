// What the page about webhooks asks the server for.
import { queryOptions } from "@tanstack/react-query";
import type { WebhookListAnswer } from "../../api/webhook-api.ts";
import { answerOf, api } from "../api/api.ts";

/** For operators only. */
export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: async (): Promise<WebhookListAnswer> => answerOf(api.GET("/api/v1/webhooks")),
});

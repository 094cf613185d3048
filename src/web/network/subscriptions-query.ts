// What the tab of subscribed lists asks the server for.
import { queryOptions } from "@tanstack/react-query";
import type { SubscriptionAnswer } from "../../api/subscription-api.ts";
import { answerOf, api } from "../api/api.ts";

/** A new list is read within half a minute without anybody's doing. */
const READ_EVERY_MS = 15_000;

/** For operators only. */
export const subscriptionsQuery = queryOptions({
  queryKey: ["subscriptions"],
  queryFn: async (): Promise<readonly SubscriptionAnswer[]> =>
    (await answerOf(api.GET("/api/v1/subscriptions"))).subscriptions,
  refetchInterval: READ_EVERY_MS,
});

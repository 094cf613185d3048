// Asks what is counted of one address at the moment; nothing is counted by asking.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

export const countersRoot = ["counters"] as const;

/** @param account whose layer is looked at beside the platform's; null: none */
export function countersQuery(address: string, account: string | null) {
  return queryOptions({
    queryKey: [...countersRoot, address, account] as const,
    queryFn: () => {
      const query = { address, ...(account === null ? {} : { account }) };
      return answerOf(api.GET("/api/v1/counters", { params: { query } }));
    },
    // Counters move while somebody looks at them.
    refetchInterval: 5000,
    retry: false,
  });
}

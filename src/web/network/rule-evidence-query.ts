// Asks how often which rule fired in the last 24 hours: the evidence beside the rules.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

/** @param account a code; null: the platform and every account, or all that an admin has */
export function ruleEvidenceQuery(account: string | null) {
  return queryOptions({
    queryKey: ["rule-evidence", account] as const,
    queryFn: () => {
      const query = { period: "24h" as const, ...(account === null ? {} : { account }) };
      return answerOf(api.GET("/api/v1/overview", { params: { query } }));
    },
    refetchInterval: 60_000,
  });
}

// Asks what the gate would decide for an address, without counting anything.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

/** @param account a code, or null: no account is known */
export function addressTestQuery(address: string, account: string | null) {
  return queryOptions({
    queryKey: ["address-test", address, account] as const,
    queryFn: () => {
      const query = { address, ...(account === null ? {} : { account }) };
      return answerOf(api.GET("/api/v1/explain", { params: { query } }));
    },
    // It is asked for once more whenever it is wanted: rules change.
    staleTime: 0,
    retry: false,
  });
}

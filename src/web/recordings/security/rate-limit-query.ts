// Reads and saves the HTTP rate limits of one account, always as a whole section.
import { queryOptions } from "@tanstack/react-query";
import type { PolicyAnswer } from "../../../api/policy-api.ts";
import type { RateLimitsRule } from "../../../core/network/network-policy.ts";
import { answerOf, api } from "../../api/api.ts";

/** The section decides what `value` is; the server holds it to its schema. */
export type RateLimitsAnswer = Omit<PolicyAnswer, "value"> & { readonly value: RateLimitsRule };

function paramsOf(account: string) {
  return { path: { section: "rate-limits" as const }, query: { account } };
}

export function rateLimitsKey(account: string) {
  return ["policy", "rate-limits", account] as const;
}

export async function readRateLimits(account: string): Promise<RateLimitsAnswer> {
  const params = paramsOf(account);
  const answer = await answerOf(api.GET("/api/v1/policy/{section}", { params }));
  return answer as RateLimitsAnswer;
}

export function rateLimitsQuery(account: string) {
  return queryOptions({
    queryKey: rateLimitsKey(account),
    queryFn: () => readRateLimits(account),
  });
}

/** Refused with 412 when somebody saved after `version` was read. */
export async function saveRateLimits(
  account: string,
  value: RateLimitsRule,
  version: number,
): Promise<RateLimitsAnswer> {
  const params = paramsOf(account);
  const body = { value, version };
  const answer = await answerOf(api.PUT("/api/v1/policy/{section}", { params, body }));
  return answer as RateLimitsAnswer;
}

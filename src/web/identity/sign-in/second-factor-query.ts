// What a sign-in that waits for its second factor may use, and sending what is asked for.
import { queryOptions } from "@tanstack/react-query";
import type { SecondFactorAnswer, SecondFactorBody } from "../../../api/second-factor-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { queryClient } from "../../api/query-client.ts";

/** With the time at which it came, on this browser's clock: see `ownTimeMs`. */
export type AskedFactor = SecondFactorAnswer & { readonly receivedAtMs: number };

const MAIL_LOOK_MS = 2_000;

export const secondFactorQuery = queryOptions({
  queryKey: ["sign-in", "second-factor"],
  queryFn: async (): Promise<AskedFactor> => {
    const answer = await answerOf(api.GET("/api/v1/sign-in/second-factor"));
    return { ...answer, receivedAtMs: Date.now() };
  },
  // Other tabs and other sign-ins of the same user count on.
  staleTime: 0,
  // Until the mail has been handed over, its time is not known.
  refetchInterval: ({ state: { data } }) =>
    data?.emailCode?.sentAt === null ? MAIL_LOOK_MS : false,
});

export function lookAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
}

/** Whatever a refused code has changed, such as the attempts left, is seen by the page. */
export async function sendSecondFactor(body: SecondFactorBody): Promise<SignInAnswer> {
  try {
    return await answerOf(api.POST("/api/v1/sign-in/second-factor", { body }));
  } catch (error) {
    // 401: the sign-in has ended, and there is nothing left to look at.
    if (!(error instanceof ApiProblem) || error.status !== 401) await lookAgain();
    throw error;
  }
}

// Signs out here, in every other tab of this browser, and where a provider signs out too, there.
import { useNavigate } from "@tanstack/react-router";
import { ApiProblem } from "../api/api-problem.ts";
import { answerOf, api } from "../api/api.ts";
import { leaveFor } from "./leave-for.ts";
import { endSession } from "./session-end.ts";
import { showRefusal } from "./show-toast.ts";

/** @param returnTo where whoever signs in next goes on; undefined: wherever people begin */
export function useSignOut(returnTo?: string): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    let providerUrl: string | null = null;
    try {
      ({ providerUrl } = await answerOf(api.POST("/api/v1/sign-out")));
    } catch (error) {
      // Signed out already is signed out. Anything else has to be known: the cookie still opens.
      if (!(error instanceof ApiProblem) || error.status !== 401) {
        showRefusal(error, "You are still signed in");
        return;
      }
    }
    endSession({ why: "signed-out" }, async () => {
      await navigate({ to: "/signed-out", search: { why: "signed-out", returnTo } });
      // From a page that shows nobody anything: the provider may be slow, or not answer.
      if (providerUrl !== null) leaveFor(providerUrl);
    });
  };
}

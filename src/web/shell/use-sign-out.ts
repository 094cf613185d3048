// Signs out here and in every other tab of this browser.
import { useNavigate } from "@tanstack/react-router";
import { ApiProblem } from "../api/api-problem.ts";
import { answerOf, api } from "../api/api.ts";
import { endSession } from "./session-end.ts";
import { showRefusal } from "./show-toast.ts";

export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    try {
      await answerOf(api.POST("/api/v1/sign-out"));
    } catch (error) {
      // Signed out already is signed out. Anything else has to be known: the cookie still opens.
      if (!(error instanceof ApiProblem) || error.status !== 401) {
        showRefusal(error, "You are still signed in");
        return;
      }
    }
    endSession({ why: "signed-out" }, () =>
      navigate({ to: "/signed-out", search: { why: "signed-out" } }),
    );
  };
}

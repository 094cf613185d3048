// For pages that finish a sign-in: goes on when another tab has finished it, or a step of it.
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiProblem } from "../../api/api-problem.ts";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { onTabMessage } from "../../shell/session-channel.ts";
import { followSignIn } from "./go-on.ts";

/** @param isAsking false: what stands here must not go without a word */
export function useSignedInElsewhere(isAsking = true): void {
  const router = useRouter();
  useEffect(
    () =>
      onTabMessage(({ kind }) => {
        if (kind === "signed-in" && isAsking) void followSignIn(router);
      }),
    [router, isAsking],
  );
}

/** The session is good, but waits for no second factor. */
export function isAnsweredAlready(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "second-factor-not-asked";
}

/** Leads to what is asked for instead. */
export function GoWhereNeeded() {
  const router = useRouter();
  useEffect(() => void followSignIn(router), [router]);
  return <LoadingLines lines={5} />;
}

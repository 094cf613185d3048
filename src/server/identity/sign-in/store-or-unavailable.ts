// Turns a failing store into the refusal that says so, in place of a server error without words.
import { Problem } from "../../../platform/problem/problem.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { signInProblem } from "./sign-in-problem.ts";

const RETRY_AFTER_SECONDS = 5;

/** INVARIANT: fails closed (ASVS 16.5.3): what could not be recorded lets nobody in. */
export async function storeOrUnavailable<T>(
  parts: Pick<IdentityParts, "onError">,
  work: () => Promise<T>,
  doing = "checking a password",
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw error;
    parts.onError(error, doing);
    throw signInProblem("sign-in-unavailable", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

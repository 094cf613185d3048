// Short notices in the corner: that something was done, or why it was not.
import { notifications } from "@mantine/notifications";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { waitsSentence } from "../policy/change-waits-words.ts";

const SHOWN_MS = 5_000;

/** @param message what was done, in the past: "Session ended." */
export function showDone(message: string): void {
  notifications.show({ message, color: "harbour", autoClose: SHOWN_MS });
}

/** Stays until it is closed: it has to be read. */
export function showRefusal(error: unknown, title = "That did not work"): void {
  const problem = asApiProblem(error);
  notifications.show({
    title,
    message: wordsOf(problem),
    color: "red",
    autoClose: false,
    role: "alert",
  });
}

/** With the time as people say it. */
function wordsOf(problem: ApiProblem): string {
  if (problem.code !== "change-waits") return problem.message;
  return waitsSentence(problem, null, Date.now());
}

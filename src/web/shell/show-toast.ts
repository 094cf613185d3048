// Short notices in the corner: that something was done, or why it was not.
import { notifications } from "@mantine/notifications";
import { asApiProblem } from "../api/api-problem.ts";

const SHOWN_MS = 5_000;

/** @param message what was done, in the past: "Session ended." */
export function showDone(message: string): void {
  notifications.show({ message, color: "harbour", autoClose: SHOWN_MS });
}

/** Stays until it is closed: it has to be read. */
export function showRefusal(error: unknown, title = "That did not work"): void {
  notifications.show({
    title,
    message: asApiProblem(error).message,
    color: "red",
    autoClose: false,
    role: "alert",
  });
}

// Asks before a page is left on which something was changed and not saved.
import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useBlocker } from "@tanstack/react-router";
import { readSessionState } from "./session-state.ts";

/** A session that has ended leads to the sign-in page without asking; the draft is kept then. */
export function useUnsavedGuard(isDirty: boolean): void {
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!isDirty || readSessionState().userId === null) return false;
      if (current.pathname === next.pathname && isSameSearch(current.search, next.search)) {
        return false;
      }
      return !(await askToLeave());
    },
    enableBeforeUnload: () => isDirty && readSessionState().userId !== null,
  });
}

function isSameSearch(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Resolves to whether the changes may be dropped. */
function askToLeave(): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: "Leave without saving?",
      children: (
        <Text size="sm">What you changed on this page is not saved and would be lost.</Text>
      ),
      labels: { confirm: "Leave without saving", cancel: "Stay" },
      confirmProps: { color: "red" },
      cancelProps: { "data-autofocus": true },
      onConfirm: () => resolve(true),
      onClose: () => resolve(false),
    });
  });
}

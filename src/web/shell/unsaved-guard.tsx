// Asks before a page is left on which something was changed and not saved.
import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useBlocker } from "@tanstack/react-router";
import { isSameValue } from "../../core/policy/is-same-value.ts";
import { readSessionState } from "./session-state.ts";

/** A session that has ended leads to the sign-in page without asking; the draft is kept then. */
export function useUnsavedGuard(isDirty: boolean): void {
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!isDirty || readSessionState().userId === null) return false;
      if (current.pathname === next.pathname && isSameValue(current.search, next.search)) {
        return false;
      }
      return !(await askToDrop(LEAVING));
    },
    enableBeforeUnload: () => isDirty && readSessionState().userId !== null,
  });
}

const LEAVING = {
  title: "Leave without saving?",
  sentence: "What you changed on this page is not saved and would be lost.",
  confirm: "Leave without saving",
  cancel: "Stay",
};

/** Resolves to whether the changes may be dropped. */
export function askToDrop(words: typeof LEAVING): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: words.title,
      children: <Text size="sm">{words.sentence}</Text>,
      labels: { confirm: words.confirm, cancel: words.cancel },
      confirmProps: { color: "red" },
      cancelProps: { "data-autofocus": true },
      onConfirm: () => resolve(true),
      onClose: () => resolve(false),
    });
  });
}

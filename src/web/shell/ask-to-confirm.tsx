// Asks before something is done that cannot be taken back, and says what will change.
import { Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";
import { showDone, showRefusal } from "./show-toast.ts";

export type ConfirmOptions = {
  /** A question: "End this session?" */
  readonly title: string;
  /** What will change, for whom, and whether it can be taken back. */
  readonly changes: ReactNode;
  /** What the button does: "End session". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  readonly act: () => Promise<unknown>;
  /** Said afterwards: "The session was ended." */
  readonly done?: string;
};

/** A refusal is shown and the dialog is gone; what was asked for has not happened then. */
export function askToConfirm(options: ConfirmOptions): void {
  const { title, changes, confirmLabel, isDangerous = true, act, done } = options;
  modals.openConfirmModal({
    title,
    children: (
      <Stack gap="xs">
        {typeof changes === "string" ? <Text size="sm">{changes}</Text> : changes}
      </Stack>
    ),
    labels: { confirm: confirmLabel, cancel: "Cancel" },
    confirmProps: isDangerous ? { color: "red" } : {},
    cancelProps: { "data-autofocus": true },
    onConfirm: () => {
      act().then(
        () => {
          if (done !== undefined) showDone(done);
        },
        (error: unknown) => showRefusal(error),
      );
    },
  });
}

// Asks before a change of rules or lists that takes something away, and for how long it is made.
import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";
import { FormProblem } from "./form-problem.tsx";
import { labelFor, useGoBackChoice } from "./go-back-choice.ts";
import { GoBackField } from "./go-back-field.tsx";
import { useDialogAct } from "./use-dialog-act.ts";

export type AskToSaveOptions = {
  /** A question: "Delete 3 entries?" */
  readonly title: string;
  /** What will change, and for whom. */
  readonly changes: ReactNode;
  /** What the button does: "Delete it". */
  readonly confirmLabel: string;
  /** @param minutes after which it goes back unless it is confirmed; null: it stays */
  readonly act: (minutes: number | null) => Promise<unknown>;
  /** Said afterwards: "The entry is deleted." */
  readonly done: string;
};

export function askToSave(options: AskToSaveOptions): void {
  const modalId = modals.open({
    title: options.title,
    children: <SaveDialog options={options} close={() => modals.close(modalId)} />,
  });
}

type SaveDialogProps = { readonly options: AskToSaveOptions; readonly close: () => void };

/** A refusal is shown in the dialog, which stays: there may be something to do about it. */
function SaveDialog({ options, close }: SaveDialogProps) {
  const { changes, confirmLabel, act, done } = options;
  const goBack = useGoBackChoice();
  const { isActing, problem, run } = useDialogAct({ close, done });

  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      {typeof changes === "string" ? <Text size="sm">{changes}</Text> : changes}
      <GoBackField choice={goBack} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close} data-autofocus>
          Cancel
        </Button>
        <Button
          color="red"
          disabled={goBack.fault !== null}
          loading={isActing}
          onClick={() => void run(() => act(goBack.minutes))}
        >
          {labelFor(confirmLabel, goBack.minutes)}
        </Button>
      </Group>
    </Stack>
  );
}

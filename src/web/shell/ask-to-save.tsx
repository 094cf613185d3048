// Asks before a change of rules or lists that takes something away, and for how long it is made.
import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { ReactNode } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { FormProblem } from "./form-problem.tsx";
import { labelFor, useGoBackChoice } from "./go-back-choice.ts";
import { GoBackField } from "./go-back-field.tsx";
import { showDone } from "./show-toast.ts";

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
  const [isActing, setActing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function save(): Promise<void> {
    setActing(true);
    setProblem(null);
    try {
      await act(goBack.minutes);
      close();
      showDone(done);
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setActing(false);
    }
  }

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
          onClick={() => void save()}
        >
          {labelFor(confirmLabel, goBack.minutes)}
        </Button>
      </Group>
    </Stack>
  );
}

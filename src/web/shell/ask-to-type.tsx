// Asks before something is deleted for good: the name has to be typed, so that no slip does it.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { ReactNode } from "react";
import { FormProblem } from "./form-problem.tsx";
import { keepFocus } from "./keep-focus.ts";
import { useDialogAct } from "./use-dialog-act.ts";

export type TypedConfirmOptions = {
  /** A question: "Delete acme?" */
  readonly title: string;
  /** What will go, for whom. */
  readonly changes: ReactNode;
  /** What has to be typed. */
  readonly word: string;
  /** What the button does: "Delete account". */
  readonly confirmLabel: string;
  readonly act: () => Promise<unknown>;
  /** Said afterwards: "The account was deleted." */
  readonly done: string;
};

export function askToType(options: TypedConfirmOptions): void {
  const modalId = modals.open({
    title: options.title,
    children: <TypedConfirm options={options} close={() => modals.close(modalId)} />,
  });
}

type TypedConfirmProps = { readonly options: TypedConfirmOptions; readonly close: () => void };

/** A refusal is shown in the dialog, which stays: there may be something to do about it. */
function TypedConfirm({ options, close }: TypedConfirmProps) {
  const { changes, word, confirmLabel, act, done } = options;
  const [typed, setTyped] = useState("");
  const { isActing, problem, run } = useDialogAct({ close, done });
  const isTyped = typed.trim() === word;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped && !isActing) void run(act);
      }}
    >
      <Stack gap="md">
        <FormProblem problem={problem} />
        {typeof changes === "string" ? <Text size="sm">{changes}</Text> : changes}
        <TextInput
          label={`Type ${word} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-autofocus
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            onMouseDown={keepFocus}
            color="red"
            disabled={!isTyped}
            loading={isActing}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// Asks for the six digits that prove that a method which is being set up works.
import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { readCode } from "../../../core/identity/read-code.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { CodeField } from "./code-field.tsx";

export type SetUpCodeFormProps = {
  readonly children: ReactNode;
  readonly send: (code: string) => Promise<FactorOnAnswer>;
  readonly onOn: (answer: FactorOnAnswer) => void;
  /** Begins anew: after ten minutes or five wrong codes no code is right any more. */
  readonly onAgain: () => void;
  /** At the left of the buttons. */
  readonly aside: ReactNode;
};

export function SetUpCodeForm({ children, send, onOn, onAgain, aside }: SetUpCodeFormProps) {
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { code: "" },
    validate: {
      code: (code) => (readCode("app", code) === null ? "Enter the six digits of the code." : null),
    },
    send: ({ code }) => send(code),
    onSaved: onOn,
  });
  const isEnded = problem?.code === "set-up-ended";
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        {children}
        <CodeField
          label="Code"
          autoFocus
          isSending={isSending}
          disabled={isEnded}
          onComplete={() => submit()}
          {...form.getInputProps("code")}
          value={form.values.code}
          onChange={(code) => form.setFieldValue("code", code)}
        />
        <Group justify="space-between" gap="sm">
          {isEnded ? <span /> : aside}
          {isEnded ? (
            <Button onClick={onAgain}>Start again</Button>
          ) : (
            <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
              Confirm
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

// Asks for one of the backup codes, for whoever has neither the app nor the mail at hand.
import { Button, Stack, TextInput } from "@mantine/core";
import { readCode } from "../../../core/identity/read-code.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import type { FactorFormProps } from "./factor-form.tsx";
import { sendSecondFactor } from "./second-factor-query.ts";

export function BackupCodeForm({ asked, isTrusted, onTaken }: FactorFormProps) {
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { code: "" },
    validate: {
      code: (typed) =>
        readCode("backup-code", typed) === null
          ? "Enter the ten characters of one code, such as abcde-23456."
          : null,
    },
    send: ({ code }) => sendSecondFactor({ method: "backup-code", code, trustBrowser: isTrusted }),
    onSaved: onTaken,
  });
  const isPaused = asked.pausedUntil !== null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={isPaused ? null : problem} />
        <TextInput
          label="Backup code"
          name="backup-code"
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          disabled={isPaused}
          readOnly={isSending}
          errorProps={{ role: "alert" }}
          {...form.getInputProps("code")}
          onBlur={undefined}
          {...(isPaused ? { error: null } : {})}
        />
        <Button
          type="submit"
          fullWidth
          loading={isSending}
          disabled={isPaused}
          onMouseDown={keepFocus}
        >
          Go on
        </Button>
      </Stack>
    </form>
  );
}

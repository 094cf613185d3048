// Asks for the six digits of the app or of the mail, and sends them once they are there.
import { Button, Stack } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { readCode } from "../../../core/identity/read-code.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { CodeField } from "../two-factor/code-field.tsx";
import type { FactorFormProps } from "./factor-form.tsx";
import { sendSecondFactor } from "./second-factor-query.ts";

export type SecondFactorFormProps = FactorFormProps & {
  readonly method: "app" | "email";
  /** Between field and button: what was sent where. */
  readonly children?: ReactNode;
};

export function SecondFactorForm(props: SecondFactorFormProps) {
  const { asked, method, isTrusted, isFieldFocused, onTaken, children } = props;
  const { form, submit, isSending, problem, restart } = useProblemForm({
    draft: null,
    initialValues: { code: "" },
    validate: { code: (typed) => (readCode(method, typed) === null ? "Enter six digits." : null) },
    send: ({ code }) => sendSecondFactor({ method, code, trustBrowser: isTrusted }),
    onSaved: onTaken,
  });
  const isPaused = asked.pausedUntil !== null;
  // The note about the pause says it all, and an old code is no help after it.
  useEffect(() => {
    if (isPaused) restart({ code: "" });
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the pause begins
  }, [isPaused, isSending]);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={isPaused ? null : problem} />
        <CodeField
          label={method === "app" ? "Code from the app" : "Code from the mail"}
          autoFocus={isFieldFocused}
          isSending={isSending}
          disabled={isPaused}
          onComplete={() => submit()}
          {...form.getInputProps("code")}
          // A field that is left empty is no mistake: the code is still on its way.
          onBlur={undefined}
        />
        {children}
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

// Shows who one is with the password, which counts like one typed at the sign-in.
import { Stack } from "@mantine/core";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { useMe } from "../../shell/me.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { PasswordTextField } from "../password-text-field.tsx";
import { UsernameForPasswordManagers } from "../sign-in/link-password-form.tsx";
import { ProofActions } from "./proof-actions.tsx";
import type { ProofFormProps } from "./proof-form.tsx";

export function ProofByPassword({ onProved, onCancel }: ProofFormProps) {
  const { email } = useMe();
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { password: "" },
    validate: { password: (password) => (password === "" ? "Enter your password." : null) },
    send: ({ password }) =>
      answerOf(api.POST("/api/v1/me/proof", { body: { method: "password", password } })),
    onSaved: ({ provedUntil }) => onProved(provedUntil),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <UsernameForPasswordManagers email={email} />
        <PasswordTextField
          label="Password"
          required
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps("password")}
        />
        <ProofActions isSending={isSending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

// Asks for the present password and the new one; used in User settings and when one has expired.
import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PasswordRulesAnswer } from "../../api/passwords-api.ts";
import type { SignInAnswer } from "../../api/sign-in-api.ts";
import { answerOf, api } from "../api/api.ts";
import { FormProblem } from "../shell/form-problem.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { QueryView } from "../shell/query-view.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { checkTypedPassword } from "./password-rule-lines.ts";
import { PasswordTextField } from "./password-text-field.tsx";
import { UsernameForPasswordManagers } from "./sign-in/link-password-form.tsx";

export type ChangePasswordFormProps = {
  readonly email: string;
  readonly name: string;
  readonly onChanged: (answer: SignInAnswer) => void | Promise<void>;
};

export function ChangePasswordForm(props: ChangePasswordFormProps) {
  const rules = useQuery({
    queryKey: ["me", "password-rules"],
    queryFn: () => answerOf(api.GET("/api/v1/me/password-rules")),
  });
  return <QueryView query={rules}>{(data) => <Form {...props} rules={data} />}</QueryView>;
}

type FormProps = ChangePasswordFormProps & { readonly rules: PasswordRulesAnswer };

function Form({ email, name, onChanged, rules }: FormProps) {
  const initialValues = { currentPassword: "", newPassword: "" };
  const { form, submit, isSending, problem, restart } = useProblemForm({
    draft: null,
    initialValues,
    validate: {
      currentPassword: (password) => (password === "" ? "Enter your present password." : null),
      newPassword: (password, { currentPassword }) =>
        password !== "" && password === currentPassword
          ? "Choose another one than the present password."
          : checkTypedPassword(rules, password),
    },
    send: (body) => answerOf(api.POST("/api/v1/me/password", { body })),
    onSaved: async (answer) => {
      restart(initialValues);
      await onChanged(answer);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={480}>
        <FormProblem problem={problem} />
        <UsernameForPasswordManagers email={email} />
        <PasswordTextField
          label="Present password"
          required
          autoComplete="current-password"
          {...form.getInputProps("currentPassword")}
        />
        <NewPasswordField
          label="New password"
          rules={rules}
          words={[email, name]}
          password={form.values.newPassword}
          input={form.getInputProps("newPassword")}
        />
        <Group>
          <Button type="submit" loading={isSending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

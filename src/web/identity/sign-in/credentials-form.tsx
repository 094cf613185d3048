// Asks for e-mail address and password, and after several refusals says what more would lead to.
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { TextLink } from "../../shell/page-links.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { PasswordTextField } from "../password-text-field.tsx";
import { LockoutHint } from "./lockout-hint.tsx";
import { lastTypedEmail, rememberTypedEmail } from "./typed-email.ts";

/** The lockout comes with the sixth wrong password by default; the hint comes before it. */
const HINT_AFTER_REFUSALS = 3;

export type Credentials = { readonly email: string; readonly password: string };

export type CredentialsFormProps = {
  readonly submitLabel: string;
  /** False: something else on the page has to be read first. */
  readonly isFocused: boolean;
  readonly send: (typed: Credentials) => Promise<SignInAnswer>;
  readonly onSignedIn: (answer: SignInAnswer) => Promise<void>;
};

export function CredentialsForm(props: CredentialsFormProps) {
  const [refusalCount, setRefusalCount] = useState(0);
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { email: lastTypedEmail(), password: "" },
    validate: {
      email: (email) => (email.trim() === "" ? "Enter your e-mail address." : null),
      password: (password) => (password === "" ? "Enter your password." : null),
    },
    send: async ({ email, password }) => {
      rememberTypedEmail(email.trim());
      try {
        return await props.send({ email: email.trim(), password });
      } catch (error) {
        setRefusalCount((count) => count + 1);
        throw error;
      }
    },
    onSaved: (answer) => props.onSignedIn(answer),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        {refusalCount >= HINT_AFTER_REFUSALS ? <LockoutHint /> : null}
        <TextInput
          label="E-mail address"
          required
          type="email"
          name="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={props.isFocused && form.values.email === ""}
          {...form.getInputProps("email")}
        />
        <PasswordTextField
          label="Password"
          required
          name="password"
          autoComplete="current-password"
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={isSending} fullWidth mt={4}>
          {props.submitLabel}
        </Button>
        <Text size="sm" ta="center">
          <TextLink to="/forgotten-password">Forgotten your password?</TextLink>
        </Text>
      </Stack>
    </form>
  );
}

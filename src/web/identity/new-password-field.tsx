// The field in which a password is chosen: what it needs, whether it has it, how good it is.
import { Stack } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";
import type { PasswordRulesAnswer } from "../../api/passwords-api.ts";
import { PasswordRuleList } from "./password-rule-list.tsx";
import { PasswordStrength } from "./password-strength.tsx";
import { PasswordTextField } from "./password-text-field.tsx";

export type NewPasswordFieldProps = {
  readonly label: string;
  readonly rules: PasswordRulesAnswer;
  /** What must not be in it: the person's name and address. */
  readonly words: readonly string[];
  readonly password: string;
  /** What the form's `getInputProps` gives. */
  readonly input: { readonly onChange: unknown; readonly error?: ReactNode };
};

export function NewPasswordField(props: NewPasswordFieldProps) {
  const { label, rules, words, password, input } = props;
  const id = useId();
  return (
    <Stack gap="xs">
      <PasswordTextField
        label={label}
        autoComplete="new-password"
        required
        aria-describedby={id}
        {...(input as object)}
      />
      <PasswordStrength password={password} words={words} />
      <PasswordRuleList rules={rules} password={password} id={id} />
    </Stack>
  );
}

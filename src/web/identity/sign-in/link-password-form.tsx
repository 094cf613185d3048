// The form behind an e-mailed link: one new password, for the user the link was sent to.
import { Button, Stack, VisuallyHidden } from "@mantine/core";
import type { LinkAnswer } from "../../../api/passwords-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { NewPasswordField } from "../new-password-field.tsx";
import { checkTypedPassword } from "../password-rule-lines.ts";
import { CardHeader } from "./card-header.tsx";
import { rememberTypedEmail } from "./typed-email.ts";

export type LinkPasswordFormProps = {
  readonly token: string;
  readonly link: LinkAnswer;
  readonly onDone: () => void;
};

export function LinkPasswordForm({ token, link, onDone }: LinkPasswordFormProps) {
  const { rules, email } = link;
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { newPassword: "" },
    validate: { newPassword: (password) => checkTypedPassword(rules, password) },
    send: async ({ newPassword }) => {
      await answerOf(api.POST("/api/v1/password-resets", { body: { token, newPassword } }));
      rememberTypedEmail(email);
    },
    onSaved: onDone,
  });
  const isInvitation = link.purpose === "invitation";
  return (
    <>
      <CardHeader title={isInvitation ? "Welcome" : "Choose a new password"}>
        {isInvitation ? "Choose the password with which you sign in as " : "For "}
        <strong className="postern-breakable">{email}</strong>.
        {isInvitation ? "" : " Other browsers that are signed in as you will be signed out."}
      </CardHeader>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <FormProblem problem={problem} />
          <UsernameForPasswordManagers email={email} />
          <NewPasswordField
            label="New password"
            rules={rules}
            words={[email]}
            password={form.values.newPassword}
            input={form.getInputProps("newPassword")}
          />
          <Button type="submit" loading={isSending} fullWidth>
            Save the password
          </Button>
        </Stack>
      </form>
    </>
  );
}

/** Without it they would save the password under no name. */
export function UsernameForPasswordManagers({ email }: { readonly email: string }) {
  return (
    <VisuallyHidden aria-hidden>
      <input type="text" autoComplete="username" value={email} readOnly tabIndex={-1} />
    </VisuallyHidden>
  );
}

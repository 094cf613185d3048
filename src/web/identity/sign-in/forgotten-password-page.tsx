// Asks for a mail with a link to choose a new password; the answer never tells who is known.
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { CardHeader } from "./card-header.tsx";
import { lastTypedEmail, rememberTypedEmail } from "./typed-email.ts";
import { TextLink } from "../../shell/page-links.tsx";

export function ForgottenPasswordPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) return <Sent email={sentTo} onAgain={() => setSentTo(null)} />;
  return <AskForm onSent={setSentTo} />;
}

function AskForm({ onSent }: { readonly onSent: (email: string) => void }) {
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { email: lastTypedEmail() },
    validate: {
      email: (email) =>
        /^\s*\S+@\S+\s*$/.test(email) ? null : "Enter an address such as ada@example.com.",
    },
    send: async ({ email }) => {
      rememberTypedEmail(email.trim());
      await answerOf(
        api.POST("/api/v1/password-reset-requests", { body: { email: email.trim() } }),
      );
    },
    onSaved: (_answer, { email }) => onSent(email.trim()),
  });
  return (
    <>
      <CardHeader title="Choose a new password">
        We send a link to your e-mail address. It opens a page where you choose a new password, also
        if you are locked out.
      </CardHeader>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <TextInput
            label="E-mail address"
            required
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...form.getInputProps("email")}
          />
          <Button type="submit" loading={isSending} fullWidth>
            Send the link
          </Button>
          <BackToSignIn />
        </Stack>
      </form>
    </>
  );
}

type SentProps = { readonly email: string; readonly onAgain: () => void };

function Sent({ email, onAgain }: SentProps) {
  return (
    <>
      <CardHeader title="Look into your mail" />
      <Stack gap="md" role="status">
        <Text className="postern-breakable">
          If somebody with the address <strong>{email}</strong> is known here, a mail with a link is
          on its way. The link works once, for 30 minutes.
        </Text>
        <Text size="sm" c="dimmed">
          Nothing after a few minutes? Look into the spam folder, check the address, or ask your
          administrator. Only the newest link works.
        </Text>
        <Button variant="default" onClick={onAgain}>
          Try another address
        </Button>
        <BackToSignIn />
      </Stack>
    </>
  );
}

export function BackToSignIn() {
  return (
    <Text size="sm" ta="center">
      <TextLink to="/sign-in">Back to sign in</TextLink>
    </Text>
  );
}

// The page on which people sign in with e-mail address and password.
import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { answerOf, api } from "../../api/api.ts";
import type { EndReason } from "../../shell/end-reasons.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { InfoIcon } from "../../shell/icons.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { signInPageQuery } from "../../shell/sign-in-page-query.ts";
import { PasskeySignInButton } from "../passkeys/passkey-sign-in-button.tsx";
import { PasswordTextField } from "../password-text-field.tsx";
import { AlreadySignedIn } from "./already-signed-in.tsx";
import { CardHeader } from "./card-header.tsx";
import { goOn } from "./go-on.ts";
import { LockoutHint } from "./lockout-hint.tsx";
import { lastTypedEmail, rememberTypedEmail } from "./typed-email.ts";
import { TextLink } from "../../shell/page-links.tsx";

/** The lockout comes with the sixth wrong password by default; the hint comes before it. */
const HINT_AFTER_REFUSALS = 3;

export function SignInPage() {
  const { returnTo, why } = useSearch({ from: "/plain/sign-in" });
  const { data: page } = useQuery(signInPageQuery);
  const router = useRouter();
  const isSetupOpen = page?.isSetupOpen === true;
  return (
    <>
      <CardHeader title="Sign in" />
      <Stack gap="md">
        <WhyNotice why={why} />
        {isSetupOpen ? <SetupNotice /> : null}
        <AlreadySignedIn returnTo={returnTo} />
        <SignInForm returnTo={returnTo} />
        <PasskeySignInButton
          returnTo={returnTo}
          onSignedIn={(answer) => goOn(router, answer, returnTo)}
        />
      </Stack>
    </>
  );
}

function SignInForm({ returnTo }: { readonly returnTo: string | undefined }) {
  const router = useRouter();
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
      const body = { email: email.trim(), password };
      const sent = returnTo === undefined ? body : { ...body, returnTo };
      try {
        return await answerOf(api.POST("/api/v1/sign-in", { body: sent }));
      } catch (error) {
        setRefusalCount((count) => count + 1);
        throw error;
      }
    },
    onSaved: (answer) => goOn(router, answer, returnTo),
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
          autoFocus={form.values.email === ""}
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
          Sign in
        </Button>
        <Text size="sm" ta="center">
          <TextLink to="/forgotten-password">Forgotten your password?</TextLink>
        </Text>
      </Stack>
    </form>
  );
}

const WHY_WORDS: Partial<Record<EndReason, string>> = {
  ended: "Your session has ended. Sign in again to go on where you were.",
  unfinished: "This sign-in was not finished in time, or it was ended elsewhere. Sign in again.",
  idle: "You were signed out because nothing was done for a while. Sign in again to go on.",
};

function WhyNotice({ why }: { readonly why: EndReason | undefined }) {
  const words = why === undefined ? undefined : WHY_WORDS[why];
  if (words === undefined) return null;
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} role="status">
      {words}
    </Alert>
  );
}

function SetupNotice() {
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} title="Not set up yet">
      Nobody can sign in before the first operator is set up. Open the setup link that Postern
      printed when it started.
    </Alert>
  );
}

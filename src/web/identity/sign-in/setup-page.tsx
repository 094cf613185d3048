// The page behind the setup link: whoever runs this installation becomes its first operator.
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useLocation, useRouter } from "@tanstack/react-router";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { NewPasswordField } from "../new-password-field.tsx";
import { checkTypedPassword } from "../password-rule-lines.ts";
import { CardHeader } from "./card-header.tsx";
import { goOn } from "./go-on.ts";
import { readLinkToken } from "./read-link-token.ts";
import { ButtonLink } from "../../shell/page-links.tsx";

/** Nothing has been saved yet, so the defaults hold. */
const RULES = {
  charactersMin: IDENTITY_POLICY_DEFAULT.userAuthentication.minimumLength.characters,
  charactersMax: 1000,
  needsMixedCharacters: false,
  notOneOfLast: null,
  expiresAfterDays: null,
};

export function SetupPage() {
  const token = readLinkToken(useLocation().hash);
  return token === null ? <NoToken /> : <SetupForm token={token} />;
}

function NoToken() {
  return (
    <>
      <CardHeader title="Set up Postern" />
      <Stack gap="md">
        <Text>
          Open the whole setup link, with all that stands after the # sign. Postern prints it when
          it starts, as long as no operator has been set up; each start prints a new one.
        </Text>
        <ButtonLink to="/sign-in" variant="default">
          Back to sign in
        </ButtonLink>
      </Stack>
    </>
  );
}

function SetupForm({ token }: { readonly token: string }) {
  const router = useRouter();
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { email: "", name: "", password: "" },
    validate: {
      email: (email) =>
        /^\s*\S+@\S+\s*$/.test(email) ? null : "Enter an address such as ada@example.com.",
      name: (name) => (name.trim() === "" ? "Enter the name that others will see." : null),
      password: (password) => checkTypedPassword(RULES, password),
    },
    send: ({ email, name, password }) =>
      answerOf(
        api.POST("/api/v1/setup", {
          body: { token, email: email.trim(), name: name.trim(), password },
        }),
      ),
    onSaved: (answer) => goOn(router, answer),
  });
  const { email, name, password } = form.values;
  return (
    <>
      <CardHeader title="Set up Postern">
        You become the first operator: you may change everything and invite others. This page works
        once.
      </CardHeader>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <TextInput
            label="E-mail address"
            description="You sign in with it, and links to choose a new password go there."
            type="email"
            required
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...form.getInputProps("email")}
          />
          <TextInput label="Name" required autoComplete="name" {...form.getInputProps("name")} />
          <NewPasswordField
            label="Password"
            rules={RULES}
            words={[email, name]}
            password={password}
            input={form.getInputProps("password")}
          />
          <Button type="submit" loading={isSending} fullWidth>
            Finish the setup
          </Button>
        </Stack>
      </form>
    </>
  );
}

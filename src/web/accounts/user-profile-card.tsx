// A user's name and address, and whether they are an operator.
import { Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone } from "../shell/show-toast.ts";
import { useUnsavedGuard } from "../shell/unsaved-guard.tsx";
import { emailFault } from "./email-fault.ts";
import { nameFault } from "./name-fault.ts";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import type { UserRights } from "./user-rights.ts";
import { keepFocus } from "../shell/keep-focus.ts";

export type UserCardProps = { readonly user: UserAnswer; readonly rights: UserRights };

const OWN_EMAIL =
  "Somebody else has to change your own, so that a stolen session cannot take your place.";

type ProfileValues = { email: string; name: string };

export function UserProfileCard({ user, rights }: UserCardProps) {
  const client = useQueryClient();
  const params = { path: { id: user.id } };
  const { mayManage, mayChangeEmail, isSelf } = rights;
  const { form, submit, isSending, problem, isDraftRestored, restart } = useProblemForm<
    ProfileValues,
    UserAnswer
  >({
    draft: `user:${user.id}`,
    initialValues: { email: user.email, name: user.name },
    validate: { email: emailFault, name: nameFault },
    send: ({ email, name }) => {
      const body = { ...(mayChangeEmail ? { email } : {}), name: name.trim() };
      return answerOf(api.PATCH("/api/v1/users/{id}", { params, body }));
    },
    onSaved: async (saved) => {
      restart({ email: saved.email, name: saved.name });
      showDone("The profile was saved.");
      await refreshPeople(client);
    },
  });
  useUnsavedGuard(form.isDirty());
  return (
    <SettingCard title="Profile" sentence="The e-mail address is what they sign in with.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <DraftNotice isShown={isDraftRestored} />
          <TextInput
            label="E-mail address"
            type="email"
            required={mayChangeEmail}
            readOnly={!mayChangeEmail}
            description={isSelf ? OWN_EMAIL : null}
            autoComplete="off"
            {...form.getInputProps("email")}
          />
          <TextInput
            label="Name"
            required={mayManage}
            readOnly={!mayManage}
            maxLength={200}
            autoComplete="off"
            {...form.getInputProps("name")}
          />
          {mayManage ? (
            <Group justify="flex-end">
              <Button
                type="submit"
                onMouseDown={keepFocus}
                loading={isSending}
                disabled={!form.isDirty()}
              >
                Save
              </Button>
            </Group>
          ) : null}
        </Stack>
      </form>
      {rights.mayChangeOperator ? <OperatorSwitch user={user} /> : null}
    </SettingCard>
  );
}

/** Asked about, because it gives or takes everything at once. */
function OperatorSwitch({ user }: { readonly user: UserAnswer }) {
  const client = useQueryClient();
  const { id, name, isOperator } = user;
  function ask(): void {
    askToConfirm({
      title: isOperator ? `Take the operator's rights from ${name}?` : `Make ${name} an operator?`,
      changes: isOperator
        ? "They keep their memberships and lose all other accounts, users and rules."
        : "They will manage every account, every user and the platform's own rules.",
      confirmLabel: isOperator ? "Take the rights" : "Make operator",
      isDangerous: true,
      act: async () => {
        const body = { isOperator: !isOperator };
        await answerOf(api.PATCH("/api/v1/users/{id}", { params: { path: { id } }, body }));
        await refreshPeople(client);
      },
      done: isOperator ? `${name} is no operator any more.` : `${name} is an operator now.`,
    });
  }
  return (
    <Switch
      label="Operator of the platform"
      description="Manages every account, every user and the platform's own rules."
      checked={isOperator}
      onChange={ask}
    />
  );
}

// The dialog that adds a user: address, name, accounts, and the invitation.
import { Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answerOf, api } from "../api/api.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { useMe } from "../shell/me.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { useManagedAccounts } from "./account-picker.tsx";
import type { AccountChoice } from "./account-picker.tsx";
import { emailFault } from "./email-fault.ts";
import { InvitationNote } from "./invitation-note.tsx";
import { MembershipFields } from "./membership-fields.tsx";
import type { WantedMembership } from "./membership-fields.tsx";
import { nameFault } from "./name-fault.ts";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import { keepFocus } from "../shell/keep-focus.ts";

export type AddUserDialogProps = {
  readonly isOpen: boolean;
  /** The account that is being looked at; null: none in particular. */
  readonly account: string | null;
  readonly onClose: () => void;
};

export function AddUserDialog({ isOpen, account, onClose }: AddUserDialogProps) {
  const accounts = useManagedAccounts();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a user" size="lg">
      {/* The form begins anew each time, with the accounts it may offer. */}
      {accounts === null ? null : (
        <NewUserForm accounts={accounts} account={account} onClose={onClose} />
      )}
    </Modal>
  );
}

type NewUserValues = {
  email: string;
  name: string;
  isOperator: boolean;
  memberships: readonly WantedMembership[];
  invite: boolean;
};

type NewUserFormProps = {
  readonly accounts: readonly AccountChoice[];
  readonly account: string | null;
  readonly onClose: () => void;
};

function useNewUser({ accounts, account, onClose }: NewUserFormProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const first = accounts.find(({ code }) => code === account) ?? accounts[0];
  return useProblemForm<NewUserValues, UserAnswer>({
    draft: "new-user",
    initialValues: {
      email: "",
      name: "",
      isOperator: false,
      memberships: first === undefined ? [] : [{ account: first.code, role: "agent" }],
      invite: true,
    },
    validate: { email: emailFault, name: nameFault },
    send: (values) => {
      const body = { ...values, name: values.name.trim(), memberships: [...values.memberships] };
      return answerOf(api.POST("/api/v1/users", { body }));
    },
    onSaved: async (user, { invite }) => {
      onClose();
      showDone(`${user.name} was added${invite ? " and will get an invitation" : ""}.`);
      await navigate({ to: "/users/$id", params: { id: user.id } });
      await refreshPeople(client);
    },
  });
}

function NewUserForm(props: NewUserFormProps) {
  const me = useMe();
  const { form, submit, isSending, problem, isDraftRestored } = useNewUser(props);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <DraftNotice isShown={isDraftRestored} />
        <TextInput
          label="E-mail address"
          description="They sign in with it."
          type="email"
          required
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <TextInput
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <MembershipFields form={form} accounts={props.accounts} />
        {me.isOperator ? (
          <Switch
            label="Operator of the platform"
            description="Manages every account, every user and the platform's own rules."
            {...form.getInputProps("isOperator", { type: "checkbox" })}
          />
        ) : null}
        <Switch
          label="Send an invitation"
          description="A link by e-mail to choose a password, good for seven days."
          {...form.getInputProps("invite", { type: "checkbox" })}
        />
        <InvitationNote />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Add user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// The dialog that adds a client account.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answerOf, api } from "../api/api.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { accountCodeFault } from "./account-code-fault.ts";
import { nameFault } from "./name-fault.ts";
import { refreshPeople } from "./people-queries.ts";
import type { AccountAnswer } from "./people-queries.ts";
import { keepFocus } from "../shell/keep-focus.ts";

type DialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

export function AddAccountDialog({ isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add an account">
      <NewAccountForm onClose={onClose} />
    </Modal>
  );
}

type NewAccountValues = { name: string; code: string };

function NewAccountForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { form, submit, isSending, problem, isDraftRestored } = useProblemForm<
    NewAccountValues,
    AccountAnswer
  >({
    draft: "new-account",
    initialValues: { name: "", code: "" },
    validate: { name: nameFault, code: accountCodeFault },
    send: ({ name, code }) =>
      answerOf(api.POST("/api/v1/accounts", { body: { name: name.trim(), code } })),
    onSaved: async ({ code, name }) => {
      onClose();
      showDone(`${name} was added.`);
      await navigate({ to: "/accounts/$code", params: { code } });
      await refreshPeople(client);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <DraftNotice isShown={isDraftRestored} />
        <TextInput
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label="Code"
          description="Short and unique, such as acme. It cannot be changed later."
          required
          maxLength={32}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          {...form.getInputProps("code")}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Add account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// The dialog that adds a tracking number to an account.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { parsePhoneNumber } from "../../core/accounts/phone-number.ts";
import { answerOf, api } from "../api/api.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { AccountPicker, useManagedAccounts } from "./account-picker.tsx";
import type { AccountChoice } from "./account-picker.tsx";
import { groupDigits } from "./group-digits.ts";
import { refreshPeople } from "./people-queries.ts";
import type { TrackingNumberAnswer } from "./people-queries.ts";
import { keepFocus } from "../shell/keep-focus.ts";

export type AddNumberDialogProps = {
  readonly isOpen: boolean;
  /** The account that is being looked at; null: none in particular. */
  readonly account: string | null;
  readonly onClose: () => void;
};

export function AddNumberDialog({ isOpen, account, onClose }: AddNumberDialogProps) {
  const accounts = useManagedAccounts();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a tracking number">
      {accounts === null ? null : accounts.length === 0 ? (
        <Text size="sm">A number belongs to an account, and there is none yet. Add one first.</Text>
      ) : (
        <NewNumberForm accounts={accounts} account={account} onClose={onClose} />
      )}
    </Modal>
  );
}

function phoneFault(text: string): string | null {
  const read = parsePhoneNumber(text);
  return read.ok ? null : read.reason;
}

type NewNumberValues = { account: string; number: string; label: string };

type NewNumberFormProps = {
  readonly accounts: readonly AccountChoice[];
  readonly account: string | null;
  readonly onClose: () => void;
};

function NewNumberForm({ accounts, account, onClose }: NewNumberFormProps) {
  const client = useQueryClient();
  const first = accounts.find(({ code }) => code === account) ?? accounts[0];
  const { form, submit, isSending, problem, isDraftRestored } = useProblemForm<
    NewNumberValues,
    TrackingNumberAnswer
  >({
    draft: "new-number",
    initialValues: { account: first?.code ?? "", number: "", label: "" },
    validate: { number: phoneFault },
    send: ({ label, ...values }) => {
      const body = { ...values, label: label.trim() };
      return answerOf(api.POST("/api/v1/tracking-numbers", { body }));
    },
    onSaved: async ({ number }) => {
      onClose();
      showDone(`${groupDigits(number)} was added.`);
      await refreshPeople(client);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <DraftNotice isShown={isDraftRestored} />
        <TextInput
          label="Number"
          description="International form, such as +61 2 5550 1234."
          type="tel"
          required
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("number")}
        />
        <TextInput
          label="Label (optional)"
          description="What it is for, such as Spring campaign."
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps("label")}
        />
        {accounts.length > 1 ? (
          <AccountPicker
            label="Account"
            value={form.getValues().account}
            onChange={(code) => form.setFieldValue("account", code ?? "")}
            accounts={accounts}
            error={errorText(form.errors["account"])}
          />
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Add number
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function errorText(error: unknown): string | undefined {
  return typeof error === "string" ? error : undefined;
}

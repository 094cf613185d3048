// The dialog that gives a passkey another name.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { PasskeyAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { passkeyNameFault } from "./passkey-name-fault.ts";

export type RenamePasskeyDialogProps = {
  readonly passkey: PasskeyAnswer;
  readonly onClose: () => void;
  readonly onRenamed: () => Promise<void>;
};

export function RenamePasskeyDialog({ passkey, onClose, onRenamed }: RenamePasskeyDialogProps) {
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { name: passkey.name },
    validate: { name: passkeyNameFault },
    send: ({ name }) => {
      const params = { path: { id: passkey.id } };
      const body = { name: name.trim() };
      return answerOf(api.PATCH("/api/v1/me/passkeys/{id}", { params, body }));
    },
    onSaved: async () => {
      await onRenamed();
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Rename the passkey">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <TextInput
            label="Name"
            description="By which you know it again, such as Work laptop."
            required
            maxLength={100}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

// The dialog that changes when a ban in force ends, and its note.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { FormProblem } from "../shell/form-problem.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { changeBan, refreshBans } from "./address-ban-queries.ts";
import type { BanAnswer } from "./address-ban-queries.ts";
import { toLocalText } from "./address-entry-draft.ts";
import { noteFault } from "./note-fault.ts";

export type BanEndDialogProps = {
  /** Null: closed. */
  readonly ban: BanAnswer | null;
  readonly onClose: () => void;
};

export function BanEndDialog({ ban, onClose }: BanEndDialogProps) {
  return (
    <Modal opened={ban !== null} onClose={onClose} title={`Ban of ${ban?.range ?? ""}`}>
      {ban === null ? null : <BanForm key={ban.id} ban={ban} onClose={onClose} />}
    </Modal>
  );
}

type BanFormProps = { readonly ban: BanAnswer; readonly onClose: () => void };

const LATER = [
  { label: "1 hour", ms: 3_600_000 },
  { label: "1 day", ms: 86_400_000 },
  { label: "7 days", ms: 604_800_000 },
] as const;

function endFault(text: string): string | null {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return "Choose a date and a time.";
  return atMs > Date.now() ? null : "Choose a time that is to come, or release it instead.";
}

function BanForm({ ban, onClose }: BanFormProps) {
  const client = useQueryClient();
  const begin = { endsAt: toLocalText(ban.endsAt), note: ban.note };
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: begin,
    validate: {
      endsAt: (text) => (text === begin.endsAt ? null : endFault(text)),
      note: noteFault,
    },
    send: ({ endsAt, note }) => {
      // The field has no seconds: an end that was not touched keeps them.
      const end = endsAt === begin.endsAt ? ban.endsAt : new Date(endsAt).toISOString();
      return changeBan(ban.id, { endsAt: end, note: note.trim() });
    },
    onSaved: async ({ range }) => {
      onClose();
      showDone(`The ban of ${range} is changed.`);
      await refreshBans(client);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput type="datetime-local" label="Ends at" {...form.getInputProps("endsAt")} />
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            From now:
          </Text>
          {LATER.map(({ label, ms }) => (
            <Button
              key={label}
              size="compact-sm"
              variant="default"
              onClick={() => {
                const at = new Date(Date.now() + ms).toISOString();
                form.setFieldValue("endsAt", toLocalText(at));
              }}
            >
              {label}
            </Button>
          ))}
        </Group>
        <TextInput label="Note (optional)" autoComplete="off" {...form.getInputProps("note")} />
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
  );
}

// The form of a webhook, new or there already: name, address, and which events it gets.
import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { EVENT_GROUPS } from "../../api/journal-api.ts";
import type { EventGroup } from "../../api/journal-api.ts";
import { FormProblem } from "../shell/form-problem.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { GROUP_NAMES } from "./filter-words.ts";
import { webhookGroupsFault, webhookNameFault, webhookUrlFault } from "./webhook-faults.ts";

export type WebhookValues = { name: string; url: string; groups: EventGroup[] };

export type WebhookFormProps = {
  readonly initialValues: WebhookValues;
  readonly saveLabel: string;
  readonly save: (values: WebhookValues) => Promise<void>;
  readonly onClose: () => void;
};

export function WebhookForm({ initialValues, saveLabel, save, onClose }: WebhookFormProps) {
  const { form, submit, isSending, problem } = useProblemForm<WebhookValues, void>({
    draft: null,
    initialValues,
    validate: { name: webhookNameFault, url: webhookUrlFault, groups: webhookGroupsFault },
    send: ({ name, url, groups }) => save({ name: name.trim(), url: url.trim(), groups }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          label="Name"
          description="By which it is known here, such as SIEM."
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label="Address"
          description="Where events are posted: https, or http on this machine."
          type="url"
          required
          maxLength={2_000}
          autoComplete="off"
          {...form.getInputProps("url")}
        />
        <Checkbox.Group
          label="Events"
          description="Each is sent once, within seconds."
          required
          {...form.getInputProps("groups")}
        >
          <Group gap="md" mt="xs">
            {EVENT_GROUPS.map((group) => (
              <Checkbox key={group} value={group} label={GROUP_NAMES[group]} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            {saveLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

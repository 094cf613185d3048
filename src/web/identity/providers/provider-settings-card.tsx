// The settings of a provider that is there, with what saving them would take from its users.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { FormEvent } from "react";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { WarningIcon } from "../../shell/icons.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { TheirChanges } from "../../shell/their-changes.tsx";
import { NameField, ProviderFields } from "./provider-fields.tsx";
import { describeLoss, describeProviderChanges } from "./provider-words.ts";
import type { ProviderEditor } from "./use-provider-editor.ts";

export type ProviderSettingsCardProps = {
  readonly editor: ProviderEditor;
  readonly isOperator: boolean;
};

export function ProviderSettingsCard({ editor, isOperator }: ProviderSettingsCardProps) {
  const { form, base, theirs, submit, isSending } = editor;
  const isDirty = form.isDirty();
  const loss = describeLoss(form.values, base);
  useUnsavedGuard(isDirty);

  function ask(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (loss === null || form.validate().hasErrors) submit(event);
    else {
      askToConfirm({
        title: "Point it at another issuer?",
        changes: loss,
        confirmLabel: "Save, and remove them",
        act: () => {
          submit();
          return Promise.resolve();
        },
      });
    }
  }

  const fields = { form, base, isOperator };
  return (
    <SettingCard title="Settings">
      <form onSubmit={ask} noValidate>
        <Stack gap="md">
          <FormProblem problem={editor.problem} />
          <DraftNotice isShown={editor.isDraftRestored} />
          {theirs === null ? null : (
            <TheirChanges
              changedBy={theirs.changedBy}
              changedAt={theirs.changedAt}
              subject="this provider"
              changes={describeProviderChanges(editor.read, theirs)}
              isSaving={isSending}
              mayKeepMine
              onKeepMine={() => submit()}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          <NameField {...fields} />
          <ProviderFields {...fields} />
          {loss === null ? null : (
            <Alert color="yellow" variant="light" icon={<WarningIcon />} role="status">
              <Text size="sm">{loss}</Text>
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button
              variant="default"
              disabled={!isDirty || isSending}
              onClick={editor.discard}
              onMouseDown={keepFocus}
            >
              Discard
            </Button>
            <Button type="submit" onMouseDown={keepFocus} disabled={!isDirty} loading={isSending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingCard>
  );
}

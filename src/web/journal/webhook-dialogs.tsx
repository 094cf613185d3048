// The dialogs about one webhook: add it, edit it, and its secret, which is shown once.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { WebhookAnswer } from "../../api/webhook-api.ts";
import { answerOf, api } from "../api/api.ts";
import { CopyLine } from "../identity/providers/copy-line.tsx";
import { showDone } from "../shell/show-toast.ts";
import { WebhookForm } from "./webhook-form.tsx";
import type { WebhookValues } from "./webhook-form.tsx";
import { webhooksQuery } from "./webhooks-query.ts";

/** Null: none is open. */
export type WebhookDialog =
  | { readonly kind: "add" }
  | { readonly kind: "edit"; readonly webhook: WebhookAnswer }
  | { readonly kind: "secret"; readonly name: string; readonly secret: string };

export type WebhookDialogsProps = {
  readonly dialog: WebhookDialog | null;
  readonly show: (dialog: WebhookDialog | null) => void;
};

const NEW_WEBHOOK: WebhookValues = { name: "", url: "", groups: ["bans", "changes", "alarms"] };

export function WebhookDialogs({ dialog, show }: WebhookDialogsProps) {
  const close = () => show(null);
  // Whoever clicks beside it would lose the secret for good.
  const isSecret = dialog?.kind === "secret";
  return (
    <Modal
      opened={dialog !== null}
      onClose={close}
      title={titleOf(dialog)}
      closeOnClickOutside={!isSecret}
    >
      {dialog === null ? null : <Opened dialog={dialog} show={show} />}
    </Modal>
  );
}

type OpenedProps = Omit<WebhookDialogsProps, "dialog"> & { readonly dialog: WebhookDialog };

function Opened({ dialog, show }: OpenedProps) {
  const client = useQueryClient();
  const close = () => show(null);
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });

  async function add(body: WebhookValues): Promise<void> {
    const { name, secret } = await answerOf(api.POST("/api/v1/webhooks", { body }));
    show({ kind: "secret", name, secret });
    await refresh();
  }

  async function edit({ id, version }: WebhookAnswer, values: WebhookValues): Promise<void> {
    const body = { ...values, version };
    await answerOf(api.PATCH("/api/v1/webhooks/{id}", { params: { path: { id } }, body }));
    close();
    showDone(`${values.name} was saved.`);
    await refresh();
  }

  switch (dialog.kind) {
    case "add":
      return (
        <WebhookForm
          initialValues={NEW_WEBHOOK}
          saveLabel="Add webhook"
          save={add}
          onClose={close}
        />
      );
    case "edit": {
      const { webhook } = dialog;
      const { name, url, groups } = webhook;
      return (
        <WebhookForm
          initialValues={{ name, url, groups }}
          saveLabel="Save"
          save={(values) => edit(webhook, values)}
          onClose={close}
        />
      );
    }
    case "secret":
      return <Secret secret={dialog.secret} onClose={close} />;
    default:
      return dialog satisfies never;
  }
}

function Secret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        The receiver checks with it that a message comes from here (Standard Webhooks). It is shown
        this once: copy it now.
      </Text>
      <CopyLine label="Secret" text={secret} copyLabel="Copy the secret" />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

function titleOf(dialog: WebhookDialog | null): string {
  if (dialog === null) return "";
  if (dialog.kind === "add") return "Add a webhook";
  return dialog.kind === "edit" ? `Edit ${dialog.webhook.name}` : `Secret of ${dialog.name}`;
}

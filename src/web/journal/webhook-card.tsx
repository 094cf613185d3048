// One webhook on a card: where it goes, how it fares, and what can be done with it.
import { Box, Button, Group, Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { WebhookAnswer, WebhookState, WebhookTestAnswer } from "../../api/webhook-api.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import type { StatusTone } from "../shell/status-tone.ts";
import { TimeText } from "../shell/time-text.tsx";
import { GROUP_NAMES } from "./filter-words.ts";
import type { WebhookDialog } from "./webhook-dialogs.tsx";
import { webhooksQuery } from "./webhooks-query.ts";

const STATE_WORDS: Readonly<Record<WebhookState, { tone: StatusTone; name: string }>> = {
  sending: { tone: "good", name: "Sending" },
  paused: { tone: "warn", name: "Failing, tried again" },
  off: { tone: "quiet", name: "Off" },
};

export type WebhookCardProps = {
  readonly webhook: WebhookAnswer;
  readonly show: (dialog: WebhookDialog) => void;
};

export function WebhookCard({ webhook, show }: WebhookCardProps) {
  const { id, name, isOn, version } = webhook;
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });

  async function turn(on: boolean): Promise<void> {
    const body = { isOn: on, version };
    await answerOf(api.PATCH("/api/v1/webhooks/{id}", { params: { path: { id } }, body }));
    await refresh();
  }

  function toggle(on: boolean): void {
    if (!on && webhook.waiting > 0) {
      askToConfirm({
        title: `Turn ${name} off?`,
        changes: `${countText(webhook.waiting)} for it and will never be sent.`,
        confirmLabel: "Turn off",
        act: () => turn(false),
      });
      return;
    }
    turn(on).catch((error: unknown) => showRefusal(error));
  }

  return (
    <SettingCard
      title={name}
      sentence={<span className="postern-breakable">{webhook.url}</span>}
      control={
        <Switch
          label="On"
          aria-label={`${name} is on`}
          checked={isOn}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
      }
    >
      <FactList facts={factsOf(webhook)} />
      <WebhookActions webhook={webhook} show={show} refresh={refresh} />
    </SettingCard>
  );
}

function factsOf(webhook: WebhookAnswer) {
  const { state, groups, waiting, lost, fault, deliveredAt, nextAttemptAt } = webhook;
  const { tone, name } = STATE_WORDS[state];
  const isBad = state === "off" && fault !== null;
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: "State", value: <StatusMark tone={isBad ? "bad" : tone}>{name}</StatusMark> },
    ...(fault === null ? [] : [{ name: "Fault", value: fault }]),
    ...(nextAttemptAt === null
      ? []
      : [{ name: "Next attempt", value: <TimeText at={nextAttemptAt} /> }]),
    { name: "Events", value: groups.map((group) => GROUP_NAMES[group]).join(", ") },
    {
      name: "Last delivered",
      value: deliveredAt === null ? "Nothing yet" : <TimeText at={deliveredAt} />,
    },
    { name: "Waiting", value: waiting.toLocaleString("en") },
    { name: "Never sent", value: lost.toLocaleString("en") },
  ];
  return facts;
}

type ActionsProps = WebhookCardProps & { readonly refresh: () => Promise<void> };

function WebhookActions({ webhook, show, refresh }: ActionsProps) {
  const { id, name } = webhook;
  const params = { path: { id } };
  const [outcome, setOutcome] = useState<WebhookTestAnswer | null>(null);
  const [isTesting, setTesting] = useState(false);

  async function test(): Promise<void> {
    setTesting(true);
    try {
      setOutcome(await answerOf(api.POST("/api/v1/webhooks/{id}/test", { params })));
      await refresh();
    } catch (error) {
      showRefusal(error);
    } finally {
      setTesting(false);
    }
  }

  async function renew(): Promise<void> {
    const { secret } = await answerOf(api.POST("/api/v1/webhooks/{id}/secret", { params }));
    show({ kind: "secret", name, secret });
    await refresh();
  }

  async function remove(): Promise<void> {
    await answerOf(api.DELETE("/api/v1/webhooks/{id}", { params }));
    await refresh();
    showDone(`${name} was deleted.`);
  }

  function askToRenew(): void {
    askToConfirm({
      title: `Give ${name} a new secret?`,
      changes: "The receiver refuses messages until it has the new one; they are sent again.",
      confirmLabel: "New secret",
      act: renew,
    });
  }

  function askToDelete(): void {
    askToConfirm({
      title: `Delete ${name}?`,
      changes: `No more events are sent to it. ${countText(webhook.waiting)} for it.`,
      confirmLabel: "Delete",
      act: remove,
    });
  }

  return (
    <div role="group" aria-label={name}>
      <Group gap="xs">
        <Button size="xs" variant="default" loading={isTesting} onClick={() => void test()}>
          Send a test
        </Button>
        <Button size="xs" variant="default" onClick={() => show({ kind: "edit", webhook })}>
          Edit
        </Button>
        <Button size="xs" variant="default" onClick={askToRenew}>
          New secret
        </Button>
        <Button size="xs" variant="default" onClick={askToDelete}>
          Delete
        </Button>
      </Group>
      <div role="status">{outcome === null ? null : <TestOutcome outcome={outcome} />}</div>
    </div>
  );
}

function TestOutcome({ outcome }: { readonly outcome: WebhookTestAnswer }) {
  const { isGood, status, fault, milliseconds } = outcome;
  return (
    <Box mt="sm">
      <StatusMark tone={isGood ? "good" : "bad"}>
        {isGood ? "The test was taken" : "The test failed"}
      </StatusMark>
      <Text size="xs" c="dimmed" className="postern-breakable">
        {isGood ? `Status ${status ?? ""}` : fault}, {milliseconds.toLocaleString("en")} ms
      </Text>
    </Box>
  );
}

function countText(waiting: number): string {
  if (waiting === 0) return "Nothing waits";
  return waiting === 1 ? "One event waits" : `${waiting.toLocaleString("en")} events wait`;
}

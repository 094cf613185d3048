// One subscribed list on a card: how it is, what its last copy changed, and its mode.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { SubscriptionAnswer } from "../../api/subscription-api.ts";
import type { Mode } from "../../core/network/network-policy.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { answerOf, api } from "../api/api.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { saveGuarded } from "../shell/lockout-dialog.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { describeSpan } from "./describe-span.ts";
import { ModeChoice } from "./mode-choice.tsx";
import { nameOfMode } from "./mode-words.ts";
import type { ModeWords } from "./mode-words.ts";
import {
  describeDifference,
  describeKeptBack,
  FORMAT_NAMES,
  STATE_WORDS,
  countRanges,
} from "./subscription-words.ts";
import { subscriptionsQuery } from "./subscriptions-query.ts";

const WORDS: ModeWords = {
  off: "Not read and not looked at.",
  monitor: "Who is on it is recorded, and passes.",
  enforce: "Who is on it is refused.",
};

type CardProps = { readonly subscription: SubscriptionAnswer };

export function SubscriptionCard({ subscription }: CardProps) {
  const { id, name, mode, version } = subscription;
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const params = { path: { id } };

  /** Whatever came of it, the list shows how things are now. */
  async function act(what: () => Promise<unknown>, done?: string): Promise<void> {
    setBusy(true);
    try {
      await what();
      if (done !== undefined) showDone(done);
    } finally {
      await client.invalidateQueries({ queryKey: subscriptionsQuery.queryKey });
      setBusy(false);
    }
  }

  async function setMode(next: Mode): Promise<void> {
    const body = { mode: next, version };
    await act(
      () =>
        saveGuarded((query) => {
          const asked = { params: { ...params, query }, body };
          return answerOf(api.PATCH("/api/v1/subscriptions/{id}", asked));
        }),
      `${name} is on ${nameOfMode(next)}.`,
    );
  }

  function askForMode(next: Mode): void {
    if (next !== "enforce") return void setMode(next).catch(showRefusal);
    askToConfirm({
      title: `Enforce ${name}?`,
      changes: (
        <>
          <Text size="sm">
            Everybody on its {countRanges(subscription.ranges)} is refused from now on, but for
            allowed and private addresses.
          </Text>
          <PreviewPanel order={4} changes={[{ kind: "subscription-mode", id, mode: next }]} />
        </>
      ),
      confirmLabel: "Enforce",
      act: () => setMode(next),
    });
  }

  function askToRemove(): void {
    askToConfirm({
      title: `Remove ${name}?`,
      changes: "Its list no longer holds from the next request.",
      confirmLabel: "Remove",
      act: () => act(() => answerOf(api.DELETE("/api/v1/subscriptions/{id}", { params }))),
    });
  }

  const refresh = () => answerOf(api.POST("/api/v1/subscriptions/{id}/refresh", { params }));
  return (
    <Stack gap="sm" role="group" aria-label={name}>
      <div>
        <Title order={3} size="h4">
          {name}
        </Title>
        <Text size="sm" c="dimmed" className="postern-breakable">
          {subscription.source}
        </Text>
      </div>
      <FactList facts={factsOf(subscription)} />
      <ModeChoice label={`${name} is`} value={mode} words={WORDS} onChange={askForMode} />
      <Group gap="xs">
        <KeptBackButton subscription={subscription} act={act} />
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          onClick={() => void act(refresh).catch(showRefusal)}
        >
          Read now
        </Button>
        <Button size="xs" variant="default" onClick={askToRemove}>
          Remove
        </Button>
      </Group>
    </Stack>
  );
}

type KeptBackProps = CardProps & {
  readonly act: (what: () => Promise<unknown>, done?: string) => Promise<void>;
};

function KeptBackButton({ subscription: { id, name, keptBack }, act }: KeptBackProps) {
  if (keptBack === null) return null;
  const { contentHash } = keptBack;
  const take = () =>
    saveGuarded((query) => {
      const asked = { params: { path: { id }, query }, body: { contentHash } };
      return answerOf(api.POST("/api/v1/subscriptions/{id}/take", asked));
    });
  return (
    <Button size="xs" onClick={() => void act(take, `${name} was taken.`).catch(showRefusal)}>
      Take the new copy
    </Button>
  );
}

function factsOf(subscription: SubscriptionAnswer) {
  const { state, fault, ranges, loadedAt, difference, keptBack, format } = subscription;
  const { tone, name } = STATE_WORDS[state];
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: "State", value: <StatusMark tone={tone}>{name}</StatusMark> },
    ...(fault === null ? [] : [{ name: "Last attempt", value: fault }]),
    { name: "Ranges", value: ranges.toLocaleString("en") },
    { name: "Read", value: <TimeText at={loadedAt} /> },
    ...(difference === null
      ? []
      : [{ name: "Last new copy", value: describeDifference(difference) }]),
    ...(keptBack === null
      ? []
      : [
          {
            name: "Kept back",
            value: describeKeptBack(keptBack),
          },
        ]),
    { name: "Format", value: FORMAT_NAMES[format] },
    { name: "Read every", value: describeSpan(subscription.intervalSeconds) },
  ];
  return facts;
}

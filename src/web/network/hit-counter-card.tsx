// The hit counter: how close one address is to each limit now, and which bans it is under.
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CountersAnswer } from "../../api/counters-api.ts";
import { answerOf, api } from "../api/api.ts";
import { asApiProblem } from "../api/api-problem.ts";
import { causeName } from "../journal/ban-words.ts";
import { surfaceName } from "../journal/surface-words.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { useMe } from "../shell/me.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { AskAddress } from "./ask-address.tsx";
import { countersQuery, countersRoot } from "./counters-query.ts";
import { describeSpan } from "./describe-span.ts";

export function HitCounterCard({ account }: { readonly account: string | null }) {
  const [asked, setAsked] = useState<string | null>(null);
  const query = useQuery({ ...countersQuery(asked ?? "", account), enabled: asked !== null });
  const problem = asked !== null && query.isError ? asApiProblem(query.error) : null;

  function ask(address: string | null): void {
    if (address !== null && address === asked) void query.refetch();
    else setAsked(address);
  }

  return (
    <SettingCard
      title="Hit counter"
      sentence="What is counted of an address now. Asking counts nothing."
    >
      <AskAddress
        label="Address to count"
        action="Show"
        isAsking={query.isLoading}
        problem={problem?.message}
        onAsk={ask}
      />
      {asked === null || query.data === undefined || problem !== null ? null : (
        <Counters {...query.data} />
      )}
    </SettingCard>
  );
}

type Counter = CountersAnswer["counters"][number];
type Ban = CountersAnswer["bans"][number];

function Counters({ address, network, bans, counters }: CountersAnswer) {
  const { isOperator } = useMe();
  const counted = counters.filter(({ mode }) => mode !== "off");
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed" className="postern-breakable" role="status">
        Counted by {network}.
      </Text>
      {bans.map((ban) => (
        <BanLines key={ban.id} ban={ban} />
      ))}
      {bans.length === 0 ? null : <ReleaseButton address={address} />}
      {counted.map((counter) => (
        <CounterRow key={`${counter.layer} ${counter.rule} ${counter.surface}`} {...counter} />
      ))}
      {isOperator ? null : (
        <Text size="xs" c="dimmed">
          What the platform counts and bans is for its operators to see and to release.
        </Text>
      )}
    </Stack>
  );
}

function BanLines({ ban: { account, holds, cause, endsAt } }: { readonly ban: Ban }) {
  const where =
    holds === "everywhere"
      ? "Banned everywhere"
      : `Banned from ${surfaceName(holds).toLowerCase()}`;
  return (
    <div>
      <StatusMark tone="bad">{account === null ? where : `${where} of ${account}`}</StatusMark>
      <Text size="xs" c="dimmed">
        {causeName(cause)}. Ends <TimeText at={endsAt} />.
      </Text>
    </div>
  );
}

function ReleaseButton({ address }: { readonly address: string }) {
  const client = useQueryClient();
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          askToConfirm({
            title: `Release ${address}?`,
            changes: "Every ban that is shown ends now, and its counters begin again at zero.",
            confirmLabel: "Release",
            isDangerous: false,
            act: async () => {
              await answerOf(api.POST("/api/v1/bans/release", { body: { address } }));
              await client.invalidateQueries({ queryKey: countersRoot });
            },
            done: `${address} is released.`,
          })
        }
      >
        Release it
      </Button>
    </Group>
  );
}

const RULE_NAMES: Readonly<Record<string, string>> = {
  "hard-limit": "Hard limit",
  "failed-authentication": "Failed authentication",
  "webchat-requests": "Web chat requests",
  "rate-limit": "Rate limit",
};

function CounterRow(counter: Counter) {
  const { rule, layer, surface, count, max, windowSeconds, mode } = counter;
  const isRate = rule === "rate-limit" && surface !== null;
  const name = `${RULE_NAMES[rule] ?? rule}${isRate ? `, ${surfaceName(surface)}` : ""}`;
  const share = max === 0 ? 100 : Math.min(100, Math.round((count / max) * 100));
  return (
    <div>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="baseline">
        <Text size="sm">{name}</Text>
        <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
          {count.toLocaleString("en")} of {max.toLocaleString("en")}
        </Text>
      </Group>
      <Progress
        value={share}
        size="sm"
        my={4}
        aria-label={`${name}: ${share} percent of what is accepted`}
        color={count > max ? "red" : "harbour"}
      />
      <Text size="xs" c="dimmed">
        In {describeSpan(windowSeconds)}
        {layer === "account" ? ", the account's rule" : ""}
        {mode === "monitor" ? ", recorded only" : ""}
      </Text>
    </div>
  );
}

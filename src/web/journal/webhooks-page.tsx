// The page of webhooks, for operators: whom events are sent to, and how syslog fares.
import { Button, Card, Code, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SyslogAnswer, WebhookListAnswer } from "../../api/webhook-api.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { WebhookDialogs } from "./webhook-dialogs.tsx";
import type { WebhookDialog } from "./webhook-dialogs.tsx";
import { webhooksQuery } from "./webhooks-query.ts";

/** What waits is sent by itself: the page follows it. */
const FOLLOW_EVERY_MS = 5_000;

export function WebhooksPage() {
  const { isOperator } = useMe();
  const [dialog, setDialog] = useState<WebhookDialog | null>(null);
  const query = useQuery({
    ...webhooksQuery,
    enabled: isOperator,
    refetchInterval: ({ state }) =>
      state.data?.webhooks.some(({ waiting }) => waiting > 0) === true ? FOLLOW_EVERY_MS : false,
  });
  const add = <Button onClick={() => setDialog({ kind: "add" })}>Add webhook</Button>;
  return (
    <>
      <PageHeader
        title="Webhooks"
        sentence="Security events that are sent to other programs as they happen, signed."
        actions={isOperator ? add : undefined}
      />
      {isOperator ? (
        <QueryView query={query}>
          {(answer) => <WebhooksView answer={answer} show={setDialog} />}
        </QueryView>
      ) : (
        <Text>Events are sent for the whole platform; this page is for its operators.</Text>
      )}
      <WebhookDialogs dialog={dialog} show={setDialog} />
    </>
  );
}

type WebhooksViewProps = {
  readonly answer: WebhookListAnswer;
  readonly show: (dialog: WebhookDialog) => void;
};

function WebhooksView({ answer: { webhooks, syslog }, show }: WebhooksViewProps) {
  return (
    <Stack gap="lg">
      {webhooks.length === 0 ? (
        <Card className="postern-card">
          <EmptyState title="No webhook yet">
            Add one, and bans, changes or alarms are posted to your SIEM, chat or pager.
          </EmptyState>
        </Card>
      ) : (
        webhooks.map((webhook) => <WebhookCard key={webhook.id} webhook={webhook} show={show} />)
      )}
      <SettingCard title="Syslog" sentence="Every security event, as one message (RFC 5424).">
        {syslog === null ? (
          <Text size="sm">
            Not set. Start Postern with <Code>SYSLOG_URL</Code>, such as{" "}
            <Code>tls://logs.example.com:6514</Code>.
          </Text>
        ) : (
          <SyslogFacts syslog={syslog} />
        )}
      </SettingCard>
    </Stack>
  );
}

function SyslogFacts({ syslog }: { readonly syslog: SyslogAnswer }) {
  const { url, fault, sent, waiting, lost } = syslog;
  return (
    <FactList
      facts={[
        { name: "Server", value: url },
        {
          name: "State",
          value:
            fault === null ? (
              <StatusMark tone="good">No fault</StatusMark>
            ) : (
              <StatusMark tone="warn">Failing, tried again</StatusMark>
            ),
        },
        ...(fault === null ? [] : [{ name: "Fault", value: fault }]),
        { name: "Sent by this node", value: sent.toLocaleString("en") },
        { name: "Waiting", value: waiting.toLocaleString("en") },
        { name: "Lost", value: lost.toLocaleString("en") },
      ]}
    />
  );
}

// The page of mail, for operators: how it leaves, what waits or failed, and a test.
import { Alert, Button, Card, Code, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MailAnswer, MailKind, MailStatusAnswer } from "../../../api/mail-api.ts";
import { emailFault } from "../../accounts/email-fault.ts";
import { FactList } from "../../accounts/fact-list.tsx";
import { answerOf, api } from "../../api/api.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { FormProblem } from "../../shell/form-problem.tsx";
import { InfoIcon } from "../../shell/icons.tsx";
import { useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { QueryView } from "../../shell/query-view.tsx";
import { RowTable } from "../../shell/row-table.tsx";
import type { RowColumn } from "../../shell/row-table.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showDone, showRefusal } from "../../shell/show-toast.ts";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { mailStatusQuery } from "./mail-queries.ts";
import { keepFocus } from "../../shell/keep-focus.ts";

const KIND_WORDS: Readonly<Record<MailKind, string>> = {
  "password-reset": "Password reset",
  invitation: "Invitation",
  "password-changed": "Password changed",
  "email-changed": "E-mail address changed",
  lockout: "Lockout",
  "second-factor-code": "Second factor code",
  "second-factor-changed": "Second factor changed",
  "second-factor-locked": "Second factor locked",
  "connection-changed": "Single sign-on changed",
  "password-removed": "Password removed",
  "missed-call": "Missed call",
  test: "Test",
};

/** A mail that waits is tried again by itself: the page follows it. */
const FOLLOW_EVERY_MS = 5_000;

export function MailPage() {
  const { isOperator } = useMe();
  const query = useQuery({
    ...mailStatusQuery,
    enabled: isOperator,
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? FOLLOW_EVERY_MS : false),
  });
  return (
    <>
      <PageHeader
        title="Mail"
        sentence="Links and notices that leave by e-mail: what waits, was sent, or failed and why."
      />
      {isOperator ? (
        <QueryView query={query}>{(status) => <MailView status={status} />}</QueryView>
      ) : (
        <Text>Mail is sent for the whole platform; this page is for its operators.</Text>
      )}
    </>
  );
}

function MailView({ status }: { readonly status: MailStatusAnswer }) {
  return (
    <Stack gap="lg">
      <TransportCard status={status} />
      <TestCard sentWord={sentWords(status.transport)} />
      <Card component="section" className="postern-card" aria-labelledby="mails-heading">
        <Stack gap="md">
          <Title order={2} id="mails-heading">
            Newest mails
          </Title>
          {status.mails.length === 0 ? (
            <EmptyState title="No mail yet">
              Send a test above to see whether mail leaves and arrives.
            </EmptyState>
          ) : (
            <RowTable
              label="Newest mails"
              columns={columnsFor(sentWords(status.transport))}
              rows={status.mails}
              keyOf={({ id }) => id}
            />
          )}
        </Stack>
      </Card>
    </Stack>
  );
}

function TransportCard({ status }: { readonly status: MailStatusAnswer }) {
  const { transport, outboxDirectory, from, waiting, failed } = status;
  return (
    <SettingCard title="How mail leaves">
      {transport === "smtp" ? null : (
        <Alert color="harbour" variant="light" icon={<InfoIcon />}>
          <Text size="sm" className="postern-breakable">
            No mail server is set (SMTP_URL), so nothing is sent: each mail is a file in{" "}
            <Code>{outboxDirectory}</Code>, its text beside it (.txt). Links in them work all the
            same.
          </Text>
        </Alert>
      )}
      <FactList
        facts={[
          { name: "Way", value: transport === "smtp" ? "SMTP server" : "Outbox folder" },
          { name: "From", value: from },
          { name: "Waiting", value: waiting.toLocaleString("en") },
          { name: "Failed", value: failed.toLocaleString("en") },
        ]}
      />
    </SettingCard>
  );
}

/** Where no mail server is set, "sent" would promise too much. */
function sentWords(transport: MailStatusAnswer["transport"]): string {
  return transport === "smtp" ? "Sent" : "In the outbox";
}

function columnsFor(sentWord: string): readonly RowColumn<MailAnswer>[] {
  return [
    {
      label: "Mail",
      cell: ({ kind, to }) => (
        <div>
          <Text size="sm" fw={550}>
            {KIND_WORDS[kind]}
          </Text>
          <Text size="xs" c="dimmed" className="postern-breakable">
            {to}
          </Text>
        </div>
      ),
    },
    { label: "State", cell: (mail) => <MailState mail={mail} sentWord={sentWord} /> },
    { label: "Asked for", cell: ({ createdAt }) => <TimeText at={createdAt} /> },
    {
      label: "Attempts",
      cell: ({ attempts }) => attempts.toLocaleString("en"),
      isFigure: true,
      isLesser: true,
    },
    { label: "Actions", isLabelHidden: true, cell: (mail) => <RetryButton mail={mail} /> },
  ];
}

type MailStateProps = { readonly mail: MailAnswer; readonly sentWord: string };

function MailState({ mail, sentWord }: MailStateProps) {
  const { state, sentAt, nextAttemptAt, lastError, attempts } = mail;
  return (
    <div>
      {state === "sent" ? <StatusMark tone="good">{sentWord}</StatusMark> : null}
      {state === "waiting" ? <StatusMark tone="quiet">Waiting</StatusMark> : null}
      {state === "failed" ? <StatusMark tone="bad">Failed</StatusMark> : null}
      <Text size="xs" c="dimmed" className="postern-breakable">
        {state === "sent" ? <TimeText at={sentAt} /> : null}
        {state === "waiting" && attempts > 0 ? (
          <>
            next attempt <TimeText at={nextAttemptAt} />
          </>
        ) : null}
      </Text>
      {state === "sent" || lastError === null ? null : (
        <Text size="xs" className="postern-breakable">
          {lastError}
        </Text>
      )}
    </div>
  );
}

function RetryButton({ mail }: { readonly mail: MailAnswer }) {
  const client = useQueryClient();
  if (mail.state === "sent") return null;
  async function retry(): Promise<void> {
    try {
      const params = { path: { id: mail.id } };
      const status = await answerOf(api.POST("/api/v1/mails/{id}/retry", { params }));
      client.setQueryData(mailStatusQuery.queryKey, status);
      showDone("It is being tried again.");
    } catch (error) {
      showRefusal(error);
    }
    await client.invalidateQueries({ queryKey: mailStatusQuery.queryKey });
  }
  return (
    <Group justify="flex-end">
      <Button
        size="xs"
        variant="default"
        aria-label={`Try again: ${KIND_WORDS[mail.kind]} to ${mail.to}`}
        onClick={() => void retry()}
      >
        Try again
      </Button>
    </Group>
  );
}

function TestCard({ sentWord }: { readonly sentWord: string }) {
  const client = useQueryClient();
  const me = useMe();
  const [outcome, setOutcome] = useState<MailAnswer | null>(null);
  const { form, submit, isSending, problem } = useProblemForm<{ to: string }, MailAnswer>({
    draft: null,
    initialValues: { to: me.email },
    validate: { to: emailFault },
    send: (body) => answerOf(api.POST("/api/v1/mails/test", { body })),
    onSaved: async (mail) => {
      setOutcome(mail);
      await client.invalidateQueries({ queryKey: mailStatusQuery.queryKey });
    },
  });
  return (
    <SettingCard title="Send a test" sentence="It is sent at once, and the outcome is told here.">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <FormProblem problem={problem} />
          <Group align="flex-start" gap="xs">
            <TextInput
              label="To"
              type="email"
              required
              autoComplete="off"
              flex="1 1 220px"
              maw={420}
              {...form.getInputProps("to")}
            />
            <Button
              type="submit"
              onMouseDown={keepFocus}
              variant="default"
              loading={isSending}
              mt={{ base: 0, xs: 26 }}
            >
              Send test mail
            </Button>
          </Group>
          <div role="status">
            {outcome === null ? null : (
              <>
                <Text size="sm" className="postern-breakable">
                  To {outcome.to}:
                </Text>
                <MailState mail={outcome} sentWord={sentWord} />
              </>
            )}
          </div>
        </Stack>
      </form>
    </SettingCard>
  );
}

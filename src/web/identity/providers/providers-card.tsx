// The list of an owner's providers, where their buttons are, and what to do while there is none.
import { Card, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { ProviderAnswer, ProviderListAnswer } from "../../../api/provider-api.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { ButtonLink, TextLink } from "../../shell/page-links.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { RowTable } from "../../shell/row-table.tsx";
import type { RowColumn } from "../../shell/row-table.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { ProviderIcon } from "../single-sign-on/provider-icon.tsx";
import { CopyTextButton } from "../two-factor/copy-text-button.tsx";
import { KIND_WORDS } from "./kind-words.ts";
import { providersQuery } from "./provider-queries.ts";

const COLUMNS: readonly RowColumn<ProviderAnswer>[] = [
  {
    label: "Provider",
    cell: ({ id, kind, name }) => (
      <Group gap={8} wrap="nowrap">
        <ProviderIcon kind={kind} />
        <TextLink to="/security/single-sign-on/$id" params={{ id }} fw={550} size="sm">
          {name}
        </TextLink>
      </Group>
    ),
  },
  {
    label: "Status",
    cell: ({ isEnabled, hasSecret }) =>
      hasSecret ? (
        <StatusMark tone={isEnabled ? "good" : "quiet"}>{isEnabled ? "On" : "Off"}</StatusMark>
      ) : (
        <StatusMark tone="bad">No secret</StatusMark>
      ),
  },
  { label: "Code", cell: ({ id }) => <Code>{id}</Code> },
  { label: "Issuer", cell: ({ issuer }) => issuer, isLesser: true },
  {
    label: "Users connected",
    cell: ({ connections }) => connections.toLocaleString("en"),
    isFigure: true,
  },
];

type OwnerProps = { readonly account: string | null };

export function ProvidersCard({ account }: OwnerProps) {
  const query = useQuery(providersQuery(account));
  const id = useId();
  const isEmpty = query.data?.providers.length === 0;
  return (
    <Card component="section" aria-labelledby={id} className="postern-card">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={2} flex="1 1 260px">
          <Title order={2} id={id}>
            Providers
          </Title>
          <Text size="sm" c="dimmed" maw={620}>
            {account === null
              ? "Offered to everybody, with a button on the sign-in page and in the user settings."
              : `${account}'s own. They sign in only users who belong to ${account} and to no ` +
                "other account, and no operator; the platform's are offered beside them."}
          </Text>
        </Stack>
        {isEmpty ? null : (
          <ButtonLink to="/security/single-sign-on/new" search={searchOf(account)}>
            Add a provider
          </ButtonLink>
        )}
      </Group>
      <Stack gap="md" mt="md">
        <QueryView query={query}>
          {(answer) =>
            answer.providers.length === 0 ? (
              <NoProviders account={account} />
            ) : (
              <Providers answer={answer} account={account} />
            )
          }
        </QueryView>
      </Stack>
    </Card>
  );
}

/** What the pages below carry on: whose providers they are about. */
function searchOf(account: string | null): Readonly<Record<string, string>> {
  return account === null ? {} : { account };
}

function Providers({ answer, account }: OwnerProps & { readonly answer: ProviderListAnswer }) {
  const { providers, signInUrl } = answer;
  return (
    <>
      <RowTable label="Providers" columns={COLUMNS} rows={providers} keyOf={({ id }) => id} />
      <Stack gap={4}>
        <Text size="sm">
          {account === null
            ? "People find their buttons here:"
            : `Give ${account}'s people this address; its buttons are on no other page:`}
        </Text>
        <Group gap="xs">
          <Code fz="sm" px={10} py={5} className="postern-breakable">
            {signInUrl}
          </Code>
          <CopyTextButton text={signInUrl} label="Copy the address" />
        </Group>
      </Stack>
    </>
  );
}

function NoProviders({ account }: OwnerProps) {
  return (
    <EmptyState
      title="No providers yet"
      action={
        <Group gap="xs" justify="center" mt={4}>
          {(["google", "microsoft", "oidc"] as const).map((kind) => (
            <ButtonLink
              key={kind}
              to="/security/single-sign-on/new"
              search={{ ...searchOf(account), kind }}
              variant="default"
              size="xs"
              leftSection={<ProviderIcon kind={kind} />}
            >
              {KIND_WORDS[kind].label}
            </ButtonLink>
          ))}
        </Group>
      }
    >
      Add the one that your people already sign in with elsewhere. A guide beside the form says what
      to do on its side. Passwords go on working.
    </EmptyState>
  );
}

// The accounts that one is connected with: since when, last used, whether they open, and the end.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ConnectionAnswer, OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { TextLink } from "../../shell/page-links.tsx";
import { RowTable } from "../../shell/row-table.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { useProof } from "../two-factor/prove.ts";
import { ConnectionName } from "./connection-name.tsx";
import { connectionsQuery } from "./connections-query.ts";
import { describeWaysLeft, isLastWayIn } from "./ways-in-words.ts";

export type ConnectionListProps = { readonly own: OwnConnectionsAnswer };

/** Inside `<ProofProvider>`. */
export function ConnectionList({ own }: ConnectionListProps) {
  const { connections } = own;
  if (connections.length === 0) {
    return (
      <EmptyState title="Nothing is connected yet">
        Choose a provider below, and it stands here.
      </EmptyState>
    );
  }
  const kept = connections.find((connection) => isLast(own, connection));
  return (
    <>
      <RowTable
        label="Connected accounts"
        rows={connections}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Account",
            cell: (connection) => <ConnectionName connection={connection} />,
          },
          { label: "Connected", cell: ({ connectedAt }) => <TimeText at={connectedAt} /> },
          {
            label: "Last used",
            cell: ({ lastUsedAt }) => <TimeText at={lastUsedAt} otherwise="Never" />,
          },
          {
            label: "Actions",
            isLabelHidden: true,
            cell: (connection) =>
              isLast(own, connection) ? null : (
                <Group justify="flex-end">
                  <Disconnect own={own} connection={connection} />
                </Group>
              ),
          },
        ]}
      />
      {kept === undefined ? null : <WhyKept connection={kept} />}
      {connections.some(({ isUsable }) => !isUsable) ? (
        <Text size="sm" c="dimmed">
          What does not sign you in at present is turned off, or not for your account any more. Your
          administrator knows which.
        </Text>
      ) : null}
    </>
  );
}

type DisconnectProps = {
  readonly own: OwnConnectionsAnswer;
  readonly connection: ConnectionAnswer;
};

function isLast(own: OwnConnectionsAnswer, { isUsable }: ConnectionAnswer): boolean {
  return isLastWayIn(own, isUsable ? "connection" : "unusable-connection");
}

function WhyKept({ connection: { provider } }: Pick<DisconnectProps, "connection">) {
  return (
    <Text size="sm" c="dimmed">
      {provider.name} cannot be disconnected now: it is your only way in. First{" "}
      <TextLink to="/settings/password">get a password</TextLink> or{" "}
      <TextLink to="/settings/two-factor">add a passkey</TextLink>.
    </Text>
  );
}

function Disconnect({ own, connection }: DisconnectProps) {
  const client = useQueryClient();
  const { prove } = useProof();
  const { id, provider, accountShown } = connection;
  const { name } = provider;
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={
        accountShown === "" ? `Disconnect ${name}` : `Disconnect ${name}, ${accountShown}`
      }
      onClick={() =>
        askToConfirm({
          title: `Disconnect ${name}?`,
          changes: (
            <Stack gap="xs">
              <Text size="sm" className="postern-breakable">
                {name} does not sign you in here any more
                {accountShown === "" ? "" : `, as ${accountShown}`}. Browsers in which it did are
                signed out at once; you stay signed in here.
              </Text>
              <Text size="sm">
                You sign in with {describeWaysLeft(own, { kind: "connection", id })} then. A mail
                tells you of it. You can connect it again.
              </Text>
            </Stack>
          ),
          confirmLabel: "Disconnect",
          act: async () => {
            const params = { path: { id } };
            await prove(() => answerOf(api.DELETE("/api/v1/me/connections/{id}", { params })));
            await client.invalidateQueries(connectionsQuery);
          },
          done: `${name} is disconnected.`,
        })
      }
    >
      Disconnect
    </Button>
  );
}

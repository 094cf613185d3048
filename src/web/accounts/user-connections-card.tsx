// The providers by which a user signs in, and the end of a connection that should not be.
import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ConnectionAnswer } from "../../api/connection-api.ts";
import { answerOf, api } from "../api/api.ts";
import { ConnectionName } from "../identity/single-sign-on/connection-name.tsx";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { refreshPeople, userConnectionsQuery } from "./people-queries.ts";
import type { UserCardProps } from "./user-profile-card.tsx";

/** For those who manage the user. */
export function UserConnectionsCard({ user, rights }: UserCardProps) {
  const query = useQuery(userConnectionsQuery(user.id));
  return (
    <SettingCard title="Single sign-on" sentence="Accounts elsewhere by which the user signs in.">
      <QueryView query={query}>
        {(connections) =>
          connections.length === 0 ? (
            <Text size="sm" c="dimmed">
              Not connected with any provider.
            </Text>
          ) : (
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
              {connections.map((connection, index) => (
                <li key={connection.id}>
                  {index === 0 ? null : <Divider mb="sm" />}
                  <ConnectionRow user={user} rights={rights} connection={connection} />
                </li>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </SettingCard>
  );
}

/** On a phone the button comes below, rather than breaking an address in two. */
const NAME_FLEX = "1 1 230px";

type ConnectionRowProps = UserCardProps & { readonly connection: ConnectionAnswer };

function ConnectionRow({ user, rights, connection }: ConnectionRowProps) {
  const { connectedAt, lastUsedAt } = connection;
  return (
    <Group justify="space-between" gap="sm" align="flex-start">
      <ConnectionName connection={connection} flex={NAME_FLEX}>
        <Text size="xs" c="dimmed">
          connected <TimeText at={connectedAt} />, last used <TimeText at={lastUsedAt} />
        </Text>
      </ConnectionName>
      {rights.isSelf ? null : <Disconnect user={user} connection={connection} />}
    </Group>
  );
}

type DisconnectProps = Pick<ConnectionRowProps, "user" | "connection">;

function Disconnect({ user, connection }: DisconnectProps) {
  const client = useQueryClient();
  const { id, name } = user;
  const { provider, accountShown } = connection;
  return (
    <Button
      size="xs"
      variant="default"
      flex="none"
      aria-label={`Disconnect ${provider.name} from ${name}`}
      onClick={() =>
        askToConfirm({
          title: `Disconnect ${provider.name} from ${name}?`,
          changes: (
            <Text size="sm" className="postern-breakable">
              {accountShown === "" ? provider.name : `${accountShown} at ${provider.name}`} does not
              sign {name} in any more, and sessions that came by it end at once. They can connect it
              again themselves. A mail tells {name} of it.
            </Text>
          ),
          confirmLabel: "Disconnect",
          act: async () => {
            const params = { path: { id, connectionId: connection.id } };
            await answerOf(api.DELETE("/api/v1/users/{id}/connections/{connectionId}", { params }));
            await refreshPeople(client);
          },
          done: `${provider.name} is disconnected from ${name}.`,
        })
      }
    >
      Disconnect
    </Button>
  );
}

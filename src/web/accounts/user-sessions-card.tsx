// A user's open sessions, with ending one or all.
import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionAnswer } from "../../api/sessions-api.ts";
import { answerOf, api } from "../api/api.ts";
import { PlaceText } from "../identity/settings/place-text.tsx";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { TimeText } from "../shell/time-text.tsx";
import { userSessionsQuery } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import { countOf } from "./user-words.ts";

type UserProps = { readonly user: UserAnswer };

export function UserSessionsCard({ user }: UserProps) {
  const query = useQuery(userSessionsQuery(user.id));
  return (
    <SettingCard title="Sessions" sentence="Browsers in which the user is signed in now.">
      <QueryView query={query}>
        {(sessions) =>
          sessions.length === 0 ? (
            <Text size="sm" c="dimmed">
              Not signed in anywhere.
            </Text>
          ) : (
            <SessionList user={user} sessions={sessions} />
          )
        }
      </QueryView>
    </SettingCard>
  );
}

type SessionListProps = UserProps & { readonly sessions: readonly SessionAnswer[] };

function SessionList({ user, sessions }: SessionListProps) {
  const client = useQueryClient();
  const { id, name } = user;
  return (
    <Stack gap="sm">
      {sessions.map((session, index) => (
        <div key={session.id}>
          {index === 0 ? null : <Divider mb="sm" />}
          <SessionRow user={user} session={session} />
        </div>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            askToConfirm({
              title: `End every session of ${name}?`,
              changes: `${countOf(sessions.length, "session")} will end at once.`,
              confirmLabel: "End all sessions",
              act: async () => {
                const params = { path: { id } };
                await answerOf(api.DELETE("/api/v1/users/{id}/sessions", { params }));
                await client.invalidateQueries({ queryKey: ["user", id] });
              },
              done: "The sessions were ended.",
            })
          }
        >
          End all sessions
        </Button>
      </Group>
    </Stack>
  );
}

function SessionRow({ user, session }: UserProps & { readonly session: SessionAnswer }) {
  const client = useQueryClient();
  async function end(): Promise<void> {
    const params = { path: { id: user.id, sessionId: session.id } };
    try {
      await answerOf(api.DELETE("/api/v1/users/{id}/sessions/{sessionId}", { params }));
      showDone("The session was ended.");
    } catch (error) {
      showRefusal(error);
    }
    await client.invalidateQueries({ queryKey: ["user", user.id] });
  }
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <PlaceText place={session} mark={session.isCurrent ? "this session" : null} />
        <Text size="xs" c="dimmed">
          active <TimeText at={session.lastActivityAt} />
        </Text>
      </div>
      {session.isCurrent ? null : (
        <Button
          size="xs"
          variant="default"
          aria-label={`End the session in ${session.device}`}
          onClick={() => void end()}
        >
          End
        </Button>
      )}
    </Group>
  );
}

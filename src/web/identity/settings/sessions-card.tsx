// The sessions of whoever is signed in; each can be ended, or all others at once.
import { Button, Group, Table, VisuallyHidden } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionAnswer } from "../../../api/sessions-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { PlaceText } from "./place-text.tsx";

const KEY = ["me", "sessions"];

export function SessionsCard() {
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET("/api/v1/me/sessions")),
    select: (answer) => answer.sessions,
  });
  const othersCount = (sessions.data ?? []).filter(({ isCurrent }) => !isCurrent).length;
  return (
    <SettingCard
      title="Sessions"
      sentence="Every browser in which you are signed in now."
      control={othersCount > 0 ? <EndOthers count={othersCount} /> : null}
    >
      <QueryView query={sessions}>
        {(data) => (
          <Table.ScrollContainer minWidth={300}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Device and place</Table.Th>
                  <Table.Th visibleFrom="sm">Signed in</Table.Th>
                  <Table.Th visibleFrom="xs">Last activity</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>Actions</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.map((session) => (
                  <SessionRow key={session.id} session={session} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QueryView>
    </SettingCard>
  );
}

function SessionRow({ session }: { readonly session: SessionAnswer }) {
  const queries = useQueryClient();
  function ask(): void {
    askToConfirm({
      title: "End this session?",
      changes:
        `${session.device} at ${session.address} is signed out at once. ` +
        "Whoever uses it has to sign in again.",
      confirmLabel: "End the session",
      done: "The session has ended.",
      act: async () => {
        const params = { path: { id: session.id } };
        await answerOf(api.DELETE("/api/v1/me/sessions/{id}", { params }));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  }
  return (
    <Table.Tr>
      <Table.Td>
        <PlaceText place={session} mark={session.isCurrent ? "this one" : null} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <TimeText at={session.createdAt} />
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <TimeText at={session.lastActivityAt} />
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end">
          {session.isCurrent ? null : (
            <Button
              variant="default"
              size="xs"
              onClick={ask}
              aria-label={`End the session of ${session.device} at ${session.address}`}
            >
              End
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function EndOthers({ count }: { readonly count: number }) {
  const queries = useQueryClient();
  const others = count === 1 ? "the other browser" : `${count} other browsers`;
  function ask(): void {
    askToConfirm({
      title: "End all other sessions?",
      changes: `You are signed out at once in ${others}. You stay signed in here.`,
      confirmLabel: "End them",
      done: "All other sessions have ended.",
      act: async () => {
        await answerOf(api.DELETE("/api/v1/me/sessions"));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  }
  return (
    <Button variant="default" size="sm" onClick={ask}>
      End all others
    </Button>
  );
}

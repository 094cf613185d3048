// The sessions of whoever is signed in; each can be ended, or all others at once.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionAnswer } from "../../../api/sessions-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { PlaceTable } from "./place-table.tsx";

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
      <QueryView query={sessions}>{(data) => <Sessions sessions={data} />}</QueryView>
    </SettingCard>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly SessionAnswer[] }) {
  const queries = useQueryClient();
  function ask({ id, device, address }: SessionAnswer): void {
    askToConfirm({
      title: "End this session?",
      changes: `${device} at ${address} is signed out at once, and has to sign in again.`,
      confirmLabel: "End the session",
      done: "The session has ended.",
      act: async () => {
        const params = { path: { id } };
        await answerOf(api.DELETE("/api/v1/me/sessions/{id}", { params }));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  }
  return (
    <PlaceTable
      placeLabel="Device and place"
      columns={[
        { label: "Signed in", cell: { visibleFrom: "sm" }, timeOf: ({ createdAt }) => createdAt },
        {
          label: "Last activity",
          cell: { visibleFrom: "xs" },
          timeOf: ({ lastActivityAt }) => lastActivityAt,
        },
      ]}
      rows={sessions}
      action={{
        label: "End",
        describe: ({ device, address }) => `End the session of ${device} at ${address}`,
        act: ask,
        isFor: ({ isCurrent }) => !isCurrent,
      }}
    />
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

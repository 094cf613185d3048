// The recent sign-ins under one's address, also those that were refused, and why.
import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SignInEventListAnswer } from "../../../api/sessions-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { PlaceText } from "./place-text.tsx";
import { describeSignIn } from "./sign-in-reason-words.ts";

type SignInEvent = SignInEventListAnswer["signIns"][number];

export function SignInsCard() {
  const signIns = useQuery({
    queryKey: ["me", "sign-ins"],
    queryFn: () => answerOf(api.GET("/api/v1/me/sign-ins")),
    select: (answer) => answer.signIns,
  });
  return (
    <SettingCard
      title="Recent sign-ins"
      sentence={
        "Attempts with your address, newest first. If one that worked was not yours, change your " +
        "password now."
      }
    >
      <QueryView query={signIns}>
        {(data) => (data.length === 0 ? <NoSignIns /> : <SignIns signIns={data} />)}
      </QueryView>
    </SettingCard>
  );
}

function NoSignIns() {
  return <EmptyState title="Nothing yet">Your next sign-in will stand here.</EmptyState>;
}

function SignIns({ signIns }: { readonly signIns: readonly SignInEvent[] }) {
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>What happened</Table.Th>
            <Table.Th>Device and place</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {signIns.map((event) => (
            <Table.Tr key={`${event.at} ${event.address} ${event.reason}`}>
              <Table.Td>
                <TimeText at={event.at} />
              </Table.Td>
              <Table.Td>
                <Outcome event={event} />
              </Table.Td>
              <Table.Td>
                <PlaceText place={event} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Outcome({ event }: { readonly event: SignInEvent }) {
  const { tone, words } = describeSignIn(event);
  return <StatusMark tone={tone}>{words}</StatusMark>;
}

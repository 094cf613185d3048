// The browsers known as one's own; a lockout by strangers may leave them open.
import { Button, Group, Table, VisuallyHidden } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BrowserAnswer } from "../../../api/sessions-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { PlaceText } from "./place-text.tsx";

const KEY = ["me", "browsers"];

export function BrowsersCard() {
  const browsers = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET("/api/v1/me/browsers")),
    select: (answer) => answer.browsers,
  });
  return (
    <SettingCard
      title="Known browsers"
      sentence={
        "Browsers in which you have signed in before. If your account's rules say so, they stay " +
        "open when wrong passwords from elsewhere lock you out. Forget those you do not use."
      }
    >
      <QueryView query={browsers}>
        {(data) => (data.length === 0 ? <NoBrowsers /> : <Browsers browsers={data} />)}
      </QueryView>
    </SettingCard>
  );
}

function NoBrowsers() {
  return (
    <EmptyState title="No browser is known">
      The next one in which you sign in will stand here.
    </EmptyState>
  );
}

function Browsers({ browsers }: { readonly browsers: readonly BrowserAnswer[] }) {
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Browser and place</Table.Th>
            <Table.Th visibleFrom="sm">Known since</Table.Th>
            <Table.Th visibleFrom="xs">Last seen</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {browsers.map((browser) => (
            <BrowserRow key={browser.id} browser={browser} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BrowserRow({ browser }: { readonly browser: BrowserAnswer }) {
  const queries = useQueryClient();
  function ask(): void {
    askToConfirm({
      title: "Forget this browser?",
      changes:
        `${browser.device}, last seen at ${browser.address}, is a stranger's at its next ` +
        "sign-in. A session that is open there stays open.",
      confirmLabel: "Forget it",
      done: "The browser is forgotten.",
      act: async () => {
        const params = { path: { id: browser.id } };
        await answerOf(api.DELETE("/api/v1/me/browsers/{id}", { params }));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  }
  return (
    <Table.Tr>
      <Table.Td>
        <PlaceText place={browser} mark={browser.isCurrent ? "this one" : null} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <TimeText at={browser.createdAt} />
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <TimeText at={browser.lastSeenAt} />
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end">
          <Button
            variant="default"
            size="xs"
            onClick={ask}
            aria-label={`Forget ${browser.device}, last seen at ${browser.address}`}
          >
            Forget
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

// Deleting a client account: the server says what goes with it, and the code has to be typed.
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { AccountContents } from "../../api/accounts-api.ts";
import { answerOf, api } from "../api/api.ts";
import { toApiProblem, unreachableProblem } from "../api/api-problem.ts";
import { askToType } from "../shell/ask-to-type.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showRefusal } from "../shell/show-toast.ts";
import { refreshPeople } from "./people-queries.ts";
import type { AccountAnswer } from "./people-queries.ts";
import { countOf } from "./user-words.ts";

type AccountProps = { readonly account: AccountAnswer };

const PATH = "/api/v1/accounts/{code}";

export function AccountRemovalCard({ account }: AccountProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isLooking, setLooking] = useState(false);
  const { code, name } = account;

  async function remove(): Promise<void> {
    await answerOf(api.DELETE(PATH, { params: { path: { code }, query: { confirm: code } } }));
    await navigate({ to: "/accounts" });
    client.removeQueries({ queryKey: ["accounts", code] });
    await refreshPeople(client);
  }

  async function ask(): Promise<void> {
    setLooking(true);
    try {
      const contents = await readContents(code);
      askToType({
        title: `Delete ${name}?`,
        changes: <ContentsWords contents={contents} />,
        word: code,
        confirmLabel: "Delete account",
        act: remove,
        done: `${name} was deleted.`,
      });
    } catch (error) {
      showRefusal(error);
    } finally {
      setLooking(false);
    }
  }

  return (
    <SettingCard
      title="Delete the account"
      sentence="Its users, numbers and rules go with it. You see what goes before anything happens."
    >
      <Group>
        <Button variant="outline" color="red" loading={isLooking} onClick={() => void ask()}>
          Delete account
        </Button>
      </Group>
    </SettingCard>
  );
}

/** A deletion that is not confirmed is refused with the numbers of what would go. */
async function readContents(code: string): Promise<AccountContents> {
  const answer = await api.DELETE(PATH, { params: { path: { code } } }).catch(() => {
    throw unreachableProblem();
  });
  const body: unknown = answer.error;
  const refusal = toApiProblem(answer.response.status, body);
  if (refusal.code !== "account-deletion-unconfirmed") throw refusal;
  return body as AccountContents;
}

function ContentsWords({ contents }: { readonly contents: AccountContents }) {
  const { usersDeleted, usersKept, trackingNumbers, grants, policies, entries, recordings } =
    contents;
  return (
    <Stack gap="xs">
      <Text size="sm">With the account goes, for good:</Text>
      <List size="sm">
        <List.Item>{countOf(usersDeleted, "user")} who belong to no other account</List.Item>
        <List.Item>
          {countOf(trackingNumbers, "tracking number")} with {countOf(grants, "grant")}
        </List.Item>
        <List.Item>{countOf(recordings, "recording")}, with their files</List.Item>
        <List.Item>
          {countOf(policies, "set of rules", "sets of rules")} and{" "}
          {countOf(entries, "address list entry", "address list entries")}
        </List.Item>
      </List>
      {usersKept === 0 ? null : (
        <Text size="sm">
          {countOf(usersKept, "other user")} will stay and lose only this membership.
        </Text>
      )}
    </Stack>
  );
}

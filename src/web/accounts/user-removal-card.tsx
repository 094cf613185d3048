// Disabling a user for now, and deleting one for good.
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { askToType } from "../shell/ask-to-type.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import { countOf } from "./user-words.ts";

type UserProps = { readonly user: UserAnswer };

export function UserRemovalCard({ user }: UserProps) {
  return (
    <SettingCard
      title={user.isDisabled ? "Enable or delete" : "Disable or delete"}
      sentence="Disabling can be taken back; deleting cannot."
    >
      <Group gap="sm">
        <DisableButton user={user} />
        <DeleteButton user={user} />
      </Group>
    </SettingCard>
  );
}

function DisableButton({ user }: UserProps) {
  const client = useQueryClient();
  const { id, name, isDisabled, signIn } = user;
  const sessions = countOf(signIn.sessions, "open session");
  async function change(): Promise<void> {
    const params = { path: { id } };
    await answerOf(api.PATCH("/api/v1/users/{id}", { params, body: { isDisabled: !isDisabled } }));
    await refreshPeople(client);
  }
  function ask(): void {
    askToConfirm({
      title: isDisabled ? `Enable ${name}?` : `Disable ${name}?`,
      changes: isDisabled
        ? `${name} may sign in again with the password they had.`
        : `${name} may not sign in, and ${sessions} will be refused at once. The rest stays.`,
      confirmLabel: isDisabled ? "Enable user" : "Disable user",
      isDangerous: !isDisabled,
      act: change,
      done: isDisabled ? `${name} was enabled.` : `${name} was disabled.`,
    });
  }
  return (
    <Button variant="default" onClick={ask}>
      {isDisabled ? "Enable user" : "Disable user"}
    </Button>
  );
}

function DeleteButton({ user }: UserProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, name, email } = user;
  async function remove(): Promise<void> {
    await answerOf(api.DELETE("/api/v1/users/{id}", { params: { path: { id } } }));
    await navigate({ to: "/users" });
    client.removeQueries({ queryKey: ["user", id] });
    await refreshPeople(client);
  }
  return (
    <Button
      variant="outline"
      color="red"
      onClick={() =>
        askToType({
          title: `Delete ${name}?`,
          changes: <DeletionWords user={user} />,
          word: email,
          confirmLabel: "Delete user",
          act: remove,
          done: `${name} was deleted.`,
        })
      }
    >
      Delete user
    </Button>
  );
}

function DeletionWords({ user }: UserProps) {
  const { memberships, signIn } = user;
  return (
    <Stack gap="xs">
      <Text size="sm">With the user goes, for good:</Text>
      <List size="sm">
        <List.Item>{countOf(memberships.length, "membership")} and every granted number</List.Item>
        <List.Item>
          the password, the known browsers and {countOf(signIn.sessions, "open session")}
        </List.Item>
      </List>
      <Text size="sm">
        What they did stays in the record. Whoever gets the same address later starts from nothing.
      </Text>
    </Stack>
  );
}

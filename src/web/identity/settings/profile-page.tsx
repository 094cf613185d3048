// User settings, Profile: one's name, address and what one belongs to.
import { Badge, Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { MeAnswer } from "../../../api/sign-in-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { meQuery, useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { useProblemForm } from "../../shell/problem-form.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showDone } from "../../shell/show-toast.ts";

export function ProfilePage() {
  const me = useMe();
  return (
    <>
      <PageHeader title="Profile" sentence="Your name as others see it, and what you belong to." />
      <Stack gap="lg">
        <NameCard me={me} />
        <MembershipsCard me={me} />
      </Stack>
    </>
  );
}

const NAME_CHARACTERS_MAX = 200;

function NameCard({ me }: { readonly me: MeAnswer }) {
  const queries = useQueryClient();
  const { form, submit, isSending, problem, isDraftRestored, restart } = useProblemForm({
    draft: "profile",
    initialValues: { name: me.name },
    validate: {
      name: (name) => {
        if (name.trim() === "") return "Enter your name.";
        return name.length > NAME_CHARACTERS_MAX
          ? `Use at most ${NAME_CHARACTERS_MAX} characters.`
          : null;
      },
    },
    send: ({ name }) => answerOf(api.PATCH("/api/v1/me", { body: { name: name.trim() } })),
    onSaved: (saved) => {
      queries.setQueryData(meQuery.queryKey, saved);
      restart({ name: saved.name });
      showDone("Your name is saved.");
    },
  });
  return (
    <SettingCard title="You">
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={480}>
          <FormProblem problem={problem} />
          <DraftNotice isShown={isDraftRestored} />
          <TextInput label="Name" required autoComplete="name" {...form.getInputProps("name")} />
          <TextInput
            label="E-mail address"
            description="You sign in with it. An administrator can change it."
            value={me.email}
            readOnly
            variant="filled"
          />
          <Group>
            <Button type="submit" loading={isSending} disabled={!form.isDirty()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingCard>
  );
}

function MembershipsCard({ me }: { readonly me: MeAnswer }) {
  const sentence = me.isOperator
    ? "You are an operator: you may change everything on this platform."
    : "The accounts you may use. The rules of the primary one hold for your sign-in.";
  return (
    <SettingCard title="Accounts" sentence={sentence}>
      {me.memberships.length === 0 ? (
        <NoAccounts isOperator={me.isOperator} />
      ) : (
        <Memberships me={me} />
      )}
    </SettingCard>
  );
}

function NoAccounts({ isOperator }: { readonly isOperator: boolean }) {
  return (
    <EmptyState title="No accounts">
      {isOperator
        ? "You are an operator of the platform and belong to no account."
        : "You belong to no account. An operator can add you."}
    </EmptyState>
  );
}

function Memberships({ me }: { readonly me: MeAnswer }) {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Role</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {me.memberships.map(({ account, accountName, role, isPrimary }) => (
            <Table.Tr key={account}>
              <Table.Td>
                <Group gap="xs">
                  <Text size="sm" fw={500} className="postern-breakable">
                    {accountName}
                  </Text>
                  {isPrimary ? (
                    <Badge variant="default" size="sm" tt="none">
                      primary
                    </Badge>
                  ) : null}
                </Group>
                <Text size="xs" c="dimmed">
                  {account}
                </Text>
              </Table.Td>
              <Table.Td>{role === "admin" ? "Admin" : "Agent"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

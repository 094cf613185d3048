// The page of one client account: its name, users, numbers and rules.
import { Alert, Button, Code, Grid, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { answerOf, api } from "../api/api.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { InfoIcon } from "../shell/icons.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { QueryView } from "../shell/query-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone } from "../shell/show-toast.ts";
import { TimeText } from "../shell/time-text.tsx";
import { useUnsavedGuard } from "../shell/unsaved-guard.tsx";
import { AccountRemovalCard } from "./account-removal-card.tsx";
import { FactList } from "./fact-list.tsx";
import { groupDigits } from "./group-digits.ts";
import { nameFault } from "./name-fault.ts";
import { accountQuery, numbersQuery, refreshPeople, usersQuery } from "./people-queries.ts";
import type { AccountAnswer } from "./people-queries.ts";
import { UserStatus } from "./user-status.tsx";
import { ROLE_WORDS } from "./user-words.ts";
import { keepFocus } from "../shell/keep-focus.ts";

type AccountProps = { readonly account: AccountAnswer };

export function AccountPage() {
  const { code = "" } = useParams({ strict: false });
  const query = useQuery(accountQuery(code));
  return (
    <>
      <Group mb="xs">
        <TextLink to="/accounts" size="sm">
          All accounts
        </TextLink>
      </Group>
      {query.data === undefined ? <PageHeader title="Account" sentence="" /> : null}
      <QueryView query={query}>
        {(account) => <AccountView key={account.code} account={account} />}
      </QueryView>
    </>
  );
}

function AccountView({ account }: AccountProps) {
  const { isOperator } = useMe();
  return (
    <>
      <PageHeader
        title={account.name}
        sentence="A customer of the portal, with rules of its own."
      />
      {isOperator ? null : (
        <Alert color="harbour" variant="light" icon={<InfoIcon />} mb="lg">
          <Text size="sm">Operators rename and delete accounts.</Text>
        </Alert>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <AccountUsersCard account={account} />
            <AccountNumbersCard account={account} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <AccountFactsCard account={account} />
            <AccountRulesCard account={account} />
            {isOperator ? <AccountRemovalCard account={account} /> : null}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function AccountFactsCard({ account }: AccountProps) {
  const { isOperator } = useMe();
  return (
    <SettingCard title="Account">
      <FactList
        facts={[
          { name: "Code", value: <Code>{account.code}</Code> },
          { name: "Users", value: account.users.toLocaleString("en") },
          { name: "Numbers", value: account.trackingNumbers.toLocaleString("en") },
          { name: "Created", value: <TimeText at={account.createdAt} /> },
        ]}
      />
      {isOperator ? <NameForm account={account} /> : null}
    </SettingCard>
  );
}

function NameForm({ account }: AccountProps) {
  const client = useQueryClient();
  const { code } = account;
  const { form, submit, isSending, problem, isDraftRestored, restart } = useProblemForm<
    { name: string },
    AccountAnswer
  >({
    draft: `account:${code}`,
    initialValues: { name: account.name },
    validate: { name: nameFault },
    send: ({ name }) => {
      const body = { name: name.trim() };
      return answerOf(api.PATCH("/api/v1/accounts/{code}", { params: { path: { code } }, body }));
    },
    onSaved: async ({ name }) => {
      restart({ name });
      showDone("The name was saved.");
      await refreshPeople(client);
    },
  });
  useUnsavedGuard(form.isDirty());
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <DraftNotice isShown={isDraftRestored} />
        <TextInput label="Name" required maxLength={200} {...form.getInputProps("name")} />
        <Group justify="flex-end">
          <Button
            type="submit"
            onMouseDown={keepFocus}
            loading={isSending}
            disabled={!form.isDirty()}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AccountRulesCard({ account: { code } }: AccountProps) {
  return (
    <SettingCard
      title="Rules"
      sentence="What holds for sign-ins of its primary users, and for its recordings."
    >
      <List size="sm" spacing={4}>
        <List.Item>
          <TextLink to="/security/user-authentication" search={{ account: code }} size="sm">
            User authentication
          </TextLink>
        </List.Item>
        <List.Item>
          <TextLink to="/security/single-sign-on" search={{ account: code }} size="sm">
            Single sign-on
          </TextLink>
        </List.Item>
        <List.Item>
          <TextLink to="/security/two-factor" search={{ account: code }} size="sm">
            2FA authentication
          </TextLink>
        </List.Item>
        <List.Item>
          <TextLink to="/security/log-out-policy" search={{ account: code }} size="sm">
            Log-out policy
          </TextLink>
        </List.Item>
        <List.Item>
          <TextLink to="/security/audio-download" search={{ account: code }} size="sm">
            Audio download
          </TextLink>
        </List.Item>
      </List>
    </SettingCard>
  );
}

function AccountUsersCard({ account: { code } }: AccountProps) {
  const query = useInfiniteQuery(usersQuery({ search: "", account: code, status: null }));
  return (
    <SettingCard
      title="Users"
      control={
        <TextLink to="/users" search={{ account: code }} size="sm">
          Search and add users
        </TextLink>
      }
    >
      <PagedView
        query={query}
        rowsOf={(page) => page.users}
        empty={<Text size="sm">Nobody belongs to this account yet.</Text>}
      >
        {(users) => (
          <RowTable
            label="Users of the account"
            rows={users}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "User",
                cell: ({ id, name, email }) => (
                  <div>
                    <TextLink to="/users/$id" params={{ id }} size="sm">
                      {name}
                    </TextLink>
                    <Text size="xs" c="dimmed" className="postern-breakable">
                      {email}
                    </Text>
                  </div>
                ),
              },
              {
                label: "Role",
                cell: ({ memberships }) =>
                  ROLE_WORDS[memberships.find((one) => one.account === code)?.role ?? "agent"].name,
              },
              { label: "Status", cell: ({ signIn }) => <UserStatus status={signIn.status} /> },
            ]}
          />
        )}
      </PagedView>
    </SettingCard>
  );
}

function AccountNumbersCard({ account: { code } }: AccountProps) {
  const query = useInfiniteQuery(numbersQuery({ search: "", account: code, user: null }));
  return (
    <SettingCard
      title="Tracking numbers"
      control={
        <TextLink to="/tracking-numbers" search={{ account: code }} size="sm">
          Search and add numbers
        </TextLink>
      }
    >
      <PagedView
        query={query}
        rowsOf={(page) => page.trackingNumbers}
        empty={<Text size="sm">This account has no number yet.</Text>}
      >
        {(numbers) => (
          <RowTable
            label="Tracking numbers of the account"
            rows={numbers}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Number",
                cell: ({ number }) => (
                  <span style={{ whiteSpace: "nowrap" }}>{groupDigits(number)}</span>
                ),
              },
              { label: "Label", cell: ({ label }) => label },
              {
                label: "Grants",
                cell: ({ grants }) => grants.toLocaleString("en"),
                isFigure: true,
              },
            ]}
          />
        )}
      </PagedView>
    </SettingCard>
  );
}

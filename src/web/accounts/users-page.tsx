// The page of users: find one, see how the sign-in stands, add one.
import { Button, Card, Group, Select, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { AccountPicker, useManagedAccounts } from "./account-picker.tsx";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { usersQuery } from "./people-queries.ts";
import type { UserAnswer, UserFilter } from "./people-queries.ts";
import { SearchField, useSearchText } from "./search-field.tsx";
import { UserStatus } from "./user-status.tsx";
import { describeRoles } from "./user-words.ts";

const COLUMNS: readonly RowColumn<UserAnswer>[] = [
  { label: "User", cell: (user) => <UserName user={user} /> },
  { label: "Status", cell: ({ signIn }) => <UserStatus status={signIn.status} /> },
  { label: "Role", cell: (user) => describeRoles(user) },
  { label: "Last sign-in", cell: ({ signIn }) => <TimeText at={signIn.lastSignedInAt} /> },
];

function UserName({ user }: { readonly user: UserAnswer }) {
  return (
    <Stack gap={0}>
      <TextLink to="/users/$id" params={{ id: user.id }} fw={550} size="sm">
        {user.name}
      </TextLink>
      <Text size="xs" c="dimmed" className="postern-breakable">
        {user.email}
      </Text>
    </Stack>
  );
}

export function UsersPage() {
  const me = useMe();
  const accounts = useManagedAccounts() ?? [];
  const [account, setAccount] = useUrlFilter("account");
  const [shown, setShown] = useUrlFilter("show");
  const search = useSearchText();
  const [isAdding, adding] = useDisclosure(false);
  const status = shown === "disabled" || shown === "operator" ? shown : null;
  const filter: UserFilter = { search: search.search, account, status };
  const query = useInfiniteQuery({ ...usersQuery(filter), placeholderData: keepPreviousData });
  const isFiltered = search.search !== "" || account !== null || status !== null;
  const add = <Button onClick={adding.open}>Add a user</Button>;
  return (
    <>
      <PageHeader
        title="Users"
        sentence={
          me.isOperator
            ? "Everybody who can sign in, in every account."
            : "Everybody who can sign in to the accounts you are an admin of."
        }
        actions={add}
      />
      <Card className="postern-card">
        <VisuallyHidden component="h2">List of users</VisuallyHidden>
        <Stack gap="md">
          <Group gap="sm" align="flex-end" grow preventGrowOverflow={false}>
            <SearchField label="Search" placeholder="Part of a name or e-mail" search={search} />
            {accounts.length > 1 ? (
              <AccountPicker
                label="Account"
                noneLabel="All accounts"
                value={account}
                onChange={setAccount}
                accounts={accounts}
              />
            ) : null}
            <ShownPicker value={status ?? "all"} setShown={setShown} />
          </Group>
          <PagedView
            query={query}
            rowsOf={(page) => page.users}
            empty={isFiltered ? <NobodyFound /> : <NobodyYet add={add} />}
          >
            {(users) => (
              <RowTable label="Users" columns={COLUMNS} rows={users} keyOf={({ id }) => id} />
            )}
          </PagedView>
        </Stack>
      </Card>
      <AddUserDialog isOpen={isAdding} account={account} onClose={adding.close} />
    </>
  );
}

type ShownPickerProps = {
  readonly value: "all" | "disabled" | "operator";
  readonly setShown: (shown: string | null) => void;
};

function ShownPicker({ value, setShown }: ShownPickerProps) {
  const { isOperator } = useMe();
  return (
    <Select
      label="Show"
      data={[
        { value: "all", label: "Everybody" },
        ...(isOperator ? [{ value: "operator", label: "Operators only" }] : []),
        { value: "disabled", label: "Disabled only" },
      ]}
      value={value}
      onChange={(picked) => setShown(picked === "all" ? null : picked)}
      allowDeselect={false}
    />
  );
}

function NobodyFound() {
  return (
    <EmptyState title="Nobody found">
      No user matches the search and the filters. Try a shorter part of the name or address.
    </EmptyState>
  );
}

function NobodyYet({ add }: { readonly add: ReactNode }) {
  return (
    <EmptyState title="No users yet" action={add}>
      Add the first one; an invitation by e-mail lets them choose a password.
    </EmptyState>
  );
}

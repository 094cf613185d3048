// The page of tracking numbers: find one, add one, see and change who hears its recordings.
import { Anchor, Button, Card, Group, Stack, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { AccountPicker, useManagedAccounts } from "./account-picker.tsx";
import { AddNumberDialog } from "./add-number-dialog.tsx";
import { groupDigits } from "./group-digits.ts";
import { numbersQuery } from "./people-queries.ts";
import type { TrackingNumberAnswer } from "./people-queries.ts";
import { SearchField, useSearchText } from "./search-field.tsx";
import { TrackingNumberPanel } from "./tracking-number-panel.tsx";

type Open = (number: TrackingNumberAnswer) => void;

function columnsFor(open: Open): readonly RowColumn<TrackingNumberAnswer>[] {
  return [
    {
      label: "Number",
      cell: (number) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={550}
          style={{ whiteSpace: "nowrap" }}
          onClick={() => open(number)}
        >
          {groupDigits(number.number)}
        </Anchor>
      ),
    },
    { label: "Label", cell: (number) => <LabelCell {...number} /> },
    { label: "Account", cell: ({ account }) => account },
    { label: "Grants", cell: ({ grants }) => grants.toLocaleString("en"), isFigure: true },
  ];
}

function LabelCell({ label, isShareable }: TrackingNumberAnswer) {
  return (
    <Group gap="xs" component="span">
      {label === "" ? null : <span>{label}</span>}
      {isShareable ? <StatusMark tone="quiet">Shareable</StatusMark> : null}
    </Group>
  );
}

export function TrackingNumbersPage() {
  const accounts = useManagedAccounts() ?? [];
  const [account, setAccount] = useUrlFilter("account");
  const search = useSearchText();
  const [isAdding, adding] = useDisclosure(false);
  const [opened, setOpened] = useState<TrackingNumberAnswer | null>(null);
  const filter = { search: search.search, account, user: null };
  const query = useInfiniteQuery({ ...numbersQuery(filter), placeholderData: keepPreviousData });
  const isFiltered = search.search !== "" || account !== null;
  const add = <Button onClick={adding.open}>Add a number</Button>;
  return (
    <>
      <PageHeader
        title="Tracking numbers"
        sentence="Each number belongs to one account; the users granted it hear its recordings."
        actions={add}
      />
      <Card className="postern-card">
        <VisuallyHidden component="h2">List of tracking numbers</VisuallyHidden>
        <Stack gap="md">
          <Group gap="sm" align="flex-end" grow preventGrowOverflow={false}>
            <SearchField label="Search" placeholder="Part of a number or label" search={search} />
            {accounts.length > 1 ? (
              <AccountPicker
                label="Account"
                noneLabel="All accounts"
                value={account}
                onChange={setAccount}
                accounts={accounts}
              />
            ) : null}
          </Group>
          <PagedView
            query={query}
            rowsOf={(page) => page.trackingNumbers}
            empty={isFiltered ? <NoneFound /> : <NoneYet add={add} />}
          >
            {(numbers) => (
              <RowTable
                label="Tracking numbers"
                columns={columnsFor(setOpened)}
                rows={numbers}
                keyOf={({ id }) => id}
              />
            )}
          </PagedView>
        </Stack>
      </Card>
      <AddNumberDialog isOpen={isAdding} account={account} onClose={adding.close} />
      <TrackingNumberPanel number={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function NoneFound() {
  return (
    <EmptyState title="No number found">
      No number or label has that in it. Digits may be typed with or without spaces.
    </EmptyState>
  );
}

function NoneYet({ add }: { readonly add: ReactNode }) {
  return (
    <EmptyState title="No tracking numbers yet" action={add}>
      Add the numbers of an account, then grant each to the users who may hear its recordings.
    </EmptyState>
  );
}

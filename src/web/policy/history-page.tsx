// The page Security, History: every change of rules and lists, and going back to any of them.
import { Anchor, Box, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RevisionAnswer } from "../../api/revision-api.ts";
import { AccountPicker, useManagedAccounts } from "../accounts/account-picker.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { RevisionDrawer } from "./revision-drawer.tsx";
import { revisionsQuery } from "./revision-queries.ts";
import { makerText, revisionTitle } from "./revision-words.ts";
import { UnconfirmedMark } from "./unconfirmed-mark.tsx";

export function HistoryPage() {
  const [account, setAccount] = useUrlFilter("account");
  const [shown, setShown] = useUrlFilter("revision");
  const query = useInfiniteQuery(revisionsQuery(account));
  return (
    <>
      <PageHeader
        title="History"
        sentence="Every change of rules and address lists: what, by whom and when, with a way back."
      />
      <OwnerPicker account={account} setAccount={setAccount} />
      <PagedView
        query={query}
        rowsOf={(page) => page.revisions}
        empty={
          <EmptyState title="Nothing was changed yet">
            The rules are as they were when Postern was set up. Each change that is saved from now
            on is listed here, whatever way it comes.
          </EmptyState>
        }
      >
        {(revisions) => (
          <RowTable
            label="Changes, newest first"
            columns={columns((number) => setShown(String(number)))}
            rows={revisions}
            keyOf={({ number }) => String(number)}
          />
        )}
      </PagedView>
      <RevisionDrawer number={readNumber(shown)} onClose={() => setShown(null)} />
    </>
  );
}

function readNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

type OwnerPickerProps = {
  readonly account: string | null;
  readonly setAccount: (account: string | null) => void;
};

function OwnerPicker({ account, setAccount }: OwnerPickerProps) {
  const { isOperator } = useMe();
  const accounts = useManagedAccounts() ?? [];
  if (!isOperator && accounts.length < 2) return null;
  return (
    <Box maw={420} mb="lg">
      <AccountPicker
        label="Whose rules"
        noneLabel={isOperator ? "The platform’s and all accounts’" : "All of your accounts"}
        value={account}
        onChange={setAccount}
        accounts={accounts}
      />
    </Box>
  );
}

function columns(show: (number: number) => void): readonly RowColumn<RevisionAnswer>[] {
  return [
    {
      label: "What",
      cell: (revision) => (
        <div>
          <Anchor component="button" type="button" size="sm" onClick={() => show(revision.number)}>
            {revisionTitle(revision)}
          </Anchor>
          <UnconfirmedMark revision={revision.number} />
        </div>
      ),
    },
    {
      label: "Who",
      cell: (revision) => {
        const { name, way } = makerText(revision);
        return (
          <div>
            <bdi className="postern-breakable">{name}</bdi>{" "}
            <Text span size="sm" c="dimmed">
              {way}
            </Text>
          </div>
        );
      },
    },
    { label: "From", isLesser: true, cell: ({ address }) => address ?? "–" },
    { label: "When", cell: ({ at }) => <TimeText at={at} /> },
    { label: "Number", isFigure: true, isLesser: true, cell: ({ number }) => number },
  ];
}

// The bans in force, which the gate made by itself: why, until when, and ending or keeping them.
import { Button, Group, Stack, Text } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SearchField } from "../accounts/search-field.tsx";
import type { SearchText } from "../accounts/search-field.tsx";
import { causeName } from "../journal/ban-words.ts";
import { surfaceName } from "../journal/surface-words.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { TimeText } from "../shell/time-text.tsx";
import { parseRule } from "../../core/network/address-rule.ts";
import { BanCountdown, useNowMs } from "./ban-countdown.tsx";
import { BanEndDialog } from "./ban-end-dialog.tsx";
import "./address-entry-list.css";
import { bansQuery, keepBan, refreshBans, releaseBan } from "./address-ban-queries.ts";
import type { BanAnswer } from "./address-ban-queries.ts";

export type AddressBansPanelProps = {
  readonly account: string | null;
  readonly search: SearchText;
};

export function AddressBansPanel({ account, search }: AddressBansPanelProps) {
  const client = useQueryClient();
  const [edited, setEdited] = useState<BanAnswer | null>(null);
  const nowMs = useNowMs();
  const wanted = search.search;
  const reading = parseRule(wanted);
  const covering = reading.ok ? wanted : "";
  const query = useInfiniteQuery({
    ...bansQuery(account, covering),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="md">
      <SearchField
        label="Search"
        placeholder="A whole address, such as 203.0.113.7"
        search={search}
      />
      {wanted !== "" && !reading.ok ? (
        <Text size="sm" c="dimmed" role="status">
          Bans are found by a whole address. All of them are shown.
        </Text>
      ) : null}
      <PagedView query={query} rowsOf={(page) => page.bans} empty={<NoBans covering={covering} />}>
        {(bans) => (
          <RowTable
            label="Bans in force"
            columns={columnsFor({ client, nowMs, onEdit: setEdited })}
            rows={bans}
            keyOf={({ id }) => String(id)}
          />
        )}
      </PagedView>
      <BanEndDialog ban={edited} onClose={() => setEdited(null)} />
    </Stack>
  );
}

function NoBans({ covering }: { readonly covering: string }) {
  return covering === "" ? (
    <EmptyState title="Nobody is banned">
      Addresses that fail to sign in too often, or ask too much, appear here by themselves and leave
      by themselves.
    </EmptyState>
  ) : (
    <EmptyState title={`No ban holds for ${covering}`}>
      It may be on a deny entry: see Manual. Or its country is not allowed.
    </EmptyState>
  );
}

type ColumnsFor = {
  readonly client: QueryClient;
  readonly nowMs: number;
  readonly onEdit: (ban: BanAnswer) => void;
};

function columnsFor({ client, nowMs, onEdit }: ColumnsFor): readonly RowColumn<BanAnswer>[] {
  return [
    {
      label: "Address",
      cell: ({ range }) => (
        <Text span size="sm" ff="monospace" className="postern-ban-range">
          {range}
        </Text>
      ),
    },
    { label: "Why", cell: (ban) => <WhyCell ban={ban} /> },
    {
      label: "Holds",
      cell: ({ holds }) => (
        <span style={{ whiteSpace: "nowrap" }}>
          {holds === "everywhere" ? "Everywhere" : surfaceName(holds)}
        </span>
      ),
    },
    { label: "Ends in", cell: ({ endsAt }) => <BanCountdown endsAt={endsAt} nowMs={nowMs} /> },
    {
      label: "Actions",
      isLabelHidden: true,
      cell: (ban) => <BanActions ban={ban} client={client} onEdit={onEdit} />,
    },
  ];
}

function WhyCell({ ban: { cause, note, decision, createdAt } }: { readonly ban: BanAnswer }) {
  return (
    <div>
      {causeName(cause)}
      <Text size="xs" c="dimmed">
        <TimeText at={createdAt} />
      </Text>
      {note === "" ? null : (
        <Text size="xs" c="dimmed" className="postern-breakable">
          <bdi>{note}</bdi>
        </Text>
      )}
      {decision === null ? null : (
        <TextLink
          to="/activity"
          search={{ decision } as never}
          size="xs"
          display="block"
          aria-label={`See the request that led to the ban, decision ${decision}`}
        >
          See the request
        </TextLink>
      )}
    </div>
  );
}

type BanActionsProps = Pick<ColumnsFor, "client" | "onEdit"> & { readonly ban: BanAnswer };

function BanActions({ ban, client, onEdit }: BanActionsProps) {
  const { id, range } = ban;
  async function release(): Promise<void> {
    try {
      await releaseBan(id);
      showDone(`${range} is released, and its counters are cleared.`);
    } catch (error) {
      showRefusal(error);
    }
    await refreshBans(client);
  }
  return (
    <Group gap={6} justify="flex-end" className="postern-ban-actions">
      <Button size="compact-sm" onClick={() => void release()} aria-label={`Release ${range}`}>
        Release
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Change the end of the ban of ${range}`}
        onClick={() => onEdit(ban)}
      >
        Change end
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Make the ban of ${range} permanent`}
        onClick={() =>
          askToConfirm({
            title: `Deny ${range} for good?`,
            changes:
              "The ban becomes a deny entry without an end, among the manual ones. It can be " +
              "deleted there at any time.",
            confirmLabel: "Make it permanent",
            act: async () => {
              try {
                await keepBan(id);
              } finally {
                await refreshBans(client);
              }
            },
            done: `${range} is denied for good, by an entry among the manual ones.`,
          })
        }
      >
        Make permanent
      </Button>
    </Group>
  );
}

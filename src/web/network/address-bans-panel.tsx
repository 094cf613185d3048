// The bans in force, which the gate made by itself: why, until when, and ending or keeping them.
import { Stack, Text } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { SearchField } from "../accounts/search-field.tsx";
import type { SearchText } from "../accounts/search-field.tsx";
import { causeName } from "../journal/ban-words.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { parseRule } from "../../core/network/address-rule.ts";
import { describeMiswritten, kindOfSearch } from "./address-search-words.ts";
import { BanActions, releaseButtonOf } from "./ban-actions.tsx";
import type { BanActionsProps } from "./ban-actions.tsx";
import { BanCountdown, useNowMs } from "./ban-countdown.tsx";
import { BanEndDialog } from "./ban-end-dialog.tsx";
import { describeHold } from "./ban-hold-words.ts";
import { nextRow } from "./next-row.ts";
import "./address-entry-list.css";
import { bansQuery } from "./address-ban-queries.ts";
import type { BanAnswer } from "./address-ban-queries.ts";

export type AddressBansPanelProps = {
  readonly account: string | null;
  readonly search: SearchText;
};

export function AddressBansPanel({ account, search }: AddressBansPanelProps) {
  const [edited, setEdited] = useState<BanAnswer | null>(null);
  const nowMs = useNowMs();
  const wanted = search.search;
  const within = parseRule(wanted).ok ? wanted : "";
  const query = useInfiniteQuery({
    ...bansQuery(account, within),
    placeholderData: keepPreviousData,
  });
  const ids = query.data?.pages.flatMap(({ bans }) => bans.map(({ id }) => id)) ?? [];
  const { place, onGone } = useFocusAfterRow(ids);
  return (
    <Stack gap="md" component="section" aria-label="Bans" tabIndex={-1} ref={place}>
      <SearchField
        label="Search"
        placeholder="An address or a block, such as 203.0.113.7"
        search={search}
      />
      {wanted !== "" && within === "" ? (
        <Text size="sm" c="dimmed" role="status" className="postern-breakable">
          Bans are found by an address, a block or a range. All of them are shown.{" "}
          {describeMiswritten(wanted)}
        </Text>
      ) : null}
      <PagedView query={query} rowsOf={(page) => page.bans} empty={<NoBans within={within} />}>
        {(bans) => (
          <RowTable
            label="Bans in force"
            columns={columnsFor({ nowMs, onEdit: setEdited, onGone })}
            rows={bans}
            keyOf={({ id }) => String(id)}
          />
        )}
      </PagedView>
      <BanEndDialog ban={edited} onClose={() => setEdited(null)} />
    </Stack>
  );
}

/** A row that goes takes the button along that was pressed; the next one's is gone on with. */
function useFocusAfterRow(ids: readonly number[]) {
  const place = useRef<HTMLElement & HTMLDivElement>(null);
  const awaited = useRef<{ readonly gone: number; readonly before: readonly number[] } | null>(
    null,
  );
  useEffect(() => {
    const row = awaited.current;
    if (row === null || ids.includes(row.gone)) return;
    awaited.current = null;
    const next = nextRow(row.before, row.gone, ids);
    const button = next === null ? null : releaseButtonOf(place.current, next);
    (button ?? place.current)?.focus();
  });
  return {
    place,
    onGone: (gone: number): void => {
      awaited.current = { gone, before: ids };
    },
  };
}

function NoBans({ within }: { readonly within: string }) {
  if (within === "") {
    return (
      <EmptyState title="Nobody is banned">
        Addresses that fail to sign in too often, or ask too much, appear here by themselves and
        leave by themselves.
      </EmptyState>
    );
  }
  const isOne = kindOfSearch(within) === "address";
  return (
    <EmptyState title={isOne ? `No ban holds for ${within}` : `No ban holds within ${within}`}>
      It may be on a deny entry: see Manual. Or its country is not allowed.
    </EmptyState>
  );
}

type ColumnsFor = Omit<BanActionsProps, "ban"> & { readonly nowMs: number };

function columnsFor({ nowMs, ...actions }: ColumnsFor): readonly RowColumn<BanAnswer>[] {
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
      cell: (ban) => <span className="postern-breakable">{describeHold(ban)}</span>,
    },
    { label: "Ends in", cell: ({ endsAt }) => <BanCountdown endsAt={endsAt} nowMs={nowMs} /> },
    {
      label: "Actions",
      isLabelHidden: true,
      cell: (ban) => <BanActions ban={ban} {...actions} />,
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

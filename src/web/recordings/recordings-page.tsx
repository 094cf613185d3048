// The library: find a recording, hear it, send its link, add one, delete one.
import { Anchor, Button, Card, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { useManagedAccounts } from "../accounts/account-picker.tsx";
import { groupDigits } from "../accounts/group-digits.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { callerName } from "./caller-name.ts";
import { describeLength } from "./describe-length.ts";
import { MOMENT } from "./recording-moment.ts";
import { isFiltered } from "./recording-filter.ts";
import { RecordingFilters } from "./recording-filters.tsx";
import { recordingsQuery } from "./recordings-queries.ts";
import type { RecordingAnswer } from "./recordings-queries.ts";
import { useRecordingFilter } from "./use-recording-filter.ts";

const AddRecordingDialog = lazy(async () => ({
  default: (await import("./add-recording-dialog.tsx")).AddRecordingDialog,
}));
const RecordingPanel = lazy(async () => ({
  default: (await import("./recording-panel.tsx")).RecordingPanel,
}));

type Open = (recording: RecordingAnswer) => void;

function columnsFor(open: Open, hasAccounts: boolean): readonly RowColumn<RecordingAnswer>[] {
  const account = { label: "Account", cell: (recording: RecordingAnswer) => recording.account };
  return [
    {
      label: "Recorded",
      cell: (recording) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={550}
          ta="start"
          onClick={() => open(recording)}
        >
          {MOMENT.format(Date.parse(recording.recordedAt))}
        </Anchor>
      ),
    },
    { label: "Number", cell: (recording) => <NumberCell recording={recording} /> },
    { label: "Caller", cell: (recording) => <CallerCell recording={recording} /> },
    ...(hasAccounts ? [account] : []),
    {
      label: "Length",
      cell: ({ durationMs }) => describeLength(durationMs / 1000),
      isFigure: true,
    },
    { label: "Plays", cell: ({ plays }) => plays.toLocaleString("en"), isFigure: true },
  ];
}

type CellProps = { readonly recording: RecordingAnswer };

function NumberCell({ recording: { number, numberLabel } }: CellProps) {
  return (
    <span>
      <span style={{ whiteSpace: "nowrap" }}>{groupDigits(number)}</span>
      {numberLabel === "" ? null : (
        <Text span display="block" size="xs" c="dimmed">
          {numberLabel}
        </Text>
      )}
    </span>
  );
}

/** With its name, as the search finds it by that; of any length, in letters of any direction. */
function CallerCell({ recording: { caller, name } }: CellProps) {
  return (
    <div>
      <span>{callerName(caller)}</span>
      {name === "" ? null : (
        <Text size="xs" c="dimmed" maw={240} lineClamp={1} className="postern-breakable">
          <bdi>{name}</bdi>
        </Text>
      )}
    </div>
  );
}

export function RecordingsPage() {
  const me = useMe();
  const isManager = me.role !== "agent";
  const managed = useManagedAccounts() ?? [];
  const filtering = useRecordingFilter();
  const { filter } = filtering;
  const [isAdding, adding] = useDisclosure(false);
  const [opened, setOpened] = useState<RecordingAnswer | null>(null);
  const isPanelThere = useWasEver(opened !== null);
  const isDialogThere = useWasEver(isAdding);
  const query = useInfiniteQuery({ ...recordingsQuery(filter), placeholderData: keepPreviousData });
  const add = isManager ? <Button onClick={adding.open}>Add a recording</Button> : null;
  const hasAccounts = managed.length > 1 || me.memberships.length > 1;
  return (
    <>
      <PageHeader title="Recordings" sentence={sentenceFor(me)} actions={add} />
      <Card className="postern-card">
        <VisuallyHidden component="h2">List of recordings</VisuallyHidden>
        <Stack gap="md">
          <RecordingFilters filtering={filtering} accounts={managed} />
          <PagedView
            query={query}
            rowsOf={(page) => page.recordings}
            empty={
              isFiltered(filter) ? (
                <NoneFound onClear={filtering.clear} />
              ) : (
                <NoneYet isManager={isManager} add={add} />
              )
            }
          >
            {(recordings) => (
              <RowTable
                label="Recordings"
                columns={columnsFor(setOpened, hasAccounts)}
                rows={recordings}
                keyOf={({ id }) => id}
              />
            )}
          </PagedView>
        </Stack>
      </Card>
      <Suspense>
        {isDialogThere ? <AddRecordingDialog isOpen={isAdding} onClose={adding.close} /> : null}
        {isPanelThere ? (
          <RecordingPanel recording={opened} me={me} onClose={() => setOpened(null)} />
        ) : null}
      </Suspense>
    </>
  );
}

/** What is opened for the first time is loaded then; it stays, so that it can close calmly. */
function useWasEver(isNow: boolean): boolean {
  const [wasEver, setWasEver] = useState(isNow);
  if (isNow && !wasEver) setWasEver(true);
  return wasEver || isNow;
}

function sentenceFor({ role }: MeAnswer): string {
  const numbers = {
    agent: "the tracking numbers that are granted to you",
    admin: "the tracking numbers of your accounts",
    operator: "every tracking number",
  }[role];
  return `Calls on ${numbers}, the latest first.`;
}

function NoneFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      title="No recording found"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the search
        </Button>
      }
    >
      None is like that. Numbers and callers are found by any part of them.
    </EmptyState>
  );
}

type NoneYetProps = { readonly isManager: boolean; readonly add: ReactNode };

const NONE_FOR_MANAGERS =
  "Add one here, send them from the telephone system with an API token, or import a folder with " +
  "postern recordings import.";
const NONE_FOR_AGENTS =
  "Recordings of the numbers granted to you are listed here. Ask an admin of your account if you " +
  "miss one.";

function NoneYet({ isManager, add }: NoneYetProps) {
  return (
    <EmptyState title="No recordings yet" action={add}>
      {isManager ? NONE_FOR_MANAGERS : NONE_FOR_AGENTS}
    </EmptyState>
  );
}

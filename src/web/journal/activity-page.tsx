// Activity: what the gate refused, who signed in, what was changed, as it happens and as it was.
import { Button, Card, Menu, Stack, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import type { EventAnswer } from "../../api/journal-api.ts";
import { DownloadIcon } from "../shell/icons.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { isNarrowed } from "./activity-filter.ts";
import type { ActivityFilter } from "./activity-filter.ts";
import { ActivityFilters } from "./activity-filters.tsx";
import { ActivityList } from "./activity-list.tsx";
import { exportHref } from "./activity-queries.ts";
import { EventDrawer } from "./event-drawer.tsx";
import { ExplainDrawer } from "./explain-drawer.tsx";
import { useActivityFilter } from "./use-activity-filter.ts";

type OpenedEvent = { readonly event: EventAnswer; readonly filterKey: string };

export function ActivityPage() {
  const { isOperator } = useMe();
  const filtering = useActivityFilter();
  const { filter, clear, decision, openDecision } = filtering;
  const filterKey = JSON.stringify(filter);
  const [opened, setOpened] = useState<OpenedEvent | null>(null);
  // A link in the drawer to another list closes it; one to a decision stands above it.
  const event = opened?.filterKey === filterKey && decision === null ? opened.event : null;
  function open(chosen: EventAnswer): void {
    if (chosen.kind === "decision") openDecision(chosen.id);
    else setOpened({ event: chosen, filterKey });
  }
  return (
    <>
      <PageHeader title="Activity" sentence={sentenceFor(isOperator)} />
      <Card className="postern-card">
        <VisuallyHidden component="h2">List of events</VisuallyHidden>
        <Stack gap="md">
          <ActivityFilters filtering={filtering} />
          <ActivityList
            key={filterKey}
            filter={filter}
            onOpen={open}
            isReading={decision !== null || event !== null}
            actions={<ExportMenu filter={filter} />}
            empty={isNarrowed(filter) ? <NoneFound onClear={clear} /> : <NoneYet />}
          />
        </Stack>
      </Card>
      <ExplainDrawer
        subject={decision === null ? null : { kind: "decision", id: decision }}
        onClose={() => openDecision(null)}
      />
      <EventDrawer event={event} onClose={() => setOpened(null)} />
    </>
  );
}

function sentenceFor(isOperator: boolean): string {
  const whose = isOperator ? "" : " in your accounts";
  return (
    `What was refused${whose}, who signed in and what was changed, the latest first. Open a line ` +
    "to see why; a visitor’s decision id leads there too."
  );
}

function ExportMenu({ filter }: { readonly filter: ActivityFilter }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<DownloadIcon size={15} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What the filter finds, whole</Menu.Label>
        <Menu.Item component="a" href={exportHref(filter, "csv")} download>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item component="a" href={exportHref(filter, "ndjson")} download>
          NDJSON, for programs
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function NoneFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      title="No event found"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      None is like that. A longer time or fewer filters may find it.
    </EmptyState>
  );
}

function NoneYet() {
  return (
    <EmptyState title="Nothing has happened yet">
      Refusals, bans, sign-ins and changes are listed here as they happen; this page need not be
      loaded again.
    </EmptyState>
  );
}

// The list of events, which goes on by itself while nobody is reading further down.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useRef } from "react";
import type { ReactNode } from "react";
import type { EventAnswer } from "../../api/journal-api.ts";
import { countOf } from "../accounts/user-words.ts";
import { describeCountry } from "../identity/describe-country.ts";
import { CheckIcon, CircleIcon, CrossIcon, WarningIcon } from "../shell/icons.tsx";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import type { StatusTone } from "../shell/status-tone.ts";
import type { ActivityFilter } from "./activity-filter.ts";
import { describeEvent } from "./event-words.ts";
import { LiveMark } from "./live-mark.tsx";
import { momentText, utcText } from "./moment-text.ts";
import { useLiveEvents } from "./use-live-events.ts";
import "./activity-list.css";

export type ActivityListProps = {
  readonly filter: ActivityFilter;
  readonly onOpen: (event: EventAnswer) => void;
  /** Something is open beside the list. */
  readonly isReading: boolean;
  readonly empty: ReactNode;
  /** At the right of the live mark. */
  readonly actions: ReactNode;
};

/** Scrolled further than this, somebody reads. */
const READS_FROM_PX = 240;

export function ActivityList({ filter, onOpen, isReading, empty, actions }: ActivityListProps) {
  const box = useRef<HTMLDivElement>(null);
  function isHeld(): boolean {
    const isFocusInside = box.current?.contains(document.activeElement) === true;
    return isReading || isFocusInside || window.scrollY > READS_FROM_PX;
  }
  const { query, rows, waiting, showWaiting, stream, setPaused } = useLiveEvents(filter, isHeld);
  const table = (
    <RowTable label="Events" columns={columnsFor(onOpen)} rows={rows} keyOf={({ id }) => id} />
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        {stream === null ? (
          <Text size="sm" c="dimmed">
            The time that is looked at is over; nothing new can come.
          </Text>
        ) : (
          <LiveMark stream={stream} setPaused={setPaused} />
        )}
        <Group gap="xs">{actions}</Group>
      </Group>
      <div role="status" className="postern-waiting">
        {waiting === 0 ? null : (
          <Button size="xs" onClick={showWaiting}>
            Show {countOf(waiting, "new event")}
          </Button>
        )}
      </div>
      <div ref={box}>
        <PagedView
          query={query}
          rowsOf={(page) => page.events}
          empty={rows.length === 0 ? empty : table}
        >
          {() => table}
        </PagedView>
      </div>
    </Stack>
  );
}

function columnsFor(onOpen: (event: EventAnswer) => void): readonly RowColumn<EventAnswer>[] {
  return [
    { label: "What", cell: (event) => <WhatCell event={event} onOpen={onOpen} /> },
    { label: "When", cell: ({ lastAt }) => <When at={lastAt} /> },
    { label: "From", cell: fromCell },
    { label: "Account", cell: ({ account }) => account },
    {
      label: "Times",
      cell: ({ count }) => (count === 1 ? null : count.toLocaleString("en")),
      isFigure: true,
    },
  ];
}

const SIGNS: Readonly<Record<StatusTone, ReactNode>> = {
  good: <CheckIcon size={17} />,
  quiet: <CircleIcon size={17} />,
  warn: <WarningIcon size={17} />,
  bad: <CrossIcon size={17} />,
};

type WhatCellProps = Pick<ActivityListProps, "onOpen"> & { readonly event: EventAnswer };

/** The sign repeats what the words say. */
function WhatCell({ event, onOpen }: WhatCellProps) {
  const { tone, title, about } = describeEvent(event);
  return (
    <div className="postern-what" data-tone={tone}>
      {SIGNS[tone]}
      <div>
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={550}
          ta="start"
          onClick={() => onOpen(event)}
        >
          {title}
        </Anchor>
        {about === "" ? null : (
          <Text size="xs" c="dimmed" lineClamp={2} className="postern-breakable">
            <bdi>{about}</bdi>
          </Text>
        )}
      </div>
    </div>
  );
}

function When({ at }: { readonly at: string }) {
  const atMs = Date.parse(at);
  return (
    <time dateTime={at} title={utcText(atMs)} style={{ whiteSpace: "nowrap" }}>
      {momentText(atMs)}
    </time>
  );
}

/** A call, not a component: a cell without content is left out on a phone. */
function fromCell({ address, country, detail }: EventAnswer): ReactNode {
  const network = detail["network"];
  const from = address ?? (typeof network === "string" ? network : "");
  if (from === "") return null;
  return (
    <div className="postern-from">
      <bdi>{from}</bdi>
      {country === null ? null : (
        <Text size="xs" c="dimmed">
          {describeCountry(country)}
        </Text>
      )}
    </div>
  );
}

// One entry as a row of the list: which addresses, what is done, why, until when.
import { Button, Checkbox, Skeleton, Text } from "@mantine/core";
import { memo } from "react";
import { actorName } from "../shell/actor-name.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { TimeText } from "../shell/time-text.tsx";
import type { EntryAnswer } from "./address-entry-queries.ts";

export type AddressEntryRowProps = {
  /** From 0. */
  readonly index: number;
  /** Undefined: on its way. */
  readonly entry: EntryAnswer | undefined;
  /** Pixels. */
  readonly top: number;
  readonly height: number;
  readonly isChosen: boolean;
  readonly onChoose: (entry: EntryAnswer, isChosen: boolean) => void;
  readonly onEdit: (entry: EntryAnswer) => void;
  readonly onFocus: (index: number) => void;
};

/** The head is the first row. */
const ROWS_BEFORE = 2;

export const AddressEntryRow = memo(function EntryRow(props: AddressEntryRowProps) {
  const { index, entry, top, height, isChosen, onFocus } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + ROWS_BEFORE}
      aria-busy={entry === undefined}
      className="postern-entry"
      data-row
      data-chosen={isChosen ? true : undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onFocus={() => onFocus(index)}
    >
      {entry === undefined ? <ComingCells /> : <EntryCells {...props} entry={entry} />}
    </div>
  );
});

function ComingCells() {
  return (
    <>
      <span role="cell" data-choice />
      <span role="cell" className="postern-entry-range">
        <Skeleton height={14} width="60%" />
      </span>
    </>
  );
}

type EntryCellsProps = AddressEntryRowProps & { readonly entry: EntryAnswer };

function EntryCells({ entry, isChosen, onChoose, onEdit }: EntryCellsProps) {
  const { range, action, note, author, createdAt, expiresAt } = entry;
  return (
    <>
      <span role="cell" data-choice>
        <Checkbox
          aria-label={`Choose ${range}`}
          checked={isChosen}
          onChange={(event) => onChoose(entry, event.currentTarget.checked)}
        />
      </span>
      <span role="rowheader" className="postern-entry-range" title={range}>
        <span className="postern-entry-text">{range}</span>
      </span>
      <span role="cell" data-action>
        <StatusMark tone={action === "allow" ? "good" : "bad"}>
          {action === "allow" ? "Allow" : "Deny"}
        </StatusMark>
      </span>
      <span role="cell" data-note className="postern-entry-line" title={note}>
        <bdi>{note}</bdi>
      </span>
      <span role="cell" data-when data-lesser className="postern-entry-line">
        <TimeText at={createdAt} />
        <Text size="xs" c="dimmed" className="postern-entry-line" title={actorName(author)}>
          <bdi>{actorName(author)}</bdi>
        </Text>
      </span>
      <span role="cell" data-ends>
        <EndText expiresAt={expiresAt} />
      </span>
      <span role="cell" className="postern-entry-end">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Edit ${range}`}
          onClick={() => onEdit(entry)}
        >
          Edit
        </Button>
      </span>
    </>
  );
}

function EndText({ expiresAt }: Pick<EntryAnswer, "expiresAt">) {
  if (expiresAt === null) {
    return (
      <Text span size="sm" c="dimmed">
        No end
      </Text>
    );
  }
  const hasEnded = Date.parse(expiresAt) <= Date.now();
  return (
    <Text span size="sm" {...(hasEnded ? { c: "dimmed" } : {})}>
      {hasEnded ? "Ended " : ""}
      <TimeText at={expiresAt} />
    </Text>
  );
}

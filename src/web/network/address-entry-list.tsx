// The list of entries, of any length: only the rows on the screen are drawn and read.
import { Checkbox } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useEffect, useRef, useState } from "react";
import { ErrorState } from "../shell/error-state.tsx";
import { AddressEntryRow } from "./address-entry-row.tsx";
import type { EntryAnswer, EntryFilter } from "./address-entry-queries.ts";
import {
  rowsShown,
  rowTop,
  scaleOf,
  scrollTopByKey,
  scrollTopFor,
  seenRows,
} from "./address-scroll.ts";
import type { EntryChoice } from "./use-entry-choice.ts";
import { useEntryPages } from "./use-entry-pages.ts";
import "./address-entry-list.css";

export type AddressEntryListProps = {
  readonly filter: EntryFilter;
  readonly total: number;
  readonly choice: EntryChoice;
  /** Chooses all that the filter finds, or nothing; null: there are too many for that. */
  readonly onChooseAll: ((isChosen: boolean) => void) | null;
  readonly onEdit: (entry: EntryAnswer) => void;
};

const HEAD_HEIGHT = 40;
const DESK = { rowHeight: 48, rowsMax: 12 };
const PHONE = { rowHeight: 88, rowsMax: 6 };
/** As many are shown whole: nobody has to scroll in a box for a few. */
const WHOLE_MAX = 12;
const OVERSCAN = 4;

export function AddressEntryList(props: AddressEntryListProps) {
  const { filter, total, choice, onChooseAll, onEdit } = props;
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, {
    getInitialValueInEffect: false,
  });
  const { rowHeight, rowsMax } = isNarrow ? PHONE : DESK;
  const viewHeight = rowsShown(total, { rowsMax, wholeMax: WHOLE_MAX }) * rowHeight;
  const list = { count: total, rowHeight, viewHeight, devicePixelRatio: window.devicePixelRatio };
  const scale = scaleOf(list);
  const at = { ...list, ...scale };
  const latest = useRef(at);
  latest.current = at;
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  useShownFromTop(scroller, filter);
  const rows = seenRows(scrollTop, scale, { ...list, overscan: OVERSCAN });
  const pages = useEntryPages(filter, rows);

  // Who goes through the rows by Tab sees the one that has the focus.
  const keepSeen = useCallback((index: number) => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = scrollTopFor(index, box.scrollTop, latest.current);
  }, []);

  if (pages.error !== null) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  return (
    <div
      role="table"
      aria-label="Entries"
      aria-rowcount={total + 1}
      className="postern-entries"
      tabIndex={0}
      ref={scroller}
      style={{ height: viewHeight + HEAD_HEIGHT + 2 }}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const box = event.currentTarget;
        if (event.target !== box) return;
        const next = scrollTopByKey(event.key, box.scrollTop, at);
        if (next === null) return;
        event.preventDefault();
        box.scrollTop = next;
      }}
    >
      <div
        role="presentation"
        style={{ height: total * scale.spacing + scale.paddingEnd + HEAD_HEIGHT }}
      >
        <div
          role="presentation"
          className="postern-entries-view"
          style={{ height: viewHeight + HEAD_HEIGHT }}
        >
          <ListHead chosen={choice.chosen.size} total={total} onChooseAll={onChooseAll} />
          <div role="rowgroup" className="postern-entries-rows" style={{ height: viewHeight }}>
            {Array.from({ length: rows.to - rows.from }, (_, offset) => {
              const index = rows.from + offset;
              const entry = pages.entryAt(index);
              return (
                <AddressEntryRow
                  key={index}
                  index={index}
                  entry={entry}
                  top={rowTop(index, scrollTop, at)}
                  height={rowHeight}
                  isChosen={entry !== undefined && choice.chosen.has(entry.id)}
                  onChoose={choice.choose}
                  onEdit={onEdit}
                  onFocus={keepSeen}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Another question has an answer of its own, which is read from its beginning. */
function useShownFromTop(
  scroller: { readonly current: HTMLDivElement | null },
  filter: EntryFilter,
): void {
  const { account, search, action, sort } = filter;
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [scroller, account, search, action, sort]);
}

type ListHeadProps = Pick<AddressEntryListProps, "total" | "onChooseAll"> & {
  readonly chosen: number;
};

const LABELS = ["Addresses", "Action", "Note"] as const;

function ListHead({ chosen, total, onChooseAll }: ListHeadProps) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className="postern-entry" data-head>
        <span role="columnheader" data-choice>
          <Checkbox
            aria-label={
              onChooseAll === null
                ? "Too many to choose all of them"
                : `Choose all ${total.toLocaleString("en")}`
            }
            title={
              onChooseAll === null
                ? "At most 10,000 can be chosen at once: search for fewer, or choose one by one."
                : undefined
            }
            disabled={onChooseAll === null}
            checked={chosen > 0 && chosen >= total}
            indeterminate={chosen > 0 && chosen < total}
            onChange={(event) => onChooseAll?.(event.currentTarget.checked)}
          />
          <span className="postern-entries-all" aria-hidden>
            {onChooseAll === null ? "Too many to choose all" : "Choose all"}
          </span>
        </span>
        {LABELS.map((label) => (
          <span role="columnheader" key={label}>
            {label}
          </span>
        ))}
        <span role="columnheader" data-lesser>
          Added
        </span>
        <span role="columnheader">Ends</span>
        <span role="columnheader" className="postern-entry-end">
          <span className="postern-rows-unseen">Edit</span>
        </span>
      </div>
    </div>
  );
}

// What stands where entries would be: none is found, or there are none yet.
import { Button, Group } from "@mantine/core";
import type { ListAction } from "../../core/network/network-policy.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { kindOfSearch } from "./address-search-words.ts";

export type NoEntryFoundProps = {
  readonly search: string;
  /** Only entries of this action were looked for; null: of both. */
  readonly action: ListAction | null;
  /** @param rangeText what the dialog begins with */
  readonly onAdd: (rangeText: string) => void;
};

export function NoEntryFound({ search, action, onAdd }: NoEntryFoundProps) {
  const sought = kindOfSearch(search);
  const entry = action === null ? "entry" : `${action} entry`;
  if (sought !== "part") {
    return (
      <EmptyState
        title={
          sought === "address" ? `No ${entry} covers ${search}` : `No ${entry} overlaps ${search}`
        }
        action={<Button onClick={() => onAdd(search)}>Add it to the list</Button>}
      >
        None of this list, that is. It may be under a ban: see Automatic.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`No ${entry} found`}>
      None is like that. Search for a whole address to see which entries cover it, for its beginning
      such as 203.0.113. or for part of a note.
    </EmptyState>
  );
}

export type NoEntriesYetProps = {
  readonly account: string | null;
  readonly onAdd: (rangeText: string) => void;
  readonly onImport: () => void;
};

export function NoEntriesYet({ account, onAdd, onImport }: NoEntriesYetProps) {
  return (
    <EmptyState
      title="No entries yet"
      action={
        <Group gap="sm" justify="center">
          <Button onClick={() => onAdd("")}>Add an address</Button>
          <Button variant="default" onClick={onImport}>
            Import many
          </Button>
        </Group>
      }
    >
      {account === null
        ? "Allow your offices, so that no rule ever locks them out; deny addresses that attack you."
        : "Allow the account's offices, or deny addresses that it wants nothing to do with."}
    </EmptyState>
  );
}

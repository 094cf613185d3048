// The entries that people wrote: found, chosen, edited and deleted.
import { Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SearchText } from "../accounts/search-field.tsx";
import { ErrorState } from "../shell/error-state.tsx";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { showRefusal } from "../shell/show-toast.ts";
import { askToDeleteEntries } from "./address-ask-to-delete.tsx";
import { AddressChosenBar } from "./address-chosen-bar.tsx";
import { AddressEditDialog, readEditedEntry } from "./address-edit-dialog.tsx";
import { AddressEntryFilters, AskTheGate, EntriesFound } from "./address-entry-filters.tsx";
import type { EntryChoices } from "./address-entry-filters.tsx";
import { AddressEntryList } from "./address-entry-list.tsx";
import type { AddressEntryListProps } from "./address-entry-list.tsx";
import { DELETED_MAX, readAllEntries } from "./address-entry-queries.ts";
import type { EntryFilter } from "./address-entry-queries.ts";
import { NoEntriesYet, NoEntryFound } from "./address-no-entries.tsx";
import { useEntryChoice } from "./use-entry-choice.ts";
import { useEntryTotal } from "./use-entry-pages.ts";

export type AddressManualPanelProps = {
  readonly account: string | null;
  readonly search: SearchText;
  /** @param rangeText what the dialog begins with */
  readonly onAdd: (rangeText: string) => void;
  readonly onImport: () => void;
};

export function AddressManualPanel(props: AddressManualPanelProps) {
  const { account, search } = props;
  const client = useQueryClient();
  const [choices, setChoices] = useState<EntryChoices>({ action: null, sort: "address" });
  const [edited, setEdited] = useState(() => readEditedEntry(account));
  const choice = useEntryChoice();
  const filter: EntryFilter = { account, search: search.search, ...choices };
  return (
    <Stack gap="md">
      <AddressEntryFilters search={search} choices={choices} onChange={setChoices} />
      <FoundEntries {...props} filter={filter} choice={choice} onEdit={setEdited} />
      <AddressChosenBar
        chosen={[...choice.chosen.values()]}
        onClear={choice.clear}
        onDelete={(entries) =>
          askToDeleteEntries(client, { account, entries, onDeleted: choice.clear })
        }
      />
      <AddressEditDialog
        account={account}
        entry={edited}
        onClose={() => setEdited(null)}
        onDelete={(entry) => {
          const entries = [entry];
          const onDeleted = (): void => {
            setEdited(null);
            choice.choose(entry, false);
          };
          askToDeleteEntries(client, { account, entries, onDeleted });
        }}
      />
    </Stack>
  );
}

type FoundEntriesProps = AddressManualPanelProps &
  Pick<AddressEntryListProps, "filter" | "choice" | "onEdit">;

function FoundEntries(props: FoundEntriesProps) {
  const { account, filter, choice, onAdd, onImport } = props;
  const query = useEntryTotal(filter);
  if (query.data === undefined) {
    if (!query.isError) return <LoadingLines lines={8} lineHeight={40} />;
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { total } = query.data;
  const isFiltered = filter.search !== "" || filter.action !== null;

  async function chooseAll(isChosen: boolean): Promise<void> {
    if (!isChosen) return choice.clear();
    try {
      choice.chooseAll(await readAllEntries(filter, total));
    } catch (error) {
      showRefusal(error);
    }
    return undefined;
  }

  return (
    <>
      <Group justify="space-between" gap="sm">
        <EntriesFound total={total} filter={filter} />
        <AskTheGate account={account} search={filter.search} />
      </Group>
      <div
        aria-busy={query.isPlaceholderData}
        style={{ opacity: query.isPlaceholderData ? 0.55 : 1 }}
      >
        {total > 0 ? (
          <AddressEntryList
            {...props}
            total={total}
            onChooseAll={total > DELETED_MAX ? null : (isAll) => void chooseAll(isAll)}
          />
        ) : isFiltered ? (
          <NoEntryFound {...filter} onAdd={onAdd} />
        ) : (
          <NoEntriesYet account={account} onAdd={onAdd} onImport={onImport} />
        )}
      </div>
    </>
  );
}

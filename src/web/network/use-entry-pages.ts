// Reads the pages of a long list that are on the screen, and only those.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { PAGE_ROWS, entriesQuery } from "./address-entry-queries.ts";
import type { EntryAnswer, EntryFilter } from "./address-entry-queries.ts";
import { pagesOf } from "./address-scroll.ts";

/** Pages that are only flown over are not asked for. */
const SETTLED_AFTER_MS = 90;

export type EntryPages = {
  /** Undefined while the row is on its way. */
  readonly entryAt: (index: number) => EntryAnswer | undefined;
  /** Of the rows on the screen; null: all is well. */
  readonly error: unknown;
  readonly retry: () => void;
};

export function useEntryPages(
  filter: EntryFilter,
  rows: { readonly from: number; readonly to: number },
): EntryPages {
  const wanted = pagesOf(rows, PAGE_ROWS);
  const [settledText] = useDebouncedValue(wanted.join(","), SETTLED_AFTER_MS);
  const settled = new Set(settledText.split(",").map(Number));
  const queries = useQueries({
    queries: wanted.map((page) => ({
      ...entriesQuery(filter, page),
      enabled: settled.has(page),
    })),
  });
  const failed = queries.find((query) => query.isError && query.data === undefined);
  return {
    entryAt: (index) => {
      const page = wanted.indexOf(Math.floor(index / PAGE_ROWS));
      return queries[page]?.data?.entries[index % PAGE_ROWS];
    },
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

export type EntryListQuery = UseQueryResult<{
  readonly entries: readonly EntryAnswer[];
  readonly total: number;
}>;

/** The first page says how many there are; that of the question before stays meanwhile. */
export function useEntryTotal(filter: EntryFilter): EntryListQuery {
  return useQuery({ ...entriesQuery(filter, 0), placeholderData: keepPreviousData });
}

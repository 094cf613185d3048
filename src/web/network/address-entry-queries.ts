// What the page of address lists asks about entries, and how it changes them.
import { queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { EntryAnswer } from "../../api/entry-api.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { answerOf, api } from "../api/api.ts";
import { saveForMinutes } from "../shell/lockout-dialog.tsx";
import type { EntryValue } from "./address-entry-draft.ts";

export const PAGE_ROWS = 200;
/** As many as one request deletes. */
export const DELETED_MAX = 10_000;
const READ_MAX = 1000;

export type EntrySort = "address" | "newest";

export type EntryFilter = {
  /** An account's code; null: the platform. */
  readonly account: string | null;
  readonly search: string;
  readonly action: ListAction | null;
  readonly sort: EntrySort;
};

const ROOT = "entries";

export function ownerQuery(account: string | null) {
  return account === null ? {} : { account };
}

function queryOf({ account, search, action, sort }: EntryFilter) {
  return {
    ...ownerQuery(account),
    ...(search === "" ? {} : { search }),
    ...(action === null ? {} : { action }),
    sort,
  };
}

/** @param page from 0 */
export function entriesQuery(filter: EntryFilter, page: number) {
  return queryOptions({
    queryKey: [ROOT, filter.account, filter, page] as const,
    queryFn: ({ signal }) => {
      const query = { ...queryOf(filter), offset: page * PAGE_ROWS, limit: PAGE_ROWS };
      return answerOf(api.GET("/api/v1/entries", { params: { query }, signal }));
    },
  });
}

/** All that the filter finds, read in pieces; for choosing them. */
export async function readAllEntries(
  filter: EntryFilter,
  total: number,
): Promise<readonly EntryAnswer[]> {
  const found: EntryAnswer[] = [];
  for (let offset = 0; offset < Math.min(total, DELETED_MAX); offset += READ_MAX) {
    const query = { ...queryOf(filter), offset, limit: READ_MAX };
    const { entries } = await answerOf(api.GET("/api/v1/entries", { params: { query } }));
    found.push(...entries);
  }
  return found;
}

/** What is on screen is read anew, the rest is forgotten: every page may differ after a change. */
export async function refreshEntries(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: [ROOT], type: "inactive" });
  await Promise.all(
    [[ROOT], ["entry-touches"]].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

/** Who came from the range in the last 24 hours. */
export function touchesQuery(account: string | null, range: string) {
  return queryOptions({
    queryKey: ["entry-touches", account, range] as const,
    queryFn: ({ signal }) => {
      const query = { ...ownerQuery(account), range };
      return answerOf(api.GET("/api/v1/entries/touches", { params: { query }, signal }));
    },
    staleTime: 60_000,
    retry: false,
  });
}

export type EntrySave = {
  readonly account: string | null;
  readonly value: EntryValue;
  /** Very wide ranges were asked about. */
  readonly confirmWide: boolean;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

export function addEntry({ account, value, confirmWide, minutes }: EntrySave) {
  const body = { ...ownerQuery(account), ...value, ...(confirmWide ? { confirmWide } : {}) };
  return saveForMinutes(minutes, (query) =>
    answerOf(api.POST("/api/v1/entries", { params: { query }, body })),
  );
}

/** Refused with 412 when somebody saved after `version` was read. */
export function changeEntry(
  at: { readonly id: number; readonly version: number },
  { account, value, confirmWide, minutes }: EntrySave,
): Promise<EntryAnswer> {
  const { id, version } = at;
  const body = { ...value, version, ...(confirmWide ? { confirmWide } : {}) };
  return saveForMinutes(minutes, (safety) => {
    const params = { path: { id }, query: { ...ownerQuery(account), ...safety } };
    return answerOf(api.PATCH("/api/v1/entries/{id}", { params, body }));
  });
}

export function deleteEntries(
  account: string | null,
  ids: readonly number[],
  minutes: number | null,
) {
  const body = { ids: [...ids] };
  return saveForMinutes(minutes, (safety) => {
    const params = { query: { ...ownerQuery(account), ...safety } };
    return answerOf(api.POST("/api/v1/entries/delete", { params, body }));
  });
}

export type { EntryAnswer };

// Finds the entry of a list for exactly one address: beside it no other can be put.
import type { EntryAnswer } from "../../api/entry-api.ts";
import type { ApiClient } from "../api-client.ts";

/** @param of.account whose list; null: the platform's */
export async function findOwnEntry(
  api: ApiClient,
  of: { readonly address: string; readonly account: string | null },
): Promise<EntryAnswer | null> {
  const owner = of.account === null ? {} : { account: of.account };
  const { entries } = await api.call<{ readonly entries: readonly EntryAnswer[] }>({
    method: "GET",
    path: "/api/v1/entries",
    query: { covering: of.address, ...owner },
  });
  return entries.find(({ range }) => range === of.address) ?? null;
}

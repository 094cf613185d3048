// What the page of address lists asks about bans, and how it ends, changes and keeps them.
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { BanAnswer } from "../../api/entry-api.ts";
import { answerOf, api } from "../api/api.ts";
import { saveGuarded } from "../shell/lockout-dialog.tsx";
import { ownerQuery, refreshEntries } from "./address-entry-queries.ts";

const PAGE_ROWS = 50;
/** Bans come and go without anybody's doing. */
const READ_EVERY_MS = 15_000;
const ROOT = "bans";

/** @param within an address, a block or a range; "": every ban in force */
export function bansQuery(account: string | null, within: string) {
  return infiniteQueryOptions({
    queryKey: [ROOT, "list", account, within] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...ownerQuery(account),
        limit: PAGE_ROWS,
        ...(within === "" ? {} : { overlapping: within }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET("/api/v1/bans", { params: { query }, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: READ_EVERY_MS,
  });
}

export async function releaseBan(id: number): Promise<void> {
  await answerOf(api.POST("/api/v1/bans/{id}/release", { params: { path: { id } } }));
}

export async function keepBan(id: number): Promise<void> {
  await saveGuarded((query) =>
    answerOf(api.POST("/api/v1/bans/{id}/make-permanent", { params: { path: { id }, query } })),
  );
}

export type BanChange = { readonly endsAt: string; readonly note: string };

export function changeBan(id: number, body: BanChange): Promise<BanAnswer> {
  return answerOf(api.PATCH("/api/v1/bans/{id}", { params: { path: { id } }, body }));
}

/** A ban that is made permanent is an entry. */
export async function refreshBans(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: [ROOT] }), refreshEntries(client)]);
}

export type { BanAnswer };

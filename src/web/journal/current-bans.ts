// The bans in force that somebody may see, newest first, kept up to date by the server's events.
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import type { BanAnswer } from "../../api/entry-api.ts";
import { useManagedAccounts } from "../accounts/account-picker.tsx";
import { answerOf, api } from "../api/api.ts";
import { useEventStream } from "../api/use-event-stream.ts";
import { useMe } from "../shell/me.ts";

export const BANS_SHOWN_MAX = 6;
/** A ban ends without an event, and one more is asked for to know whether there are more. */
const READ_EVERY_MS = 15_000;

/** @param accounts whose bans; null: every one of the platform and of all accounts */
function currentBansQuery(accounts: readonly string[] | null) {
  return queryOptions({
    queryKey: ["bans", "overview", accounts] as const,
    queryFn: async (): Promise<readonly BanAnswer[]> => {
      if (accounts === null) return readBans({});
      const lists = await Promise.all(accounts.map((account) => readBans({ account })));
      const newestFirst = lists.flat().toSorted((a, b) => b.id - a.id);
      return newestFirst.slice(0, BANS_SHOWN_MAX + 1);
    },
  });
}

async function readBans(owner: { readonly account?: string }): Promise<readonly BanAnswer[]> {
  const query = { ...owner, limit: BANS_SHOWN_MAX + 1 };
  return (await answerOf(api.GET("/api/v1/bans", { params: { query } }))).bans;
}

export type CurrentBans = {
  readonly query: UseQueryResult<readonly BanAnswer[]>;
  readonly refresh: () => void;
};

/** @param account a code; null: all there is to see */
export function useCurrentBans(account: string | null, isPaused: boolean): CurrentBans {
  const { isOperator } = useMe();
  const managed = useManagedAccounts();
  const own = isOperator ? null : (managed ?? []).map(({ code }) => code);
  const query = useQuery({
    ...currentBansQuery(account === null ? own : [account]),
    refetchInterval: isPaused ? false : READ_EVERY_MS,
  });
  const refresh = (): void => void query.refetch();
  const owner = account === null ? "" : `&account=${account}`;
  useEventStream({
    path: `/api/v1/events/tail?group=bans${owner}`,
    on: { ban: refresh, release: refresh },
    onReopened: refresh,
    isPaused,
  });
  return { query, refresh };
}

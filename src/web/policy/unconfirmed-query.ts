// Asks which changes wait to be confirmed, notices how the waiting ended, confirms and takes back.
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { UnconfirmedChange } from "../../api/unconfirmed-api.ts";
import { answerOf, api } from "../api/api.ts";
import { markRead, wasRead } from "./unconfirmed-read.ts";
import { endUnseen, howItEnded, settleEnd } from "./unconfirmed-words.ts";
import type { EndedChange, UnconfirmedEnd } from "./unconfirmed-words.ts";

const KEY = ["unconfirmed-changes"] as const;

/** A sixth of the life of another person's shortest; one's own is asked for when it is saved. */
const ASK_MS = 10_000;
const ASK_WAITING_MS = 5_000;
const ASK_ENDING_MS = 1_000;
const REVISIONS_READ = 50;

/** `endsAtMs` is by this browser's clock. */
export type WaitingChange = UnconfirmedChange & { readonly endsAtMs: number };

export type UnconfirmedState = {
  readonly changes: readonly WaitingChange[];
  /** Of what was saved here and is not listed yet: the change may have shut this browser out. */
  readonly ownGoesBackAtMs: number | null;
  /** Until somebody has read it. */
  readonly ended: readonly UnconfirmedEnd[];
};

const NOTHING: UnconfirmedState = { changes: [], ownGoesBackAtMs: null, ended: [] };

export const unconfirmedQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ client, signal }) => readUnconfirmed(client, signal),
  // What waits is not claimed of a server that does not answer.
  retry: false,
  refetchInterval: ({ state }) => askAgainMs(state.data ?? NOTHING),
  refetchOnWindowFocus: "always",
});

function askAgainMs({ changes, ownGoesBackAtMs }: UnconfirmedState): number {
  if (changes.length === 0) return ownGoesBackAtMs === null ? ASK_MS : ASK_WAITING_MS;
  const next = Math.min(...changes.map(({ endsAtMs }) => endsAtMs));
  return next - Date.now() > ASK_WAITING_MS ? ASK_WAITING_MS : ASK_ENDING_MS;
}

/** As it was asked last; asks nothing. */
export function useUnconfirmed(): UnconfirmedState {
  return useQuery({ ...unconfirmedQuery, enabled: false }).data ?? NOTHING;
}

async function readUnconfirmed(
  client: QueryClient,
  signal: AbortSignal,
): Promise<UnconfirmedState> {
  const answer = await answerOf(api.GET("/api/v1/unconfirmed-changes", { signal }));
  const nowMs = Date.now();
  const before = client.getQueryData(unconfirmedQuery.queryKey) ?? NOTHING;
  const changes = answer.changes.map((told): WaitingChange => {
    const known = before.changes.find(({ changeId }) => changeId === told.changeId);
    const heardMs = nowMs + told.secondsLeft * 1000;
    return Object.assign(told, { endsAtMs: settleEnd(known?.endsAtMs ?? null, heardMs) });
  });
  const gone = before.changes.filter(
    ({ changeId }) => !changes.some((one) => one.changeId === changeId),
  );
  const ends = gone.length === 0 ? [] : await findEnds(gone, signal);
  if (gone.length > 0) void readRulesAgain(client);
  const known = [...before.ended, ...ends];
  const unseen = answer.wentBack.map(endUnseen).filter((end) => !isIn(known, end));
  const ended = [...unseen.toReversed(), ...known].filter(({ changeId }) => !wasRead(changeId));
  return { changes, ownGoesBackAtMs: null, ended };
}

function isIn(ends: readonly UnconfirmedEnd[], { changeId }: UnconfirmedEnd): boolean {
  return ends.some((one) => one.changeId === changeId);
}

async function findEnds(
  gone: readonly EndedChange[],
  signal: AbortSignal,
): Promise<readonly UnconfirmedEnd[]> {
  const query = { limit: REVISIONS_READ };
  const { revisions } = await answerOf(api.GET("/api/v1/revisions", { params: { query }, signal }));
  return gone.map((one) => howItEnded(one, revisions, Date.now()));
}

/** Every page may show something else now. */
function readRulesAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
}

/** Something was refused because of a change that may not be known here yet. */
export function askUnconfirmed(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: KEY });
}

/** After something was saved here. */
export function noteSaved(client: QueryClient, minutes: number | null): void {
  if (minutes !== null) {
    const ownGoesBackAtMs = Date.now() + minutes * 60_000;
    setState(client, (state) => ({ ...state, ownGoesBackAtMs }));
  }
  askUnconfirmed(client);
}

/** It stays. */
export async function confirmChange(client: QueryClient, changeId: string): Promise<void> {
  const params = { path: { changeId } };
  await act(client, changeId, () =>
    answerOf(api.POST("/api/v1/unconfirmed-changes/{changeId}/confirm", { params })),
  );
}

/** What was before holds again, at once; asks first where that locks somebody out. */
export async function takeChangeBack(client: QueryClient, changeId: string): Promise<void> {
  // That dialog shows refusals, and refusals show the buttons that lead here.
  const { saveGuarded } = await import("../shell/lockout-dialog.tsx");
  await act(client, changeId, () =>
    saveGuarded((query) => {
      const params = { path: { changeId }, query };
      return answerOf(api.POST("/api/v1/unconfirmed-changes/{changeId}/take-back", { params }));
    }),
  );
}

/** Whatever came of it, pages show how things are now. */
async function act(
  client: QueryClient,
  changeId: string,
  ask: () => Promise<unknown>,
): Promise<void> {
  try {
    await client.cancelQueries({ queryKey: KEY });
    await ask();
    // Who did it is told on the spot, and need not be told how it ended.
    setState(client, (state) => ({
      ...state,
      changes: state.changes.filter((one) => one.changeId !== changeId),
    }));
  } finally {
    void client.invalidateQueries({ queryKey: KEY });
    await readRulesAgain(client);
  }
}

export function forgetEnd(client: QueryClient, changeId: string): void {
  markRead(changeId);
  setState(client, (state) => ({
    ...state,
    ended: state.ended.filter((end) => end.changeId !== changeId),
  }));
}

function setState(
  client: QueryClient,
  toNext: (state: UnconfirmedState) => UnconfirmedState,
): void {
  client.setQueryData(unconfirmedQuery.queryKey, (state) => toNext(state ?? NOTHING));
}

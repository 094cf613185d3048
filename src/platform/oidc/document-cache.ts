// Remembers documents of other hosts: how long they serve, and how seldom they are asked for.
import type { Clock } from "../clock.ts";

export type LoadedDocument<T> = {
  readonly value: T;
  /** How long it serves on when it can no longer be had. */
  readonly goodForMs: number;
};

export type DocumentRules = {
  /** Served without asking. */
  readonly freshForMs: number;
  /** From one attempt to the next while an old document serves on. */
  readonly pauseMs: number;
  /** The same while there is none. */
  readonly pauseWithoutMs: number;
  readonly documentsMax: number;
};

export type Reading<T> = {
  readonly key: string;
  readonly load: () => Promise<LoadedDocument<T>>;
  /** False: what is held is not what is looked for, so ask anew, if it is time. */
  readonly isWanted?: (value: T) => boolean;
};

export type DocumentCache<T> = {
  /** Gives what is held, fresh or not, whenever asking anew is out of turn or came to nothing. */
  readonly read: (reading: Reading<T>) => Promise<T>;
  /** Asks now, for a person who wants to know; what comes is remembered for all. */
  readonly refresh: (reading: Reading<T>) => Promise<T>;
};

type Entry<T> = {
  held: { readonly value: T; readonly atMs: number; readonly goodForMs: number } | null;
  triedAtMs: number;
  failure: unknown;
  pending: Promise<void> | null;
};

/**
 * INVARIANT: for one key there is one question at a time, however many wait for its answer, and
 * none before the pause is over, whatever its answer was.
 */
export function createDocumentCache<T>(clock: Clock, rules: DocumentRules): DocumentCache<T> {
  const entries = new Map<string, Entry<T>>();
  const nowMs = () => clock.steadyMs?.() ?? clock.nowMs();

  function entryOf(key: string): Entry<T> {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry = { held: null, triedAtMs: -Infinity, failure: null, pending: null };
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > rules.documentsMax && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  async function attempt(entry: Entry<T>, load: Reading<T>["load"]): Promise<void> {
    entry.triedAtMs = nowMs();
    try {
      const { value, goodForMs } = await load();
      entry.held = { value, goodForMs, atMs: nowMs() };
      entry.failure = null;
    } catch (error) {
      entry.failure = error;
    } finally {
      entry.pending = null;
    }
  }

  function ask(entry: Entry<T>, load: Reading<T>["load"]): Promise<void> {
    entry.pending ??= attempt(entry, load);
    return entry.pending;
  }

  function isFresh({ held }: Entry<T>, isWanted: Reading<T>["isWanted"]): boolean {
    if (held === null || nowMs() - held.atMs >= rules.freshForMs) return false;
    return isWanted === undefined || isWanted(held.value);
  }

  function settle({ held, failure }: Entry<T>): T {
    if (held !== null && nowMs() - held.atMs < held.goodForMs) return held.value;
    throw failure;
  }

  return {
    read: async ({ key, load, isWanted }) => {
      const entry = entryOf(key);
      if (isFresh(entry, isWanted) && entry.held !== null) return entry.held.value;
      const pauseMs = entry.held === null ? rules.pauseWithoutMs : rules.pauseMs;
      const isInTurn = nowMs() - entry.triedAtMs >= pauseMs;
      if (isInTurn || entry.pending !== null) await ask(entry, load);
      return settle(entry);
    },
    refresh: async ({ key, load }) => {
      const entry = entryOf(key);
      await ask(entry, load);
      if (entry.failure !== null) throw entry.failure;
      return settle(entry);
    },
  };
}

// Holds in memory which changes wait to be confirmed, and lets them go back when it is time.
import type { Transaction } from "kysely";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { changeBy } from "../change-context.ts";
import type { ChangeContext } from "../change-context.ts";
import { repeatWork } from "../repeat-work.ts";
import {
  claimUnconfirmed,
  hasGoneBack,
  listUnconfirmed,
  readWaiting,
} from "./unconfirmed-store.ts";
import type { WaitingChange } from "./unconfirmed-store.ts";

type Trx = Transaction<Schema>;

/** What a domain holds in memory of the rules that a waiting change is about. */
export type MemoryOfChange = {
  /** Asks nothing and cannot fail: from now on memory is as if the change had not been made. */
  readonly goBack: () => void;
  /** The store is so as well, and memory follows it: what `goBack` only made up may go. */
  readonly settle: () => void;
};

export type MemoryParty = {
  /** Made ready while the change waits, so that nothing has to be asked when it goes back. */
  readonly prepare: (change: WaitingChange) => Promise<MemoryOfChange>;
  /** What went back in memory stands after all, confirmed by another node say: read it again. */
  readonly readAgain: () => Promise<void>;
};

/**
 * Undoes all of a change in the store, by the one way in which rules are changed; `claim` is part
 * of its transaction, and throws where somebody else was first. What was before and cannot be any
 * more is kept, with an alarm: nothing waits for ever. Whoever takes it back is refused instead.
 */
export type GoBack = (
  change: WaitingChange,
  made: { readonly context: ChangeContext; readonly claim: (trx: Trx) => Promise<void> },
) => Promise<void>;

export type HeldChange = {
  readonly change: WaitingChange;
  readonly memories: readonly MemoryOfChange[];
  /** Gone back in memory, and not in the store yet. */
  isBack: boolean;
};

export type WaitingHolder = {
  /** Domains that decide from memory join before the first `load`. */
  readonly join: (party: MemoryParty) => void;
  /** Reads which changes wait, here and on other nodes. */
  readonly load: () => Promise<void>;
  /**
   * Compares with the clock; costs nothing while nothing waits. Where a change is due, memory goes
   * back before this returns, and the store afterwards. For whoever decides from memory.
   */
  readonly look: () => void;
  /** Those that went back in memory, and not in the store yet. */
  readonly due: () => readonly WaitingChange[];
  /** Resolves when the store is as it is from now on; rejects with its error where it is away. */
  readonly settle: () => Promise<void>;
  /** Those that are in force, the next to go back first. */
  readonly waiting: () => readonly WaitingChange[];
  /** As they were read last, the next to go back first. */
  readonly held: () => readonly HeldChange[];
  /** Lets it go back now. False: somebody else has confirmed it, or let it go back. */
  readonly undo: (one: HeldChange, context: ChangeContext) => Promise<boolean>;
  readonly start: () => void;
  readonly close: () => void;
};

/** Other nodes' changes are known long before the shortest of them goes back. */
const LOOK_EVERY_MS = 500;

class GoneElsewhereError extends Error {}

export function createWaitingHolder(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly goBack: GoBack;
  readonly onError: (error: unknown) => void;
}): WaitingHolder {
  const { clock } = parts;
  const read = parts.database.kysely;
  const parties: MemoryParty[] = [];
  let held: readonly HeldChange[] = [];
  let nextMs = Infinity;
  /** Gone back in memory; the store has settled it in one way or the other. */
  const owed: HeldChange[] = [];
  let settling: Promise<void> | null = null;
  let loading: Promise<void> = Promise.resolve();
  let stop = (): void => undefined;

  function load(): Promise<void> {
    const next = loading.then(loadNow);
    loading = next.catch(() => undefined);
    return next;
  }

  async function loadNow(): Promise<void> {
    const rows = await listUnconfirmed(read);
    const now: HeldChange[] = [];
    for (const row of rows) {
      const known = held.find(({ change }) => change.changeId === row.change_id);
      now.push(known ?? (await hold(await readWaiting(read, row))));
    }
    owed.push(...held.filter((one) => one.isBack && !now.includes(one)));
    held = now;
    reckon();
    await payOwed();
  }

  /** INVARIANT: of what memory made up it is found out whether the store did the same. */
  async function payOwed(): Promise<void> {
    for (let one = owed[0]; one !== undefined; one = owed[0]) {
      if (await hasGoneBack(read, one.change)) for (const memory of one.memories) memory.settle();
      else for (const party of parties) await party.readAgain();
      owed.shift();
    }
  }

  async function hold(change: WaitingChange): Promise<HeldChange> {
    const memories = await Promise.all(parties.map((party) => party.prepare(change)));
    return { change, memories, isBack: false };
  }

  /** Of those that are still in force. */
  function reckon(): void {
    nextMs = held.reduce(
      (next, { change, isBack }) => (isBack ? next : Math.min(next, change.goesBackAtMs)),
      Infinity,
    );
  }

  function look(): void {
    if (nextMs === Infinity || clock.nowMs() < nextMs) return;
    goBackInMemory();
    settle().catch(parts.onError);
  }

  function goBackInMemory(): void {
    const nowMs = clock.nowMs();
    for (const one of held) {
      if (one.isBack || one.change.goesBackAtMs > nowMs) continue;
      one.isBack = true;
      for (const memory of one.memories) memory.goBack();
    }
    reckon();
  }

  function settle(): Promise<void> {
    if (nextMs !== Infinity && clock.nowMs() >= nextMs) goBackInMemory();
    if (held.every(({ isBack }) => !isBack)) return Promise.resolve();
    settling ??= settleDue().finally(() => {
      settling = null;
    });
    // Another may have become due meanwhile.
    return settling.then(settle);
  }

  /** One that cannot be settled now does not keep the others from it. */
  async function settleDue(): Promise<void> {
    const failed: unknown[] = [];
    for (const one of held.filter(({ isBack }) => isBack)) {
      const context: ChangeContext = {
        ...changeBy("system"),
        way: "went-back",
        restores: one.change.revisions.at(-1)?.number ?? null,
        // Whom the rules of before shut out was known when they were replaced.
        overrides: true,
      };
      await undo(one, context).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  }

  async function undo({ change }: HeldChange, context: ChangeContext): Promise<boolean> {
    const claim = async (trx: Trx): Promise<void> => {
      if (!(await claimUnconfirmed(trx, change.changeId, null))) throw new GoneElsewhereError();
    };
    try {
      await parts.goBack(change, { context, claim });
      return true;
    } catch (error) {
      if (!(error instanceof GoneElsewhereError)) throw error;
      return false;
    } finally {
      await load();
    }
  }

  return {
    join: (party) => void parties.push(party),
    load,
    look,
    due: () => held.filter(({ isBack }) => isBack).map(({ change }) => change),
    settle,
    waiting: () => held.filter(({ isBack }) => !isBack).map(({ change }) => change),
    held: () => held,
    undo,
    start: () => {
      stop = repeatWork(() => load().then(settle), {
        everyMs: LOOK_EVERY_MS,
        onError: parts.onError,
      });
    },
    close: () => stop(),
  };
}

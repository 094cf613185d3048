// Keeps track of who listens and who asks: counted in memory, written each second.
import type { Address } from "../../../core/network/address.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Journal } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PlayTracker } from "../recordings-at-work.ts";
import { createOpenPlays } from "./open-plays.ts";
import { prunePlays } from "./play-store.ts";
import { pruneVisitors } from "./visit-store.ts";
import { createVisitTally } from "./visit-tally.ts";
import { writePlays } from "./write-plays.ts";
import { writeVisits } from "./write-visits.ts";

export type PlayTrackerParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly journal: Pick<Journal, "recordEvent">;
  /** The address or network that the gate counts for a client. */
  readonly countedAs: (address: Address) => Address;
  /** As long as events are. */
  readonly playsKeptDays: number;
  readonly onError: (error: unknown, doing: string) => void;
};

export type RunningPlayTracker = PlayTracker & {
  /** Removes plays and visits that are older than they are kept. */
  readonly prune: () => Promise<void>;
  /** From now on memory is written in the background. */
  readonly start: () => void;
  /** Writes what is in memory. */
  readonly close: () => Promise<void>;
};

const FLUSH_EVERY_MS = 1000;
const PRUNE_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createPlayTracker(parts: PlayTrackerParts): RunningPlayTracker {
  const { database, clock, journal } = parts;
  const open = createOpenPlays(parts);
  const tally = createVisitTally(parts.countedAs);
  const timers: NodeJS.Timeout[] = [];
  let lostTold = 0;
  let running: Promise<void> = Promise.resolve();

  async function writeAll(): Promise<void> {
    await writePlays({ database, journal, open });
    await writeVisits(database, tally);
    const lost = open.lost() - lostTold;
    if (lost === 0) return;
    lostTold += lost;
    parts.onError(new Error(`${lost} plays are not recorded: the store was away`), "keeping plays");
  }

  /** One after the other: two at once would write the same rows. Rejects with the store's error. */
  function flush(): Promise<void> {
    const turn = running.then(writeAll);
    running = turn.catch(() => undefined);
    return turn;
  }

  async function prune(): Promise<void> {
    const nowMs = clock.nowMs();
    await database.transaction(async (trx) => {
      await pruneVisitors(trx, nowMs);
      await prunePlays(trx, nowMs - parts.playsKeptDays * DAY_MS);
    });
  }

  function repeat(work: () => Promise<void>, everyMs: number, doing: string): void {
    const turn = (): void => {
      work().catch((error: unknown) => parts.onError(error, doing));
    };
    turn();
    timers.push(setInterval(turn, everyMs).unref());
  }

  return {
    begin: (listening) => {
      const play = open.ask(listening, clock.nowMs());
      return {
        id: play.id,
        note: ({ bytesSent, isCut }) => {
          open.note(play, { bytesSent, isCut, nowMs: clock.nowMs() });
        },
      };
    },
    noteVisit: (visit) => tally.count(visit, clock.nowMs()),
    flush,
    prune,
    start: () => {
      if (timers.length > 0) return;
      repeat(flush, FLUSH_EVERY_MS, "writing plays");
      repeat(prune, PRUNE_EVERY_MS, "removing old plays");
    },
    close: async () => {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await flush().catch((error: unknown) => parts.onError(error, "writing plays"));
    },
  };
}

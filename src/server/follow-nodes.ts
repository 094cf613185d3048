// The processes that share one store: each tells of itself, and whoever asks hears of all.
import type { Clock } from "../platform/clock.ts";
import { randomId } from "../platform/crypto/random.ts";
import type { Database } from "../platform/database/database.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import type { Schema } from "./migrations/schema.ts";

export type StoreNode = {
  /** Of one run of one process. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
  readonly isThis: boolean;
  readonly isLost: boolean;
};

export type Nodes = {
  /** This one first, then the others by name; lost ones too. */
  readonly list: () => Promise<readonly StoreNode[]>;
  /** Resolves when the others can see this one. */
  readonly start: () => Promise<void>;
  /** Says goodbye: a node that was stopped is not a lost one. */
  readonly close: () => Promise<void>;
};

const TELL_EVERY_MS = 5_000;
const LOST_AFTER_MS = 20_000;
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** The embedded store has one process: nothing is written there. */
export function followNodes(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** What people know the machine by. */
  readonly name: string;
  readonly onError: (error: unknown) => void;
}): Nodes {
  const { database, clock, name } = parts;
  const isShared = database.engine === "postgres";
  const own = { id: randomId(), name, version: PROGRAM_VERSION, startedAtMs: clock.nowMs() };
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();

  async function tell(): Promise<void> {
    const nowMs = clock.nowMs();
    const { id, version, startedAtMs: started_at } = own;
    await database.transaction(async (trx) => {
      await trx
        .insertInto("journal_node")
        .values({ id, name, version, started_at, seen_at: nowMs })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ seen_at: nowMs }))
        .execute();
      const forgotten = nowMs - FORGOTTEN_AFTER_MS;
      await trx.deleteFrom("journal_node").where("seen_at", "<", forgotten).execute();
    });
  }

  /** One after the other: the goodbye must be the last. */
  function tellQuietly(): Promise<void> {
    telling = telling.then(tell).catch(parts.onError);
    return telling;
  }

  async function list(): Promise<readonly StoreNode[]> {
    const nowMs = clock.nowMs();
    const self: StoreNode = { ...own, seenAtMs: nowMs, isThis: true, isLost: false };
    if (!isShared) return [self];
    const rows = await database.kysely
      .selectFrom("journal_node")
      .selectAll()
      .where("id", "<>", own.id)
      .orderBy("name")
      .orderBy("started_at", "desc")
      .execute();
    const others = rows.map((row) => ({
      id: row.id,
      name: row.name,
      version: row.version,
      startedAtMs: row.started_at,
      seenAtMs: row.seen_at,
      isThis: false,
      isLost: nowMs - row.seen_at > LOST_AFTER_MS,
    }));
    return [self, ...others];
  }

  async function start(): Promise<void> {
    if (!isShared) return;
    timer ??= setInterval(() => void tellQuietly(), TELL_EVERY_MS).unref();
    await tellQuietly();
  }

  async function close(): Promise<void> {
    clearInterval(timer);
    await telling;
    if (!isShared) return;
    await database
      .transaction((trx) => trx.deleteFrom("journal_node").where("id", "=", own.id).execute())
      .catch(parts.onError);
  }

  return { list, start, close };
}

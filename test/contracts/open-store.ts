// Opens a store of an engine with the program's own schema in it.
import type { Database } from "../../src/platform/database/database.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import type { EngineHarness } from "./engines.ts";

/** Each a copy of one that was migrated, which takes a fraction of the time. */
export async function openStore(
  harness: EngineHarness,
  place?: OpenDatabaseInput,
): Promise<Database<Schema>> {
  const database = await harness.open<Schema>(place ?? (await placeStore(harness)));
  // A suite may give a place of its own, which is empty as yet.
  await migrateStore(database);
  return database;
}

/** The place of such a copy. */
export async function placeStore(harness: EngineHarness): Promise<OpenDatabaseInput> {
  return await harness.place(await harness.template(migrateStore));
}

async function migrateStore(database: Database<Schema>): Promise<void> {
  const outcome = await migrate(database, MIGRATIONS, { nowMs: 1_700_000_000_000 });
  if (!outcome.ok) throw new Error(outcome.message);
}

/** A clock that stands still until it is told otherwise. */
export function createStandingClock(startMs = 1_800_000_000_000): {
  readonly nowMs: () => number;
  readonly steadyMs: () => number;
  /** Time passes. */
  readonly advance: (ms: number) => void;
  /** Somebody sets the clock: no time passes. */
  readonly jump: (ms: number) => void;
} {
  let atMs = startMs;
  let passedMs = 0;
  return {
    nowMs: () => atMs,
    steadyMs: () => passedMs,
    advance: (ms) => {
      atMs += ms;
      passedMs += ms;
    },
    jump: (ms) => {
      atMs += ms;
    },
  };
}

// Runs a suite on every engine the store knows: SQLite, and a real PostgreSQL.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import type { Database, Engine } from "../../src/platform/database/database.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import { removeDirectory, startPostgres } from "./start-postgres.ts";
import type { PostgresCluster } from "./start-postgres.ts";

export type EngineHarness = {
  readonly engine: Engine;
  /** A new, empty store's place. Files and databases go away after the suite. */
  place(): Promise<OpenDatabaseInput>;
  /** Opens a place, or a new one; closed after the suite when the test has not done it. */
  open<Schema>(place?: OpenDatabaseInput): Promise<Database<Schema>>;
};

export const ENGINES: readonly Engine[] = ["sqlite", "postgres"];

let cluster: Promise<PostgresCluster> | null = null;
let databaseCount = 0;

/** One suite for each engine: `describeEachEngine("accounts", (harness) => { it(…) })`. */
export function describeEachEngine(name: string, suite: (harness: EngineHarness) => void): void {
  describe.each(ENGINES)(`${name} on %s`, (engine) => {
    suite(useEngine(engine));
  });
}

/** The same for suites that want one engine, or several at once. */
export function useEngine(engine: Engine): EngineHarness {
  const directories: string[] = [];
  const opened: Database<unknown>[] = [];

  if (engine === "postgres") {
    beforeAll(async () => {
      cluster ??= startPostgres();
      await cluster;
    }, 60_000);
  }
  afterAll(async () => {
    for (const database of opened) await database.close();
    for (const directory of directories) removeDirectory(directory);
  });

  async function place(): Promise<OpenDatabaseInput> {
    const dataDirectory = mkdtempSync(join(tmpdir(), "postern-test-"));
    directories.push(dataDirectory);
    databaseCount += 1;
    const databaseUrl =
      engine === "sqlite"
        ? null
        : ((await (await cluster)?.createDatabase(`t${databaseCount}`)) ?? null);
    return { dataDirectory, databaseUrl, fileName: "postern.db" };
  }

  async function open<Schema>(where?: OpenDatabaseInput): Promise<Database<Schema>> {
    const outcome = await openDatabase<Schema>({
      refusesNesting: true,
      ...(where ?? (await place())),
    });
    if (!outcome.ok) throw new Error(outcome.problem.message);
    opened.push(outcome.database as Database<unknown>);
    return outcome.database;
  }

  return { engine, place, open };
}

// One cluster a file. Registered at the top, so that it runs after the hooks of all suites.
afterAll(async () => {
  await (await cluster)?.stop();
  cluster = null;
});

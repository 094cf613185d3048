// Runs a suite on every engine the store knows: SQLite, and a real PostgreSQL.
import { cpSync, mkdtempSync } from "node:fs";
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
  /** A new store's place, empty or a copy. Files and databases go away after the suite. */
  place(copied?: OpenDatabaseInput): Promise<OpenDatabaseInput>;
  /** A store to copy, which is filled once in a process. */
  template<Schema>(fill: Fill<Schema>): Promise<OpenDatabaseInput>;
  /** Opens a place, or a new one; closed after the suite when the test has not done it. */
  open<Schema>(place?: OpenDatabaseInput): Promise<Database<Schema>>;
};

type Fill<Schema> = (database: Database<Schema>) => Promise<void>;

export const ENGINES: readonly Engine[] = ["sqlite", "postgres"];

/** One for all suites of this process, with which it ends. */
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
  const databases: string[] = [];
  const opened: Database<unknown>[] = [];

  if (engine === "postgres") {
    beforeAll(async () => {
      cluster ??= startPostgres();
      await cluster;
    }, 60_000);
  }
  afterAll(async () => {
    for (const database of opened) await database.close();
    for (const name of databases) await (await cluster)?.dropDatabase(name);
    for (const directory of directories) removeDirectory(directory);
  });

  async function place(copied?: OpenDatabaseInput): Promise<OpenDatabaseInput> {
    const made = await makePlace(engine, copied);
    directories.push(made.dataDirectory);
    if (made.databaseUrl !== null) databases.push(nameOf(made.databaseUrl));
    return made;
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

  return { engine, place, template: (fill) => useTemplate(engine, fill), open };
}

const templates = new Map<Engine, Promise<OpenDatabaseInput>>();

function useTemplate<Schema>(engine: Engine, fill: Fill<Schema>): Promise<OpenDatabaseInput> {
  const known = templates.get(engine);
  if (known !== undefined) return known;
  const made = makeTemplate(engine, fill);
  templates.set(engine, made);
  return made;
}

async function makeTemplate<Schema>(
  engine: Engine,
  fill: Fill<Schema>,
): Promise<OpenDatabaseInput> {
  const place = await makePlace(engine);
  process.once("exit", () => removeDirectory(place.dataDirectory));
  const outcome = await openDatabase<Schema>(place);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  await fill(outcome.database);
  await outcome.database.close();
  return place;
}

async function makePlace(engine: Engine, copied?: OpenDatabaseInput): Promise<OpenDatabaseInput> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "postern-test-"));
  const fileName = "postern.db";
  if (engine === "sqlite") {
    if (copied !== undefined) {
      cpSync(join(copied.dataDirectory, copied.fileName), join(dataDirectory, fileName));
    }
    return { dataDirectory, databaseUrl: null, fileName };
  }
  databaseCount += 1;
  const template = copied?.databaseUrl == null ? undefined : nameOf(copied.databaseUrl);
  const made = (await cluster)?.createDatabase(`t${databaseCount}`, template);
  return { dataDirectory, databaseUrl: (await made) ?? null, fileName };
}

function nameOf(databaseUrl: string): string {
  return databaseUrl.split("/").at(-1)!;
}

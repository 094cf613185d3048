// Brings a store's schema to the program's, by numbered steps that only go forward.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { Database, Engine, ReadDatabase } from "./database.ts";
import { hasTable } from "./describe-schema.ts";
import { toEngineStatements } from "./engine-ddl.ts";

export type Migration = {
  /** 1, 2, 3 … without gaps; never changed once released. */
  readonly number: number;
  readonly name: string;
  /** Definitions and statements in the words of `toEngineStatements`. */
  readonly sql: string;
  /** What statements cannot say, after them in the same transaction. */
  readonly change?: (trx: Transaction<never>, engine: Engine) => Promise<void>;
};

export type MigrateOutcome =
  | { readonly ok: true; readonly applied: readonly number[]; readonly number: number }
  | {
      readonly ok: false;
      readonly kind: "newer" | "different";
      /** One line for the operator. */
      readonly message: string;
    };

export type MigrateOptions = {
  readonly nowMs: number;
  /** Stops after this number; a restore starts from the schema of the backup. */
  readonly lastNumber?: number;
};

/** Advisory lock number: nodes that start at once migrate one after the other. */
const MIGRATION_LOCK = 5_078_202;

const RECORD_TABLE = `
  create table schema_migration (
    number integer not null,
    name text not null,
    applied_at integer not null,
    primary key (number)
  ) strict, without rowid;`;

type Applied = { readonly number: number; readonly name: string };

/**
 * Each step and its record are one transaction: a kill leaves whole steps only, and the next start
 * goes on. A store that is newer than the program, or has other steps, is refused and untouched.
 */
export async function migrate<Schema>(
  database: Database<Schema>,
  migrations: readonly Migration[],
  options: MigrateOptions,
): Promise<MigrateOutcome> {
  assertNumbered(migrations);
  const { engine } = database;
  const applied: number[] = [];
  const last = Math.min(options.lastNumber ?? migrations.length, migrations.length);
  while (true) {
    const step = await database.transaction((trx) =>
      takeStep(trx, { engine, migrations, last, nowMs: options.nowMs }),
    );
    if (step.kind === "done") return { ok: true, applied, number: step.number };
    if (step.kind === "refused") return step.outcome;
    applied.push(step.number);
  }
}

type StepInput = {
  readonly engine: Engine;
  readonly migrations: readonly Migration[];
  readonly last: number;
  readonly nowMs: number;
};

type Step =
  | { readonly kind: "taken" | "done"; readonly number: number }
  | { readonly kind: "refused"; readonly outcome: MigrateOutcome };

/** One step inside a caller's transaction; a restore uses it for all steps at once. */
export async function takeStep<Schema>(trx: Transaction<Schema>, input: StepInput): Promise<Step> {
  const { engine, migrations, last, nowMs } = input;
  if (engine === "postgres") {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx);
    // Building an index over many rows may take longer than a request ever should.
    await sql`set local statement_timeout = 0`.execute(trx);
  }
  const applied = await readApplied(trx, engine);
  const refusal = judge(applied, migrations);
  if (refusal !== null) return { kind: "refused", outcome: refusal };
  const next = migrations[applied.length];
  if (next === undefined || next.number > last) return { kind: "done", number: applied.length };
  const statements = toEngineStatements(engine, next.sql);
  const all =
    next.number === 1 ? [...toEngineStatements(engine, RECORD_TABLE), ...statements] : statements;
  for (const statement of all) await sql.raw(statement).execute(trx);
  await next.change?.(trx as unknown as Transaction<never>, engine);
  await sql`insert into schema_migration (number, name, applied_at)
    values (${next.number}, ${next.name}, ${nowMs})`.execute(trx);
  return { kind: "taken", number: next.number };
}

/** The number of the last step a store has; 0 for an empty one. */
export async function readSchemaNumber<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
): Promise<number> {
  return (await readApplied(read, engine)).at(-1)?.number ?? 0;
}

async function readApplied<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
): Promise<readonly Applied[]> {
  if (!(await hasTable(read, engine, "schema_migration"))) return [];
  const query = sql<Applied>`select number, name from schema_migration order by number`;
  return (await query.execute(read)).rows;
}

function judge(applied: readonly Applied[], known: readonly Migration[]): MigrateOutcome | null {
  const newest = applied.at(-1)?.number ?? 0;
  if (newest > known.length) {
    const message =
      `The store has schema ${newest}; this version of Postern knows up to ${known.length}. ` +
      "Start the newer version, or put an older backup back with: postern restore FILE";
    return { ok: false, kind: "newer", message };
  }
  const odd = applied.find(({ number, name }, index) => {
    return number !== index + 1 || known[index]?.name !== name;
  });
  if (odd === undefined) return null;
  const step = `${odd.number} "${odd.name}"`;
  const message = `The store's schema step ${step} is not one of this program's.`;
  return { ok: false, kind: "different", message };
}

function assertNumbered(migrations: readonly Migration[]): void {
  for (const [index, migration] of migrations.entries()) {
    if (migration.number !== index + 1) {
      throw new Error(`migration "${migration.name}" must have the number ${index + 1}`);
    }
  }
}

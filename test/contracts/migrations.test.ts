// What every engine promises about schemas: steps forward, once each, described the same.
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/platform/database/database.ts";
import { describeSchema } from "../../src/platform/database/describe-schema.ts";
import { toEngineStatements } from "../../src/platform/database/engine-ddl.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { Migration } from "../../src/platform/database/migrate.ts";
import { describeEachEngine, useEngine } from "./engines.ts";
import { SAMPLE_MIGRATIONS } from "./sample-store.ts";

const NOW = { nowMs: 1_700_000_000_000 };

const SAMPLE_DESCRIPTION = `table book
  column cover blob
  column id integer not null identity
  column is_lent integer not null default
  column pages integer
  column shelf_code text not null
  column title text not null
  column weight real
  primary key (id)
  index ((expression), id)
  index (pages) where
  unique (shelf_code, title)
  reference (shelf_code) -> shelf (code) cascade

table schema_migration
  column applied_at integer not null
  column name text not null
  column number integer not null
  primary key (number)

table shelf
  column code text not null
  column name text not null
  column opened_at integer not null
  column parent text
  primary key (code)
  reference (parent) -> shelf (code) set null
`;

async function numbersOf<Schema>(database: Database<Schema>): Promise<readonly number[]> {
  const query = sql<{ number: number }>`select number from schema_migration order by number`;
  const { rows } = await query.execute(database.kysely);
  return rows.map((row) => row.number);
}

describeEachEngine("migrations", (harness) => {
  it("take each step once, however often they are asked for", async () => {
    const database = await harness.open();
    const first = await migrate(database, SAMPLE_MIGRATIONS, { ...NOW, lastNumber: 1 });
    expect(first).toEqual({ ok: true, applied: [1], number: 1 });
    expect(await migrate(database, SAMPLE_MIGRATIONS, NOW)).toMatchObject({ applied: [2] });
    const again = await migrate(database, SAMPLE_MIGRATIONS, NOW);
    expect(again).toEqual({ ok: true, applied: [], number: 2 });
    expect(await numbersOf(database)).toEqual([1, 2]);
  });

  it("take each step once when two nodes start together", async () => {
    const database = await harness.open();
    const outcomes = await Promise.all([
      migrate(database, SAMPLE_MIGRATIONS, NOW),
      migrate(database, SAMPLE_MIGRATIONS, NOW),
    ]);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await numbersOf(database)).toEqual([1, 2]);
  });

  it("leave nothing of a step that fails half-way, and go on later", async () => {
    const database = await harness.open();
    const broken: Migration = { number: 3, name: "third", sql: "create table c (x text) strict;" };
    const failing = [...SAMPLE_MIGRATIONS, { ...broken, sql: `${broken.sql} create tabel d (x);` }];
    await expect(migrate(database, failing, NOW)).rejects.toThrow(/tabel/);
    expect(await numbersOf(database)).toEqual([1, 2]);
    expect(await describeSchema(database.kysely, harness.engine)).toBe(SAMPLE_DESCRIPTION);
    const repaired = [...SAMPLE_MIGRATIONS, broken];
    expect(await migrate(database, repaired, NOW)).toMatchObject({ ok: true, applied: [3] });
  });

  it("refuse a store that is newer, or has other steps, and touch nothing", async () => {
    const database = await harness.open();
    await migrate(database, SAMPLE_MIGRATIONS, NOW);
    const older = await migrate(database, SAMPLE_MIGRATIONS.slice(0, 1), NOW);
    expect(older).toMatchObject({ ok: false, kind: "newer" });
    expect(older.ok ? "" : older.message).toContain("postern restore");
    const renamed = SAMPLE_MIGRATIONS.map((step) => ({ ...step, name: `${step.name}!` }));
    expect(await migrate(database, renamed, NOW)).toMatchObject({ ok: false, kind: "different" });
    expect(await describeSchema(database.kysely, harness.engine)).toBe(SAMPLE_DESCRIPTION);
  });

  it("give a schema that is described the same on every engine", async () => {
    const database = await harness.open();
    await migrate(database, SAMPLE_MIGRATIONS, NOW);
    expect(await describeSchema(database.kysely, harness.engine)).toBe(SAMPLE_DESCRIPTION);
  });

  it("are described differently when anything differs", async () => {
    const changes = [
      ["title text not null", "title text"],
      ["default 0", ""],
      ["where pages is not null", ""],
      ["unique (shelf_code, title)", "unique (title, shelf_code)"],
      ["on delete cascade", ""],
      ["pages integer", "pages text"],
    ] as const;
    for (const [from, to] of changes) {
      const database = await harness.open();
      const changed = SAMPLE_MIGRATIONS.map((step) => ({
        ...step,
        sql: step.sql.replace(from, to),
      }));
      await migrate(database, changed, NOW);
      const description = await describeSchema(database.kysely, harness.engine);
      expect({ from, isSame: description === SAMPLE_DESCRIPTION }).toEqual({ from, isSame: false });
    }
  });
});

describe("a store of a program that was killed while migrating", () => {
  const harness = useEngine("sqlite");
  it("is whole steps only: the step's work and its record are one transaction", async () => {
    const place = await harness.place();
    const database = await harness.open(place);
    const spying: readonly Migration[] = [
      {
        ...(SAMPLE_MIGRATIONS[0] as Migration),
        change: async () => {
          const seen = await describeSchema(database.kysely, "sqlite");
          expect(seen).toBe("");
        },
      },
    ];
    await migrate(database, spying, NOW);
    expect(await describeSchema(database.kysely, "sqlite")).toContain("table schema_migration");
  });
});

describe("definitions", () => {
  it("are translated outside of quotes and comments only", () => {
    const text = `
      create table t ( -- text; integer
        id integer primary key, note text default 'text; ''integer''', "text" integer
      ) strict;
      insert into t (note) values ('a--b');`;
    expect(toEngineStatements("postgres", text).map((s) => s.replace(/\s+/g, " "))).toEqual([
      "create table t ( id bigint generated by default as identity primary key, " +
        `note text collate "C" default 'text; ''integer''', "text" bigint )`,
      "insert into t (note) values ('a--b')",
    ]);
    expect(toEngineStatements("sqlite", text)[1]).toBe("insert into t (note) values ('a--b')");
  });
});

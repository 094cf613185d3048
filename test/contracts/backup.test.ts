// What every engine promises about backups: whole, portable, and all or nothing.
import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { backUpTo } from "../../src/platform/database/back-up.ts";
import type { Database, Engine } from "../../src/platform/database/database.ts";
import { insertMany } from "../../src/platform/database/insert-many.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import { restoreFrom } from "../../src/platform/database/restore.ts";
import type { RestoreInput, RestoreOutcome } from "../../src/platform/database/restore.ts";
import { describeEachEngine, ENGINES, useEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { BOOK_COLUMNS, fillSample, SAMPLE_MIGRATIONS } from "./sample-store.ts";
import type { SampleSchema } from "./sample-store.ts";

const NOW_MS = 1_700_000_000_000;

async function makeSource(
  harness: EngineHarness,
): Promise<{ database: Database<SampleSchema>; path: string }> {
  const place = await harness.place();
  const database = await harness.open<SampleSchema>(place);
  await fillSample(database);
  await database.transaction(async (trx) => {
    // A reference to a row that comes later, line separators, bytes, nulls, fractions.
    await trx
      .insertInto("shelf")
      .values({ code: "z", name: "Z\u2028", opened_at: 1, parent: "a" })
      .execute();
    await trx.updateTable("shelf").set({ parent: "z" }).where("code", "=", "a").execute();
    const cover = Uint8Array.of(0, 255, 10);
    const book = { shelf_code: "z", title: '\n"é😀', pages: null, weight: 0.1, cover };
    await trx
      .insertInto("book")
      .values({ ...book, is_lent: 1 })
      .execute();
    const rows = Array.from({ length: 4321 }, (_, index) => ["a", `book ${index}`, index]);
    await insertMany(trx, { table: "book", columns: BOOK_COLUMNS, rows });
  });
  return { database, path: join(place.dataDirectory, "store.backup") };
}

async function contentOf(database: Database<SampleSchema>): Promise<unknown> {
  const books = await database.kysely.selectFrom("book").selectAll().orderBy("id").execute();
  const shelves = await database.kysely.selectFrom("shelf").selectAll().orderBy("code").execute();
  return [shelves, books.map((book) => [{ ...book, cover: null }, [...(book.cover ?? [])]])];
}

function restore(
  place: OpenDatabaseInput,
  path: string,
  more: Partial<RestoreInput<SampleSchema>> = {},
): Promise<RestoreOutcome> {
  const { dataDirectory, databaseUrl, fileName } = place;
  const base = { path, dataDirectory, databaseUrl, fileName, nowMs: NOW_MS };
  return restoreFrom<SampleSchema>({ ...base, migrations: SAMPLE_MIGRATIONS, ...more });
}

describe("a backup", () => {
  const harnesses: Readonly<Record<Engine, EngineHarness>> = {
    sqlite: useEngine("sqlite"),
    postgres: useEngine("postgres"),
  };
  const pairs = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const));

  it.each(pairs)("of %s is restored whole on %s", async (from, to) => {
    const { database, path } = await makeSource(harnesses[from]);
    const made = await backUpTo(database, path, NOW_MS);
    expect(made).toEqual({ ok: true, rowCount: 4324, schemaNumber: 2 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const place = await harnesses[to].place();
    expect(await restore(place, path)).toEqual({ ok: true, rowCount: 4324, replacedFile: null });
    const restored = await harnesses[to].open<SampleSchema>(place);
    expect(await contentOf(restored)).toEqual(await contentOf(database));
    expect(await migrate(restored, SAMPLE_MIGRATIONS, { nowMs: 1 })).toMatchObject({ applied: [] });
    await restored.transaction(async (trx) => {
      const next = { shelf_code: "a", title: "after", pages: 1 };
      const row = await trx.insertInto("book").values(next).returning("id").executeTakeFirst();
      expect(row).toEqual({ id: 4323 });
    });
  });
});

describeEachEngine("a backup", (harness) => {
  it("shows one moment while writers go on, and never replaces a file", async () => {
    const { database, path } = await makeSource(harness);
    const writing = Array.from({ length: 20 }, (_, index) =>
      database.transaction(async (trx) => {
        const shelf = { code: `new ${index}`, name: "", opened_at: 0, parent: null };
        await trx.insertInto("shelf").values(shelf).execute();
        await trx
          .insertInto("book")
          .values({ shelf_code: shelf.code, title: "with it", pages: 0 })
          .execute();
      }),
    );
    expect(await backUpTo(database, path, NOW_MS)).toMatchObject({ ok: true });
    await Promise.all(writing);
    const lines = gunzipSync(readFileSync(path)).toString().split("\n");
    const shelves = lines.filter((line) => line.startsWith('["new ')).length;
    expect(lines.filter((line) => line.includes('"with it"'))).toHaveLength(shelves);
    const again = await backUpTo(database, path, NOW_MS);
    expect(again).toMatchObject({ ok: false, kind: "exists" });
  });

  it("that is cut short or changed is refused and the store stays as it was", async () => {
    const source = await makeSource(harness);
    await backUpTo(source.database, source.path, NOW_MS);
    const place = await harness.place();
    const target = await harness.open<SampleSchema>(place);
    await fillSample(target);
    const before = await contentOf(target);
    await target.close();

    const whole = readFileSync(source.path);
    const text = gunzipSync(whole).toString();
    const lines = text.split("\n");
    const damaged: readonly (readonly [string, Buffer])[] = [
      ["half of the file", whole.subarray(0, whole.length / 2)],
      ["one byte less", whole.subarray(0, -1)],
      ["no end line", gzipSync(`${lines.slice(0, -2).join("\n")}\n`)],
      ["no line break at the end", gzipSync(text.slice(0, -1))],
      ["one row less", gzipSync(lines.toSpliced(10, 1).join("\n"))],
      ["one row twice", gzipSync(lines.toSpliced(10, 0, lines[10] ?? "").join("\n"))],
      ["another value", gzipSync(text.replace("book 77", "book 78"))],
      ["more after the end", gzipSync(`${text}[1]\n`)],
      ["something else", Buffer.from("hello")],
      ["nothing", Buffer.alloc(0)],
      ["another program's", gzipSync('{"format":"x"}\n{"sha256":""}\n')],
    ];
    const bad = join(place.dataDirectory, "bad.backup");
    for (const [what, content] of damaged) {
      writeFileSync(bad, content);
      const outcome = await restore(place, bad);
      expect({ what, ...outcome }).toMatchObject({ what, ok: false, kind: "damaged" });
    }
    truncateSync(bad, 0);
    const after = await harness.open<SampleSchema>(place);
    expect(await contentOf(after)).toEqual(before);
  });

  it("replaces rows that a schema step stores by itself", async () => {
    type Counter = { counter: { id: number; version: number } };
    const migrations = [
      {
        number: 1,
        name: "counter",
        sql: `create table counter (
            id integer not null primary key,
            version integer not null
          ) strict;
          insert into counter (id, version) values (1, 0);`,
      },
    ];
    const place = await harness.place();
    const database = await harness.open<Counter>(place);
    await migrate(database, migrations, { nowMs: NOW_MS });
    await database.transaction((trx) => trx.updateTable("counter").set({ version: 7 }).execute());
    const path = join(place.dataDirectory, "store.backup");
    await backUpTo(database, path, NOW_MS);
    await database.close();
    const { dataDirectory, databaseUrl, fileName } = place;
    const outcome = await restoreFrom<Counter>({
      path,
      dataDirectory,
      databaseUrl,
      fileName,
      nowMs: NOW_MS,
      migrations,
    });
    expect(outcome).toMatchObject({ ok: true, rowCount: 1 });
    const restored = await harness.open<Counter>(place);
    const rows = await restored.kysely.selectFrom("counter").selectAll().execute();
    expect(rows).toEqual([{ id: 1, version: 7 }]);
  });

  it("is refused while a server uses the store", async () => {
    const { database, path } = await makeSource(harness);
    await backUpTo(database, path, NOW_MS);
    const place = await harness.place();
    const running = await harness.open<SampleSchema>(place);
    expect(await restore(place, path)).toMatchObject({ ok: false, kind: "in-use" });
    await running.close();
    expect(await restore(place, path)).toMatchObject({ ok: true });
  });

  it("of an older schema is brought forward; of a newer one refused", async () => {
    const { database, path } = await makeSource(harness);
    await backUpTo(database, path, NOW_MS);
    const third = { number: 3, name: "third", sql: "alter table shelf add column floor integer;" };
    const place = await harness.place();
    const migrations = [...SAMPLE_MIGRATIONS, third];
    expect(await restore(place, path, { migrations })).toMatchObject({ ok: true });
    const restored = await harness.open<SampleSchema>(place);
    const shelf = await restored.kysely.selectFrom("shelf").selectAll().executeTakeFirst();
    expect(shelf).toHaveProperty("floor", null);
    const older = await restore(await harness.place(), path, {
      migrations: SAMPLE_MIGRATIONS.slice(0, 1),
    });
    expect(older).toMatchObject({ ok: false, kind: "newer" });
  });

  it("changes nothing when what follows the load fails", async () => {
    const { database, path } = await makeSource(harness);
    await backUpTo(database, path, NOW_MS);
    const place = await harness.place();
    const target = await harness.open<SampleSchema>(place);
    await fillSample(target);
    const before = await contentOf(target);
    await target.close();
    const afterLoad = (): Promise<void> => Promise.reject(new Error("no"));
    await expect(restore(place, path, { afterLoad })).rejects.toThrow("no");
    const after = await harness.open<SampleSchema>(place);
    expect(await contentOf(after)).toEqual(before);
  });
});

describe("a restore into PostgreSQL", () => {
  const harness = useEngine("postgres");
  it("never drops tables that are not ours", async () => {
    const { database, path } = await makeSource(harness);
    await backUpTo(database, path, NOW_MS);
    const place = await harness.place();
    const other = await harness.open(place);
    const sql = "create table payroll (id integer primary key) strict;";
    await migrate(other, [{ number: 1, name: "others", sql }], { nowMs: 1 });
    await other.close();
    const outcome = await restore(place, path);
    expect(outcome).toMatchObject({ ok: false, kind: "refused" });
    expect(outcome.ok ? "" : outcome.message).toContain("payroll");
  });
});

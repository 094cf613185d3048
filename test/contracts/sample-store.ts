// A small schema for the store's own suites; nothing of the subject.
import type { Generated } from "kysely";
import type { Database } from "../../src/platform/database/database.ts";
import type { InsertColumn } from "../../src/platform/database/insert-many.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { Migration } from "../../src/platform/database/migrate.ts";

export type SampleSchema = {
  shelf: { code: string; name: string; opened_at: number; parent: string | null };
  book: {
    id: Generated<number>;
    shelf_code: string;
    title: string;
    pages: number | null;
    weight: number | null;
    cover: Uint8Array | null;
    is_lent: Generated<number>;
  };
};

export const SAMPLE_MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: "shelves",
    sql: `
      create table shelf (
        code text not null primary key, -- short; "unique"
        name text not null,
        opened_at integer not null,
        parent text references shelf (code) on delete set null
      ) strict, without rowid;`,
  },
  {
    number: 2,
    name: "books",
    sql: `
      create table book (
        id integer primary key,
        shelf_code text not null references shelf (code) on delete cascade,
        title text not null,
        pages integer,
        weight real,
        cover blob,
        is_lent integer not null default 0 check (is_lent in (0, 1)),
        unique (shelf_code, title)
      ) strict;
      create index book_pages on book (pages) where pages is not null;
      create index book_title on book (lower(title), id);`,
  },
];

export const BOOK_COLUMNS: readonly InsertColumn[] = [
  { name: "shelf_code", type: "text" },
  { name: "title", type: "text" },
  { name: "pages", type: "integer" },
];

/** Migrates and stands one shelf there. */
export async function fillSample(database: Database<SampleSchema>): Promise<void> {
  await migrate(database, SAMPLE_MIGRATIONS, { nowMs: 1_700_000_000_000 });
  await database.transaction(async (trx) => {
    const shelf = { code: "a", name: "A", opened_at: 1_700_000_000_000, parent: null };
    await trx.insertInto("shelf").values(shelf).execute();
  });
}

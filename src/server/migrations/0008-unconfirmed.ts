// Changes that go back by themselves unless they are confirmed.
import type { Migration } from "../../platform/database/migrate.ts";

export const unconfirmed: Migration = {
  number: 8,
  name: "unconfirmed",
  sql: `
-- A change in force until reverts_at; no row: it was confirmed, or has gone back. What it goes back
-- to is what its revisions say was before. INVARIANT: written in the change's own transaction.
create table journal_unconfirmed (
  change_id text primary key,
  made_at integer not null,
  reverts_at integer not null,
  actor text not null,
  address text
) strict;
create index journal_revision_change on journal_revision (change_id);
`,
};

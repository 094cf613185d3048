// The chain of what administrators did, the nodes, and versions of entries.
import type { Migration } from "../../platform/database/migrate.ts";

export const audit: Migration = {
  number: 6,
  name: "audit",
  sql: `
-- Each row's hash is made of its own words and the hash before: a change shows. Nothing deletes.
create table journal_audit (
  number integer primary key check (number > 0),
  event_id text not null,
  at integer not null,
  kind text not null,
  owner text not null,
  account text,
  user_id text,
  actor text,
  address text,
  reason text,
  detail_json text not null,
  previous_hash text not null,
  hash text not null
) strict;
create index journal_audit_at on journal_audit (at);

-- One row, updated with each audit row: its lock puts them in one order.
create table journal_audit_head (
  id integer primary key,
  number integer not null,
  hash text not null
) strict;
insert into journal_audit_head (id, number, hash) values (1, 0, '');

-- The processes that share the store (PostgreSQL), each told of by itself every few seconds.
create table journal_node (
  id text primary key,
  name text not null,
  version text not null,
  started_at integer not null,
  seen_at integer not null
) strict;

-- Admins look at what concerns their accounts, the console at one kind.
create index journal_event_account on journal_event (account, last_at);
create index journal_event_owner on journal_event (owner, last_at);
create index journal_event_kind on journal_event (kind, last_at);

-- Of two people who change one entry the second is told.
alter table network_entry add column version integer not null default 1;

-- Parts of notes are looked for in an index alone: half the time of reading the rows.
create index network_entry_note on network_entry (owner, id, action, note);
`,
};

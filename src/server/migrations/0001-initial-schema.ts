// The first schema: accounts, API tokens, the journal, and the network rules with their changes.
import type { Migration } from "../../platform/database/migrate.ts";

export const initialSchema: Migration = {
  number: 1,
  name: "initial-schema",
  sql: `
create table accounts_account (
  id text primary key,
  code text not null unique,
  name text not null,
  created_at integer not null
) strict;

create table accounts_api_token (
  id text primary key,
  name text not null,
  token_hash text not null unique,
  scopes text not null,
  account_id text,
  created_at integer not null,
  created_by text not null,
  expires_at integer,
  revoked_at integer,
  last_used_at integer
) strict;

-- Everything that happened: decisions refused or monitored, bans, releases, alarms, revisions.
create table journal_event (
  id text primary key,
  kind text not null,
  first_at integer not null,
  last_at integer not null,
  count integer not null,
  owner text not null,
  family integer,
  address_start text,
  address text,
  surface text,
  account text,
  country text,
  verdict text,
  status integer,
  reason text,
  actor text,
  steps_json text,
  detail_json text not null
) strict;
create index journal_event_last on journal_event (last_at, id);
create index journal_event_address on journal_event (family, address_start, last_at);

-- Allowed and refused traffic per minute (minutes since 1970), and per visitor for the preview.
create table journal_traffic (
  minute integer not null,
  surface text not null,
  account text not null,
  country text not null,
  verdict text not null,
  reason text not null,
  requests integer not null,
  primary key (minute, surface, account, country, verdict, reason)
) strict;

create table journal_visit (
  minute integer not null,
  family integer not null,
  address_start text not null,
  surface text not null,
  account text not null,
  country text not null,
  requests integer not null,
  refused integer not null,
  primary key (minute, family, address_start, surface, account)
) strict;

create table network_policy (
  owner text not null,
  section text not null,
  value_json text not null,
  version integer not null,
  changed_at integer not null,
  changed_by text not null,
  primary key (owner, section)
) strict;

create table network_entry (
  id integer primary key autoincrement,
  owner text not null,
  action text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  note text not null,
  author text not null,
  created_at integer not null,
  expires_at integer,
  unique (owner, family, range_start, range_end)
) strict;

-- Lines of an import until all of them are known to be good.
create table network_entry_import (
  import_id text not null,
  line integer not null,
  action text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  note text not null,
  expires_at integer,
  primary key (import_id, line)
) strict;

-- Automatic deny entries. A ban ends by comparison with ends_at, or by its release.
create table network_ban (
  id integer primary key autoincrement,
  owner text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  holds text not null,
  cause text not null,
  decision_id text,
  note text not null,
  created_at integer not null,
  ends_at integer not null,
  released_at integer,
  released_by text
) strict;
create index network_ban_ends on network_ban (ends_at, id);
create index network_ban_address on network_ban (family, range_start);

-- One row, updated in every change's transaction: its lock puts the changes in one order.
create table network_version (
  id integer primary key,
  version integer not null
) strict;

-- What changed, for the memory of every node to follow.
create table network_change (
  version integer primary key,
  kind text not null,
  payload_json text not null,
  changed_at integer not null
) strict;

-- The row whose lock orders all changes.
insert into network_version (id, version) values (1, 0);
`,
};

-- The whole schema as it stands after all migrations: the readable truth. A test builds one store
-- from this file and one from the migrations, on both engines, and compares them.
-- Conventions: tables singular and prefixed by their domain; `…_at` is integer ms since 1970 UTC;
-- `owner` is 'platform' or an account id; ranges are fixed-width lower-case hex (8 digits IPv4,
-- 32 IPv6), so text order is numeric order; flags are 0 or 1; `…_json` is JSON text.

create table accounts_account (
  id text primary key,
  code text not null unique,
  name text not null,
  created_at bigint not null
);

create table accounts_api_token (
  id text primary key,
  name text not null,
  token_hash text not null unique,
  scopes text not null,
  account_id text,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint
);

-- Everything that happened: decisions refused or monitored, bans, releases, alarms, revisions.
create table journal_event (
  id text primary key,
  kind text not null,
  first_at bigint not null,
  last_at bigint not null,
  count bigint not null,
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
);
create index journal_event_last on journal_event (last_at, id);
create index journal_event_address on journal_event (family, address_start, last_at);

-- Allowed and refused traffic per minute (minutes since 1970), and per visitor for the preview.
create table journal_traffic (
  minute bigint not null,
  surface text not null,
  account text not null,
  country text not null,
  verdict text not null,
  reason text not null,
  requests bigint not null,
  primary key (minute, surface, account, country, verdict, reason)
);

create table journal_visit (
  minute bigint not null,
  family integer not null,
  address_start text not null,
  surface text not null,
  account text not null,
  country text not null,
  requests bigint not null,
  refused bigint not null,
  primary key (minute, family, address_start, surface, account)
);

create table network_policy (
  owner text not null,
  section text not null,
  value_json text not null,
  version bigint not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (owner, section)
);

create table network_entry (
  id ${AUTO_ID},
  owner text not null,
  action text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  note text not null,
  author text not null,
  created_at bigint not null,
  expires_at bigint,
  unique (owner, family, range_start, range_end)
);

-- Lines of an import until all of them are known to be good.
create table network_entry_import (
  import_id text not null,
  line bigint not null,
  action text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  note text not null,
  expires_at bigint,
  primary key (import_id, line)
);

-- Automatic deny entries. A ban ends by comparison with ends_at, or by its release.
create table network_ban (
  id ${AUTO_ID},
  owner text not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  holds text not null,
  cause text not null,
  decision_id text,
  note text not null,
  created_at bigint not null,
  ends_at bigint not null,
  released_at bigint,
  released_by text
);
create index network_ban_ends on network_ban (ends_at, id);
create index network_ban_address on network_ban (family, range_start);

-- One row, updated in every change's transaction: its lock puts the changes in one order.
create table network_version (
  id integer primary key,
  version bigint not null
);

-- What changed, for the memory of every node to follow.
create table network_change (
  version bigint primary key,
  kind text not null,
  payload_json text not null,
  changed_at bigint not null
);

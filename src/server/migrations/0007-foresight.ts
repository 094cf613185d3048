// Revisions, subscribed lists, events sent to others, and visits that were imported.
import type { Migration } from "../../platform/database/migrate.ts";

export const foresight: Migration = {
  number: 7,
  name: "foresight",
  sql: `
-- What each change of a policy was: INVARIANT: written in the change's own transaction.
create table journal_revision (
  number integer primary key autoincrement,
  change_id text not null,
  at integer not null,
  subject text not null,
  owner text not null,
  account text,
  way text not null,
  actor text not null,
  address text,
  before_json text not null,
  after_json text not null,
  entries integer not null,
  restores integer,
  overrode text
) strict;
create index journal_revision_owner on journal_revision (owner, number);

-- The entries that a revision of an address list changed; no action: there was or is none.
create table journal_revision_entry (
  revision integer not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  before_action text,
  before_note text,
  before_expires_at integer,
  after_action text,
  after_note text,
  after_expires_at integer,
  primary key (revision, family, range_start, range_end)
) strict;

-- 1: told by another server's log, which never replaces what this one counted.
alter table journal_visit add column imported integer not null default 0;

-- Visits of an import until all of its lines are known to be good.
create table journal_visit_import (
  import_id text not null,
  minute integer not null,
  family integer not null,
  address_start text not null,
  surface text not null,
  account text not null,
  country text not null,
  requests integer not null,
  primary key (import_id, minute, family, address_start, surface, account)
) strict;

-- Deny lists that others keep. A copy that was read whole stays until the next one. The ranges of
-- a copy that is not taken yet stand under the subscription's id with a minus sign.
create table network_subscription (
  id integer primary key autoincrement,
  owner text not null,
  name text not null,
  source text not null,
  format text not null,
  mode text not null,
  interval_seconds integer not null,
  version integer not null,
  created_at integer not null,
  created_by text not null,
  tried_at integer,
  fault text,
  loaded_at integer,
  etag text,
  content_hash text,
  ranges integer not null,
  difference_json text
) strict;

create table network_subscription_range (
  subscription_id integer not null,
  family integer not null,
  range_start text not null,
  range_end text not null,
  primary key (family, range_start, range_end, subscription_id)
) strict;
create index network_subscription_range_copy on network_subscription_range (subscription_id);

-- Where events are sent to, and what still has to be sent.
create table journal_webhook (
  id text primary key,
  name text not null,
  url text not null,
  sealed_secret text not null,
  groups_json text not null,
  is_on integer not null,
  version integer not null,
  created_at integer not null,
  created_by text not null,
  delivered_at integer,
  failed_at integer,
  next_at integer not null,
  fault text,
  failures integer not null,
  lost integer not null
) strict;

create table journal_delivery (
  id text primary key,
  webhook_id text not null,
  body text not null,
  attempts integer not null,
  next_at integer not null,
  created_at integer not null
) strict;
create index journal_delivery_next on journal_delivery (next_at, id);
create index journal_delivery_webhook on journal_delivery (webhook_id, created_at);
`,
};

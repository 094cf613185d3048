// Recordings: what they are, who may hear those of an account, who did, and which blobs go.
import type { Migration } from "../../platform/database/migrate.ts";

export const recordings: Migration = {
  number: 5,
  name: "recordings",
  sql: `
-- Whether an address of the IP whitelist alone opens the number's recordings, where that is asked.
alter table accounts_tracking_number add column is_shareable integer not null default 0;

-- Who may hear an account's recordings. No row: the defaults.
create table recordings_policy (
  account_id text primary key,
  value_json text not null,
  version integer not null,
  changed_at integer not null,
  changed_by text not null
) strict;

-- The link is what is sent to people. INVARIANT: the blob is whole before the row is there.
create table recordings_recording (
  id text primary key,
  link text not null unique,
  account_id text not null,
  tracking_number_id text not null,
  name text not null,
  caller text not null,
  search_text text not null,
  recorded_at integer not null,
  duration_ms integer not null,
  format text not null,
  codec text not null,
  size_bytes integer not null,
  sha256 text not null,
  blob_key text not null unique,
  is_missed_call integer not null,
  idempotency_key text,
  created_at integer not null,
  created_by text not null,
  unique (account_id, idempotency_key)
) strict;
create index recordings_recording_account on recordings_recording (account_id, recorded_at, id);
create index recordings_recording_number
  on recordings_recording (tracking_number_id, recorded_at, id);
create index recordings_recording_time on recordings_recording (recorded_at, id);

-- Who listened, once for each play: requests that continue it are counted in it.
create table recordings_play (
  id text primary key,
  recording_id text not null,
  account_id text not null,
  user_id text,
  email text,
  address text not null,
  country text not null,
  user_agent text not null,
  reason text not null,
  started_at integer not null,
  last_at integer not null,
  requests integer not null,
  bytes_sent integer not null,
  is_cut integer not null
) strict;
create index recordings_play_recording on recordings_play (recording_id, started_at, id);
create index recordings_play_time on recordings_play (started_at);

-- Who asked for recordings, and with what end: a row for a day, for previews. '' is nobody.
create table recordings_visitor (
  day integer not null,
  account_id text not null,
  tracking_number_id text not null,
  user_id text not null,
  address text not null,
  reason text not null,
  requests integer not null,
  last_at integer not null,
  primary key (day, account_id, tracking_number_id, user_id, address, reason)
) strict;
create index recordings_visitor_account on recordings_visitor (account_id, last_at);

-- Blobs that go: as their recording has gone, or unless it comes.
create table recordings_blob_removal (
  blob_key text primary key,
  asked_at integer not null,
  is_decided integer not null,
  claimed_at integer
) strict;
`,
};

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
  detail_json text not null,
  -- Whose event it was, so that users find their own and admins those of one user.
  user_id text
);
create index journal_event_user on journal_event (user_id, last_at);
create index journal_event_last on journal_event (last_at, id);
create index journal_event_address on journal_event (family, address_start, last_at);
-- Admins look at what concerns their accounts, the console at one kind.
create index journal_event_account on journal_event (account, last_at);
create index journal_event_owner on journal_event (owner, last_at);
create index journal_event_kind on journal_event (kind, last_at);

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
  imported bigint not null default 0,
  primary key (minute, family, address_start, surface, account)
);

-- Visits of an import until all of its lines are known to be good.
create table journal_visit_import (
  import_id text not null,
  minute bigint not null,
  family bigint not null,
  address_start text not null,
  surface text not null,
  account text not null,
  country text not null,
  requests bigint not null,
  primary key (import_id, minute, family, address_start, surface, account)
);

-- What administrators did. Each row's hash is made of its own words and the hash before: a change
-- shows. Nothing deletes.
create table journal_audit (
  number bigint primary key check (number > 0),
  event_id text not null,
  at bigint not null,
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
);
create index journal_audit_at on journal_audit (at);

-- One row, updated with each audit row: its lock puts them in one order.
create table journal_audit_head (
  id integer primary key,
  number bigint not null,
  hash text not null
);

-- The processes that share the store, each told of by itself every few seconds.
create table journal_node (
  id text primary key,
  name text not null,
  version text not null,
  started_at bigint not null,
  seen_at bigint not null
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
  version bigint not null default 1,
  unique (owner, family, range_start, range_end)
);
-- Parts of notes are looked for in an index alone: half the time of reading the rows.
create index network_entry_note on network_entry (owner, id, action, note);

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

create table accounts_user (
  id text primary key,
  email text not null,
  email_key text not null unique,
  name text not null,
  search_text text not null default '',
  is_operator bigint not null,
  is_disabled bigint not null,
  primary_account_id text,
  created_at bigint not null,
  created_by text not null
);

create table accounts_membership (
  user_id text not null,
  account_id text not null,
  role text not null,
  created_at bigint not null,
  primary key (user_id, account_id)
);
create index accounts_membership_account on accounts_membership (account_id);

create table accounts_tracking_number (
  id text primary key,
  account_id text not null,
  number text not null unique,
  label text not null,
  search_text text not null default '',
  created_at bigint not null,
  created_by text not null,
  -- Whether an address of the IP whitelist alone opens its recordings, where that is asked.
  is_shareable bigint not null default 0
);
create index accounts_tracking_number_account on accounts_tracking_number (account_id);

create table accounts_grant (
  user_id text not null,
  tracking_number_id text not null,
  created_at bigint not null,
  created_by text not null,
  primary key (user_id, tracking_number_id)
);
create index accounts_grant_number on accounts_grant (tracking_number_id);


create table identity_policy (
  owner text not null,
  section text not null,
  value_json text not null,
  version bigint not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (owner, section)
);

-- INVARIANT: there is a row for every user that has or had a password; it is what locks.
create table identity_sign_in (
  user_id text primary key,
  wrong_passwords bigint not null,
  locked_at bigint,
  lock_cause text,
  last_signed_in_at bigint,
  active_since_at bigint not null,
  wrong_codes bigint not null default 0,
  codes_paused_until_at bigint,
  codes_locked_until_at bigint
);

create table identity_password (
  user_id text primary key,
  hash text not null,
  changed_at bigint not null,
  must_change bigint not null
);

-- Kept from day one, so that switching the rule on works at once.
create table identity_password_past (
  user_id text not null,
  replaced_at bigint not null,
  id text not null,
  hash text not null,
  primary key (user_id, replaced_at, id)
);

create table identity_session (
  id text primary key,
  token_hash text not null unique,
  previous_token_hash text,
  previous_until_at bigint,
  user_id text not null,
  stage text not null,
  method text not null,
  browser_id text,
  family bigint not null,
  address_start text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at bigint not null,
  last_activity_at bigint not null,
  proved_at bigint,
  -- By which it was opened, and the bind that it completes once it is whole.
  connection_id text,
  bind_id text
);
create index identity_session_connection on identity_session (connection_id);
create index identity_session_user on identity_session (user_id);
create index identity_session_previous on identity_session (previous_token_hash);
create index identity_session_address on identity_session (family, address_start);

-- Browsers in which the user has signed in before.
create table identity_browser (
  id text primary key,
  token_hash text not null unique,
  user_id text not null,
  wrong_passwords bigint not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at bigint not null,
  last_seen_at bigint not null
);
create index identity_browser_user on identity_browser (user_id);

-- One live link for each user: a newer one takes the place of the older.
create table identity_reset (
  user_id text primary key,
  token_hash text not null unique,
  purpose text not null,
  created_at bigint not null,
  expires_at bigint not null
);

-- What was asked for, until somebody has looked whether there is such a user.
create table identity_reset_request (
  id text primary key,
  email_key text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  requested_at bigint not null
);
create index identity_reset_request_time on identity_reset_request (requested_at);

-- When the last five requests of a client or for an e-mail address were; the first of them decides.
create table identity_reset_throttle (
  key text primary key,
  first_at bigint not null,
  second_at bigint not null,
  third_at bigint not null,
  fourth_at bigint not null,
  fifth_at bigint not null
);
create index identity_reset_throttle_time on identity_reset_throttle (fifth_at);

-- Mails until they are sent; links get their token only when they are.
create table identity_mail (
  id text primary key,
  kind text not null,
  user_id text,
  to_address text not null,
  data_json text not null,
  created_at bigint not null,
  next_attempt_at bigint not null,
  attempts bigint not null,
  claimed_until_at bigint,
  sent_at bigint,
  failed_at bigint,
  last_error text
);
create index identity_mail_next on identity_mail (sent_at, failed_at, next_attempt_at);
create index identity_mail_user on identity_mail (user_id);

-- One row. INVARIANT: completed_at is set once and never cleared.
create table identity_setup (
  id integer primary key,
  token_hash text,
  created_at bigint,
  completed_at bigint
);

-- One row: the last time at which the clock was seen, to notice that it jumped.
create table identity_clock (
  id integer primary key,
  seen_at bigint not null,
  distrusted_until_at bigint
);

-- One row, updated in every change's transaction, and whose cached sessions each change voids.
create table identity_version (
  id integer primary key,
  version bigint not null
);

create table identity_change (
  version bigint primary key,
  user_id text,
  changed_at bigint not null
);

-- The key that secrets are sealed with, known by its fingerprint; never the key itself.
create table identity_key (
  id text primary key,
  created_at bigint not null
);

-- What is on: "app" with its sealed secret and the last time step that was used, or "email".
create table identity_factor (
  user_id text not null,
  method text not null,
  sealed_secret text,
  last_step bigint not null,
  set_up_at bigint not null,
  primary key (user_id, method)
);

-- Being set up or reset: what is on stays on until a code has proved the new one.
create table identity_factor_setup (
  user_id text primary key,
  session_id text not null,
  sealed_secret text not null,
  wrong_codes bigint not null,
  created_at bigint not null
);

-- One live code for each user and purpose, good in one session. Without a mac while the mail waits.
create table identity_email_code (
  user_id text not null,
  purpose text not null,
  session_id text not null,
  mac text,
  wrong_codes bigint not null,
  requested_at bigint not null,
  sent_at bigint,
  primary key (user_id, purpose)
);

-- When codes were asked for, by whom and from where, to slow down who asks too often.
create table identity_email_code_request (
  id text primary key,
  user_id text not null,
  network text not null,
  requested_at bigint not null
);
create index identity_email_code_request_user on identity_email_code_request (user_id, requested_at);
create index identity_email_code_request_network on identity_email_code_request (network, requested_at);
create index identity_email_code_request_time on identity_email_code_request (requested_at);

-- One salt for a user's ten codes, so that one slow hash is compared with all of them.
create table identity_backup_set (
  user_id text primary key,
  salt text not null,
  created_at bigint not null
);

create table identity_backup_code (
  user_id text not null,
  hash text not null,
  used_at bigint,
  primary key (user_id, hash)
);

-- Browsers that are not asked for a second factor until a fixed end.
create table identity_trusted_browser (
  id text primary key,
  token_hash text not null unique,
  user_id text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at bigint not null,
  last_used_at bigint not null,
  expires_at bigint not null
);
create index identity_trusted_browser_user on identity_trusted_browser (user_id);

create table identity_passkey (
  id text primary key,
  user_id text not null,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  transports_json text not null,
  name text not null,
  is_synced bigint not null,
  created_at bigint not null,
  last_used_at bigint
);
create index identity_passkey_user on identity_passkey (user_id);

-- Challenges that were answered: each is good once.
create table identity_used_challenge (
  hash text primary key,
  expires_at bigint not null
);
create index identity_used_challenge_time on identity_used_challenge (expires_at);

-- OpenID providers. The id stands in the redirect URI: "google", or "acme.google" of an account.
create table identity_provider (
  id text primary key,
  owner text not null,
  kind text not null,
  name text not null,
  issuer text not null,
  tenant text,
  tenants_json text not null,
  client_id text not null,
  sealed_secret text,
  factor_acrs_json text not null,
  private_hosts_json text not null,
  signs_out bigint not null,
  is_enabled bigint not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  changed_by text not null
);
create index identity_provider_owner on identity_provider (owner);

-- Whom a provider signs in. INVARIANT: by issuer and subject, never by e-mail address.
create table identity_connection (
  id text primary key,
  provider_id text not null,
  issuer text not null,
  subject text not null,
  tenant text not null,
  user_id text not null,
  account_shown text not null,
  connected_at bigint not null,
  last_used_at bigint,
  unique (provider_id, issuer, subject, tenant),
  unique (user_id, provider_id)
);

-- Somebody whom a provider knows and nobody here: until they prove who they are, or ten minutes.
create table identity_bind (
  id text primary key,
  token_hash text not null unique,
  provider_id text not null,
  issuer text not null,
  subject text not null,
  tenant text not null,
  account_shown text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index identity_bind_expires on identity_bind (expires_at);

-- Who may hear an account's recordings. No row: the defaults.
create table recordings_policy (
  account_id text primary key,
  value_json text not null,
  version bigint not null,
  changed_at bigint not null,
  changed_by text not null
);

-- The link is what is sent to people. INVARIANT: the blob is whole before the row is there.
create table recordings_recording (
  id text primary key,
  link text not null unique,
  account_id text not null,
  tracking_number_id text not null,
  name text not null,
  caller text not null,
  search_text text not null,
  recorded_at bigint not null,
  duration_ms bigint not null,
  format text not null,
  codec text not null,
  size_bytes bigint not null,
  sha256 text not null,
  blob_key text not null unique,
  is_missed_call bigint not null,
  idempotency_key text,
  created_at bigint not null,
  created_by text not null,
  unique (account_id, idempotency_key)
);
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
  started_at bigint not null,
  last_at bigint not null,
  requests bigint not null,
  bytes_sent bigint not null,
  is_cut bigint not null
);
create index recordings_play_recording on recordings_play (recording_id, started_at, id);
create index recordings_play_time on recordings_play (started_at);

-- Who asked for recordings, and with what end: a row for a day, for previews. '' is nobody.
create table recordings_visitor (
  day bigint not null,
  account_id text not null,
  tracking_number_id text not null,
  user_id text not null,
  address text not null,
  reason text not null,
  requests bigint not null,
  last_at bigint not null,
  primary key (day, account_id, tracking_number_id, user_id, address, reason)
);
create index recordings_visitor_account on recordings_visitor (account_id, last_at);

-- Blobs that go: as their recording has gone, or unless it comes.
create table recordings_blob_removal (
  blob_key text primary key,
  asked_at bigint not null,
  is_decided bigint not null,
  claimed_at bigint
);

-- What each change of a policy was: INVARIANT: written in the change's own transaction.
create table journal_revision (
  number ${AUTO_ID},
  change_id text not null,
  at bigint not null,
  subject text not null,
  owner text not null,
  account text,
  way text not null,
  actor text not null,
  address text,
  before_json text not null,
  after_json text not null,
  entries bigint not null,
  restores bigint,
  overrode text
);
create index journal_revision_owner on journal_revision (owner, number);
create index journal_revision_change on journal_revision (change_id);

-- The entries that a revision of an address list changed; no action: there was or is none.
create table journal_revision_entry (
  revision bigint not null,
  family bigint not null,
  range_start text not null,
  range_end text not null,
  before_action text,
  before_note text,
  before_expires_at bigint,
  after_action text,
  after_note text,
  after_expires_at bigint,
  primary key (revision, family, range_start, range_end)
);

-- Deny lists that others keep. A copy that was read whole stays until the next one. The ranges of
-- a copy that is not taken yet stand under the subscription's id with a minus sign.
create table network_subscription (
  id ${AUTO_ID},
  owner text not null,
  name text not null,
  source text not null,
  format text not null,
  mode text not null,
  interval_seconds bigint not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  tried_at bigint,
  fault text,
  loaded_at bigint,
  etag text,
  content_hash text,
  ranges bigint not null,
  difference_json text
);

create table network_subscription_range (
  subscription_id bigint not null,
  family bigint not null,
  range_start text not null,
  range_end text not null,
  primary key (family, range_start, range_end, subscription_id)
);
create index network_subscription_range_copy on network_subscription_range (subscription_id);

-- Where events are sent to, and what still has to be sent.
create table journal_webhook (
  id text primary key,
  name text not null,
  url text not null,
  sealed_secret text not null,
  groups_json text not null,
  is_on bigint not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  delivered_at bigint,
  failed_at bigint,
  next_at bigint not null,
  fault text,
  failures bigint not null,
  lost bigint not null
);

create table journal_delivery (
  id text primary key,
  webhook_id text not null,
  body text not null,
  attempts bigint not null,
  next_at bigint not null,
  created_at bigint not null
);
create index journal_delivery_next on journal_delivery (next_at, id);
create index journal_delivery_webhook on journal_delivery (webhook_id, created_at);

-- A change in force until reverts_at; no row: it was confirmed, or has gone back. What it goes back
-- to is what its revisions say was before. INVARIANT: written in the change's own transaction.
create table journal_unconfirmed (
  change_id text primary key,
  made_at bigint not null,
  reverts_at bigint not null,
  actor text not null,
  address text
);

// Second factors: authenticator app, e-mail codes, backup codes, passkeys, trusted browsers.
import type { Migration } from "../../platform/database/migrate.ts";

export const secondFactor: Migration = {
  number: 3,
  name: "second-factor",
  sql: `
-- Of every code that a user sends, whatever the method; apart from wrong passwords.
alter table identity_sign_in add column wrong_codes integer not null default 0;
alter table identity_sign_in add column codes_paused_until_at integer;
alter table identity_sign_in add column codes_locked_until_at integer;

-- When the user last proved in this session who they are, for changes of the second factor.
alter table identity_session add column proved_at integer;

-- The key that secrets are sealed with, known by its fingerprint; never the key itself.
create table identity_key (
  id text primary key,
  created_at integer not null
) strict;

-- What is on: "app" with its sealed secret and the last time step that was used, or "email".
create table identity_factor (
  user_id text not null,
  method text not null,
  sealed_secret text,
  last_step integer not null,
  set_up_at integer not null,
  primary key (user_id, method)
) strict;

-- Being set up or reset: what is on stays on until a code has proved the new one.
create table identity_factor_setup (
  user_id text primary key,
  session_id text not null,
  sealed_secret text not null,
  wrong_codes integer not null,
  created_at integer not null
) strict;

-- One live code for each user and purpose, good in one session. Without a mac while the mail waits.
create table identity_email_code (
  user_id text not null,
  purpose text not null,
  session_id text not null,
  mac text,
  wrong_codes integer not null,
  requested_at integer not null,
  sent_at integer,
  primary key (user_id, purpose)
) strict;

-- When codes were asked for, by whom and from where, to slow down who asks too often.
create table identity_email_code_request (
  id text primary key,
  user_id text not null,
  network text not null,
  requested_at integer not null
) strict;
create index identity_email_code_request_user
  on identity_email_code_request (user_id, requested_at);
create index identity_email_code_request_network
  on identity_email_code_request (network, requested_at);
create index identity_email_code_request_time on identity_email_code_request (requested_at);

-- One salt for a user's ten codes, so that one slow hash is compared with all of them.
create table identity_backup_set (
  user_id text primary key,
  salt text not null,
  created_at integer not null
) strict;

create table identity_backup_code (
  user_id text not null,
  hash text not null,
  used_at integer,
  primary key (user_id, hash)
) strict;

-- Browsers that are not asked for a second factor until a fixed end.
create table identity_trusted_browser (
  id text primary key,
  token_hash text not null unique,
  user_id text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at integer not null,
  last_used_at integer not null,
  expires_at integer not null
) strict;
create index identity_trusted_browser_user on identity_trusted_browser (user_id);

create table identity_passkey (
  id text primary key,
  user_id text not null,
  credential_id text not null unique,
  public_key text not null,
  counter integer not null,
  transports_json text not null,
  name text not null,
  is_synced integer not null,
  created_at integer not null,
  last_used_at integer
) strict;
create index identity_passkey_user on identity_passkey (user_id);

-- Challenges that were answered: each is good once.
create table identity_used_challenge (
  hash text primary key,
  expires_at integer not null
) strict;
create index identity_used_challenge_time on identity_used_challenge (expires_at);
`,
};

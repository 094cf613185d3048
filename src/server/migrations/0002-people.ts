// Users, tracking numbers and grants, and everything a sign-in with a password needs.
import type { Migration } from "../../platform/database/migrate.ts";

export const people: Migration = {
  number: 2,
  name: "people",
  sql: `
create table accounts_user (
  id text primary key,
  email text not null,
  email_key text not null unique,
  name text not null,
  search_text text not null default '',
  is_operator integer not null,
  is_disabled integer not null,
  primary_account_id text,
  created_at integer not null,
  created_by text not null
) strict;

create table accounts_membership (
  user_id text not null,
  account_id text not null,
  role text not null,
  created_at integer not null,
  primary key (user_id, account_id)
) strict;
create index accounts_membership_account on accounts_membership (account_id);

create table accounts_tracking_number (
  id text primary key,
  account_id text not null,
  number text not null unique,
  label text not null,
  search_text text not null default '',
  created_at integer not null,
  created_by text not null
) strict;
create index accounts_tracking_number_account on accounts_tracking_number (account_id);

create table accounts_grant (
  user_id text not null,
  tracking_number_id text not null,
  created_at integer not null,
  created_by text not null,
  primary key (user_id, tracking_number_id)
) strict;
create index accounts_grant_number on accounts_grant (tracking_number_id);

-- Whose event it was, so that users find their own and admins those of one user.
alter table journal_event add column user_id text;
create index journal_event_user on journal_event (user_id, last_at);

create table identity_policy (
  owner text not null,
  section text not null,
  value_json text not null,
  version integer not null,
  changed_at integer not null,
  changed_by text not null,
  primary key (owner, section)
) strict;

-- INVARIANT: there is a row for every user that has or had a password; it is what locks.
create table identity_sign_in (
  user_id text primary key,
  wrong_passwords integer not null,
  locked_at integer,
  lock_cause text,
  last_signed_in_at integer,
  active_since_at integer not null
) strict;

create table identity_password (
  user_id text primary key,
  hash text not null,
  changed_at integer not null,
  must_change integer not null
) strict;

-- Kept from day one, so that switching the rule on works at once.
create table identity_password_past (
  user_id text not null,
  replaced_at integer not null,
  id text not null,
  hash text not null,
  primary key (user_id, replaced_at, id)
) strict;

create table identity_session (
  id text primary key,
  token_hash text not null unique,
  previous_token_hash text,
  previous_until_at integer,
  user_id text not null,
  stage text not null,
  method text not null,
  browser_id text,
  family integer not null,
  address_start text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at integer not null,
  last_activity_at integer not null
) strict;
create index identity_session_user on identity_session (user_id);
create index identity_session_previous on identity_session (previous_token_hash);
create index identity_session_address on identity_session (family, address_start);

-- Browsers in which the user has signed in before.
create table identity_browser (
  id text primary key,
  token_hash text not null unique,
  user_id text not null,
  wrong_passwords integer not null,
  address text not null,
  country text not null,
  user_agent text not null,
  created_at integer not null,
  last_seen_at integer not null
) strict;
create index identity_browser_user on identity_browser (user_id);

-- One live link for each user: a newer one takes the place of the older.
create table identity_reset (
  user_id text primary key,
  token_hash text not null unique,
  purpose text not null,
  created_at integer not null,
  expires_at integer not null
) strict;

-- What was asked for, until somebody has looked whether there is such a user.
create table identity_reset_request (
  id text primary key,
  email_key text not null,
  address text not null,
  country text not null,
  user_agent text not null,
  requested_at integer not null
) strict;
create index identity_reset_request_time on identity_reset_request (requested_at);

-- When the last five requests of a client or for an e-mail address were; the first of them decides.
create table identity_reset_throttle (
  key text primary key,
  first_at integer not null,
  second_at integer not null,
  third_at integer not null,
  fourth_at integer not null,
  fifth_at integer not null
) strict;
create index identity_reset_throttle_time on identity_reset_throttle (fifth_at);

-- Mails until they are sent; links get their token only when they are.
create table identity_mail (
  id text primary key,
  kind text not null,
  user_id text,
  to_address text not null,
  data_json text not null,
  created_at integer not null,
  next_attempt_at integer not null,
  attempts integer not null,
  claimed_until_at integer,
  sent_at integer,
  failed_at integer,
  last_error text
) strict;
create index identity_mail_next on identity_mail (sent_at, failed_at, next_attempt_at);
create index identity_mail_user on identity_mail (user_id);

-- One row. INVARIANT: completed_at is set once and never cleared.
create table identity_setup (
  id integer primary key,
  token_hash text,
  created_at integer,
  completed_at integer
) strict;

-- One row: the last time at which the clock was seen, to notice that it jumped.
create table identity_clock (
  id integer primary key,
  seen_at integer not null,
  distrusted_until_at integer
) strict;

-- One row, updated in every change's transaction, and whose cached sessions each change voids.
create table identity_version (
  id integer primary key,
  version integer not null
) strict;

create table identity_change (
  version integer primary key,
  user_id text,
  changed_at integer not null
) strict;

insert into identity_version (id, version) values (1, 0);
insert into identity_setup (id) values (1);
-- Attempts for addresses that nobody has are counted here, so that they take the same writes.
insert into identity_sign_in (user_id, wrong_passwords, active_since_at) values ('nobody', 0, 0);
`,
};

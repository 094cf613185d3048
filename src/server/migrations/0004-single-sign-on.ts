// Single sign-on: providers, who is connected with whom, binds under way, where sessions come from.
import type { Migration } from "../../platform/database/migrate.ts";

export const singleSignOn: Migration = {
  number: 4,
  name: "single-sign-on",
  sql: `
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
  signs_out integer not null,
  is_enabled integer not null,
  version integer not null,
  created_at integer not null,
  changed_at integer not null,
  changed_by text not null
) strict;
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
  connected_at integer not null,
  last_used_at integer,
  unique (provider_id, issuer, subject, tenant),
  unique (user_id, provider_id)
) strict;

-- Somebody whom a provider knows and nobody here: until they prove who they are, or ten minutes.
create table identity_bind (
  id text primary key,
  token_hash text not null unique,
  provider_id text not null,
  issuer text not null,
  subject text not null,
  tenant text not null,
  account_shown text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict;
create index identity_bind_expires on identity_bind (expires_at);

-- The connection by which a session was opened, and the bind that it completes once it is whole.
alter table identity_session add column connection_id text;
alter table identity_session add column bind_id text;
create index identity_session_connection on identity_session (connection_id);
`,
};

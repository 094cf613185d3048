// The rows of the accounts tables, as Kysely sees them.
import type { Generated } from "kysely";

export type AccountTable = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly created_at: number;
};

export type ApiTokenTable = {
  readonly id: string;
  readonly name: string;
  readonly token_hash: string;
  /** Scopes separated by one space. */
  readonly scopes: string;
  readonly account_id: string | null;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
};

export type UserTable = {
  readonly id: string;
  readonly email: string;
  readonly email_key: string;
  readonly name: string;
  /** Name and e-mail address as they are searched: case and forms of letters folded. */
  readonly search_text: Generated<string>;
  readonly is_operator: number;
  readonly is_disabled: number;
  readonly primary_account_id: string | null;
  readonly created_at: number;
  readonly created_by: string;
};

export type MembershipTable = {
  readonly user_id: string;
  readonly account_id: string;
  readonly role: string;
  readonly created_at: number;
};

export type TrackingNumberTable = {
  readonly id: string;
  readonly account_id: string;
  readonly number: string;
  readonly label: string;
  /** Number and label as they are searched. */
  readonly search_text: Generated<string>;
  readonly created_at: number;
  readonly created_by: string;
  /** 1: an address of the IP whitelist alone opens its recordings, where that is asked. */
  readonly is_shareable: Generated<number>;
};

export type GrantTable = {
  readonly user_id: string;
  readonly tracking_number_id: string;
  readonly created_at: number;
  readonly created_by: string;
};

export type AccountsTables = {
  readonly accounts_account: AccountTable;
  readonly accounts_api_token: ApiTokenTable;
  readonly accounts_user: UserTable;
  readonly accounts_membership: MembershipTable;
  readonly accounts_tracking_number: TrackingNumberTable;
  readonly accounts_grant: GrantTable;
};

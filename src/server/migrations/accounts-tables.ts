// The rows of the accounts tables, as Kysely sees them.

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

export type AccountsTables = {
  readonly accounts_account: AccountTable;
  readonly accounts_api_token: ApiTokenTable;
};

// The columns of single sign-on's tables, as TypeScript sees them.

export type ProviderTable = {
  readonly id: string;
  readonly owner: string;
  readonly kind: string;
  readonly name: string;
  readonly issuer: string;
  readonly tenant: string | null;
  readonly tenants_json: string;
  readonly client_id: string;
  readonly sealed_secret: string | null;
  readonly factor_acrs_json: string;
  readonly private_hosts_json: string;
  readonly signs_out: number;
  readonly is_enabled: number;
  readonly version: number;
  readonly created_at: number;
  readonly changed_at: number;
  readonly changed_by: string;
};

export type ConnectionTable = {
  readonly id: string;
  readonly provider_id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly tenant: string;
  readonly user_id: string;
  readonly account_shown: string;
  readonly connected_at: number;
  readonly last_used_at: number | null;
};

export type BindTable = {
  readonly id: string;
  readonly token_hash: string;
  readonly provider_id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly tenant: string;
  readonly account_shown: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
};

export type SingleSignOnTables = {
  readonly identity_provider: ProviderTable;
  readonly identity_connection: ConnectionTable;
  readonly identity_bind: BindTable;
};

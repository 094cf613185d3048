// The rows of the tables of second factors, as Kysely sees them.

export type KeyTable = {
  readonly id: string;
  readonly created_at: number;
};

export type FactorTable = {
  readonly user_id: string;
  readonly method: string;
  readonly sealed_secret: string | null;
  readonly last_step: number;
  readonly set_up_at: number;
};

export type FactorSetupTable = {
  readonly user_id: string;
  readonly session_id: string;
  readonly sealed_secret: string;
  readonly wrong_codes: number;
  readonly created_at: number;
};

export type EmailCodeTable = {
  readonly user_id: string;
  readonly purpose: string;
  readonly session_id: string;
  readonly mac: string | null;
  readonly wrong_codes: number;
  readonly requested_at: number;
  readonly sent_at: number | null;
};

export type EmailCodeRequestTable = {
  readonly id: string;
  readonly user_id: string;
  readonly network: string;
  readonly requested_at: number;
};

export type BackupSetTable = {
  readonly user_id: string;
  readonly salt: string;
  readonly created_at: number;
};

export type BackupCodeTable = {
  readonly user_id: string;
  readonly hash: string;
  readonly used_at: number | null;
};

export type TrustedBrowserTable = {
  readonly id: string;
  readonly token_hash: string;
  readonly user_id: string;
  readonly address: string;
  readonly country: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly last_used_at: number;
  readonly expires_at: number;
};

export type PasskeyTable = {
  readonly id: string;
  readonly user_id: string;
  readonly credential_id: string;
  readonly public_key: string;
  readonly counter: number;
  readonly transports_json: string;
  readonly name: string;
  readonly is_synced: number;
  readonly created_at: number;
  readonly last_used_at: number | null;
};

export type UsedChallengeTable = {
  readonly hash: string;
  readonly expires_at: number;
};

export type FactorTables = {
  readonly identity_key: KeyTable;
  readonly identity_factor: FactorTable;
  readonly identity_factor_setup: FactorSetupTable;
  readonly identity_email_code: EmailCodeTable;
  readonly identity_email_code_request: EmailCodeRequestTable;
  readonly identity_backup_set: BackupSetTable;
  readonly identity_backup_code: BackupCodeTable;
  readonly identity_trusted_browser: TrustedBrowserTable;
  readonly identity_passkey: PasskeyTable;
  readonly identity_used_challenge: UsedChallengeTable;
};

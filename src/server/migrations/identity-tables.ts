// The rows of the identity tables, as Kysely sees them.
import type { Generated } from "kysely";

export type IdentityPolicyTable = {
  readonly owner: string;
  readonly section: string;
  readonly value_json: string;
  readonly version: number;
  readonly changed_at: number;
  readonly changed_by: string;
};

export type SignInTable = {
  readonly user_id: string;
  readonly wrong_passwords: number;
  readonly locked_at: number | null;
  readonly lock_cause: string | null;
  readonly last_signed_in_at: number | null;
  readonly active_since_at: number;
  readonly wrong_codes: Generated<number>;
  readonly codes_paused_until_at: number | null;
  readonly codes_locked_until_at: number | null;
};

export type PasswordTable = {
  readonly user_id: string;
  readonly hash: string;
  readonly changed_at: number;
  readonly must_change: number;
};

export type PasswordPastTable = {
  readonly user_id: string;
  readonly replaced_at: number;
  readonly id: string;
  readonly hash: string;
};

export type SessionTable = {
  readonly id: string;
  readonly token_hash: string;
  readonly previous_token_hash: string | null;
  readonly previous_until_at: number | null;
  readonly user_id: string;
  readonly stage: string;
  readonly method: string;
  readonly browser_id: string | null;
  readonly family: number;
  readonly address_start: string;
  readonly address: string;
  readonly country: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly last_activity_at: number;
  readonly proved_at: number | null;
  readonly connection_id: string | null;
  readonly bind_id: string | null;
};

export type BrowserTable = {
  readonly id: string;
  readonly token_hash: string;
  readonly user_id: string;
  readonly wrong_passwords: number;
  readonly address: string;
  readonly country: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly last_seen_at: number;
};

export type ResetTable = {
  readonly user_id: string;
  readonly token_hash: string;
  readonly purpose: string;
  readonly created_at: number;
  readonly expires_at: number;
};

export type ResetRequestTable = {
  readonly id: string;
  readonly email_key: string;
  readonly address: string;
  readonly country: string;
  readonly user_agent: string;
  readonly requested_at: number;
};

export type ResetThrottleTable = {
  readonly key: string;
  readonly first_at: number;
  readonly second_at: number;
  readonly third_at: number;
  readonly fourth_at: number;
  readonly fifth_at: number;
};

export type MailTable = {
  readonly id: string;
  readonly kind: string;
  readonly user_id: string | null;
  readonly to_address: string;
  readonly data_json: string;
  readonly created_at: number;
  readonly next_attempt_at: number;
  readonly attempts: number;
  readonly claimed_until_at: number | null;
  readonly sent_at: number | null;
  readonly failed_at: number | null;
  readonly last_error: string | null;
};

export type SetupTable = {
  readonly id: number;
  readonly token_hash: string | null;
  readonly created_at: number | null;
  readonly completed_at: number | null;
};

export type ClockTable = {
  readonly id: number;
  readonly seen_at: number;
  readonly distrusted_until_at: number | null;
};

export type IdentityVersionTable = {
  readonly id: number;
  readonly version: number;
};

export type IdentityChangeTable = {
  readonly version: number;
  readonly user_id: string | null;
  readonly changed_at: number;
};

export type IdentityTables = {
  readonly identity_policy: IdentityPolicyTable;
  readonly identity_sign_in: SignInTable;
  readonly identity_password: PasswordTable;
  readonly identity_password_past: PasswordPastTable;
  readonly identity_session: SessionTable;
  readonly identity_browser: BrowserTable;
  readonly identity_reset: ResetTable;
  readonly identity_reset_request: ResetRequestTable;
  readonly identity_reset_throttle: ResetThrottleTable;
  readonly identity_mail: MailTable;
  readonly identity_setup: SetupTable;
  readonly identity_clock: ClockTable;
  readonly identity_version: IdentityVersionTable;
  readonly identity_change: IdentityChangeTable;
};

// The rows of the network tables, as Kysely sees them.
import type { Generated } from "kysely";

export type NetworkPolicyTable = {
  readonly owner: string;
  readonly section: string;
  readonly value_json: string;
  readonly version: number;
  readonly changed_at: number;
  readonly changed_by: string;
};

export type NetworkEntryTable = {
  readonly id: Generated<number>;
  readonly owner: string;
  readonly action: string;
  readonly family: number;
  readonly range_start: string;
  readonly range_end: string;
  readonly note: string;
  readonly author: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly version: Generated<number>;
};

export type NetworkEntryImportTable = {
  readonly import_id: string;
  readonly line: number;
  readonly action: string;
  readonly family: number;
  readonly range_start: string;
  readonly range_end: string;
  readonly note: string;
  readonly expires_at: number | null;
};

export type NetworkBanTable = {
  readonly id: Generated<number>;
  readonly owner: string;
  readonly family: number;
  readonly range_start: string;
  readonly range_end: string;
  readonly holds: string;
  readonly cause: string;
  readonly decision_id: string | null;
  readonly note: string;
  readonly created_at: number;
  readonly ends_at: number;
  readonly released_at: number | null;
  readonly released_by: string | null;
};

/** One row, with id 1. */
export type NetworkVersionTable = { readonly id: number; readonly version: number };

export type NetworkChangeTable = {
  readonly version: number;
  readonly kind: string;
  readonly payload_json: string;
  readonly changed_at: number;
};

/** `fault` is why the last attempt came to nothing; the copy read before then still holds. */
export type NetworkSubscriptionTable = {
  readonly id: Generated<number>;
  readonly owner: string;
  readonly name: string;
  readonly source: string;
  readonly format: string;
  readonly mode: string;
  readonly interval_seconds: number;
  readonly version: number;
  readonly created_at: number;
  readonly created_by: string;
  readonly tried_at: number | null;
  readonly fault: string | null;
  readonly loaded_at: number | null;
  readonly etag: string | null;
  readonly content_hash: string | null;
  readonly ranges: number;
  readonly difference_json: string | null;
};

export type NetworkSubscriptionRangeTable = {
  readonly subscription_id: number;
  readonly family: number;
  readonly range_start: string;
  readonly range_end: string;
};

export type NetworkTables = {
  readonly network_subscription: NetworkSubscriptionTable;
  readonly network_subscription_range: NetworkSubscriptionRangeTable;
  readonly network_policy: NetworkPolicyTable;
  readonly network_entry: NetworkEntryTable;
  readonly network_entry_import: NetworkEntryImportTable;
  readonly network_ban: NetworkBanTable;
  readonly network_version: NetworkVersionTable;
  readonly network_change: NetworkChangeTable;
};

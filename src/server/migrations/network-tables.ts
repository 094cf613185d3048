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

export type NetworkTables = {
  readonly network_policy: NetworkPolicyTable;
  readonly network_entry: NetworkEntryTable;
  readonly network_entry_import: NetworkEntryImportTable;
  readonly network_ban: NetworkBanTable;
  readonly network_version: NetworkVersionTable;
  readonly network_change: NetworkChangeTable;
};

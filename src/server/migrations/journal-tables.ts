// The rows of the journal tables, as Kysely sees them.
import type { Generated } from "kysely";

export type JournalEventTable = {
  readonly id: string;
  readonly kind: string;
  readonly first_at: number;
  readonly last_at: number;
  readonly count: number;
  readonly owner: string;
  readonly family: number | null;
  readonly address_start: string | null;
  readonly address: string | null;
  readonly surface: string | null;
  readonly account: string | null;
  readonly country: string | null;
  readonly verdict: string | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly steps_json: string | null;
  readonly detail_json: string;
  readonly user_id: string | null;
};

/** `minute` counts from 1970 UTC; account is '' where none is known. */
export type JournalTrafficTable = {
  readonly minute: number;
  readonly surface: string;
  readonly account: string;
  readonly country: string;
  readonly verdict: string;
  readonly reason: string;
  readonly requests: number;
};

/** A row of family 0 says how many requests of its minute are in no other row. */
export type JournalVisitTable = {
  readonly minute: number;
  readonly family: number;
  readonly address_start: string;
  readonly surface: string;
  readonly account: string;
  readonly country: string;
  readonly requests: number;
  readonly refused: number;
  /** 1: told by another server's log, which says nothing of what was refused here. */
  readonly imported: Generated<number>;
};

export type JournalVisitImportTable = {
  readonly import_id: string;
  readonly minute: number;
  readonly family: number;
  readonly address_start: string;
  readonly surface: string;
  readonly account: string;
  readonly country: string;
  readonly requests: number;
};

/** `previous_hash` of the first is ''. */
export type JournalAuditTable = {
  readonly number: number;
  readonly event_id: string;
  readonly at: number;
  readonly kind: string;
  readonly owner: string;
  readonly account: string | null;
  readonly user_id: string | null;
  readonly actor: string | null;
  readonly address: string | null;
  readonly reason: string | null;
  readonly detail_json: string;
  readonly previous_hash: string;
  readonly hash: string;
};

/** One row, with id 1. */
export type JournalAuditHeadTable = {
  readonly id: number;
  readonly number: number;
  readonly hash: string;
};

export type JournalNodeTable = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly started_at: number;
  readonly seen_at: number;
};

/** `subject` is a section of a policy, or `entries`; `restores` is the revision gone back to. */
export type JournalRevisionTable = {
  readonly number: Generated<number>;
  readonly change_id: string;
  readonly at: number;
  readonly subject: string;
  readonly owner: string;
  readonly account: string | null;
  readonly way: string;
  readonly actor: string;
  readonly address: string | null;
  readonly before_json: string;
  readonly after_json: string;
  readonly entries: number;
  readonly restores: number | null;
  readonly overrode: string | null;
};

export type JournalRevisionEntryTable = {
  readonly revision: number;
  readonly family: number;
  readonly range_start: string;
  readonly range_end: string;
  readonly before_action: string | null;
  readonly before_note: string | null;
  readonly before_expires_at: number | null;
  readonly after_action: string | null;
  readonly after_note: string | null;
  readonly after_expires_at: number | null;
};

/** A change in force until `reverts_at`; confirmed or gone back: no row. */
export type JournalUnconfirmedTable = {
  readonly change_id: string;
  readonly made_at: number;
  readonly reverts_at: number;
  readonly actor: string;
  readonly address: string | null;
};

export type JournalWebhookTable = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly sealed_secret: string;
  readonly groups_json: string;
  readonly is_on: number;
  readonly version: number;
  readonly created_at: number;
  readonly created_by: string;
  readonly delivered_at: number | null;
  /** When the failures since the last success began; `next_at`: until then nothing is tried. */
  readonly failed_at: number | null;
  readonly next_at: number;
  readonly fault: string | null;
  readonly failures: number;
  readonly lost: number;
};

export type JournalDeliveryTable = {
  readonly id: string;
  readonly webhook_id: string;
  readonly body: string;
  readonly attempts: number;
  readonly next_at: number;
  readonly created_at: number;
};

export type JournalTables = {
  readonly journal_revision: JournalRevisionTable;
  readonly journal_revision_entry: JournalRevisionEntryTable;
  readonly journal_unconfirmed: JournalUnconfirmedTable;
  readonly journal_webhook: JournalWebhookTable;
  readonly journal_delivery: JournalDeliveryTable;
  readonly journal_audit: JournalAuditTable;
  readonly journal_audit_head: JournalAuditHeadTable;
  readonly journal_node: JournalNodeTable;
  readonly journal_event: JournalEventTable;
  readonly journal_traffic: JournalTrafficTable;
  readonly journal_visit: JournalVisitTable;
  readonly journal_visit_import: JournalVisitImportTable;
};

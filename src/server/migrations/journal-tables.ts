// The rows of the journal tables, as Kysely sees them.

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
};

export type JournalTables = {
  readonly journal_event: JournalEventTable;
  readonly journal_traffic: JournalTrafficTable;
  readonly journal_visit: JournalVisitTable;
};

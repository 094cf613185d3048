// The rows of the recordings tables, as Kysely sees them.
export type RecordingPolicyTable = {
  readonly account_id: string;
  readonly value_json: string;
  readonly version: number;
  readonly changed_at: number;
  readonly changed_by: string;
};

export type RecordingTable = {
  readonly id: string;
  /** What stands in the address of its page: unguessable, and the same for good. */
  readonly link: string;
  readonly account_id: string;
  readonly tracking_number_id: string;
  /** What the system that made it calls it; one line of any text, or empty. */
  readonly name: string;
  /** E.164, or what the system that made it says in its place; empty: withheld. */
  readonly caller: string;
  /** Name and caller as they are searched. */
  readonly search_text: string;
  readonly recorded_at: number;
  readonly duration_ms: number;
  /** One of core's recording formats. */
  readonly format: string;
  readonly codec: string;
  readonly size_bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** No other recording's; the blob goes with the recording. */
  readonly blob_key: string;
  /** 1: everybody granted the number was mailed. */
  readonly is_missed_call: number;
  readonly idempotency_key: string | null;
  readonly created_at: number;
  readonly created_by: string;
};

export type RecordingPlayTable = {
  readonly id: string;
  readonly recording_id: string;
  readonly account_id: string;
  /** Null: nobody was signed in. */
  readonly user_id: string | null;
  /** The user's at that time. */
  readonly email: string | null;
  readonly address: string;
  readonly country: string;
  readonly user_agent: string;
  /** Why it was played: a reason of core's decision. */
  readonly reason: string;
  readonly started_at: number;
  readonly last_at: number;
  readonly requests: number;
  readonly bytes_sent: number;
  /** 1: a fault of the file ended it before its end. */
  readonly is_cut: number;
};

export type RecordingVisitorTable = {
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly account_id: string;
  readonly tracking_number_id: string;
  /** Empty: nobody was signed in. */
  readonly user_id: string;
  readonly address: string;
  readonly reason: string;
  readonly requests: number;
  readonly last_at: number;
};

export type BlobRemovalTable = {
  readonly blob_key: string;
  readonly asked_at: number;
  /** 0: it goes unless the recording comes that it was put for; 1: it goes. */
  readonly is_decided: number;
  /** When somebody began to remove it; null: nobody has. */
  readonly claimed_at: number | null;
};

export type RecordingsTables = {
  readonly recordings_policy: RecordingPolicyTable;
  readonly recordings_recording: RecordingTable;
  readonly recordings_play: RecordingPlayTable;
  readonly recordings_visitor: RecordingVisitorTable;
  readonly recordings_blob_removal: BlobRemovalTable;
};

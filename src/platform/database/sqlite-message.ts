// The messages between the main thread and an SQLite thread.

/** Stands in a bulk insert's text for the list of rows. No name or keyword looks like it. */
export const BULK_MARK = "(:rows)";

export type SqliteRequest =
  | { readonly kind: "query"; readonly sql: string; readonly parameters: readonly unknown[] }
  | {
      readonly kind: "insert-many";
      /** With `BULK_MARK` where the rows' values go. */
      readonly sql: string;
      readonly width: number;
      /** Row after row in one flat array: a third of the copying that nested arrays cost. */
      readonly cells: readonly unknown[];
    }
  | { readonly kind: "open-cursor"; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: "read-cursor"; readonly cursor: number; readonly rowsMax: number }
  | { readonly kind: "close-cursor"; readonly cursor: number }
  | { readonly kind: "close" };

/** Rows as arrays: names travel once, not with each row. */
export type SqliteRows = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly changes: number | null;
  readonly insertId: number | null;
};

export type SqliteFault = {
  readonly message: string;
  readonly code: string | null;
  /** SQLite's extended result code, e.g. 2067 = SQLITE_CONSTRAINT_UNIQUE. */
  readonly errcode: number | null;
};

export type SqliteReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: SqliteFault };

export type SqliteEnvelope = { readonly id: number; readonly request: SqliteRequest };

export type OpenProblem = {
  readonly kind: "locked" | "damaged" | "unusable" | "unreachable";
  /** One line for the operator. */
  readonly message: string;
};

export type SqliteThreadRole = "writer" | "reader";

export type SqliteThreadData = {
  readonly role: SqliteThreadRole;
  readonly dataDirectory: string;
  readonly fileName: string;
  /** A restore builds its file in a directory whose lock it already holds. */
  readonly takesLock: boolean;
};

/** The first message of a thread: it is open, or why not. */
export type SqliteOpening =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly problem: OpenProblem };

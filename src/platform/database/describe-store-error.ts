// Sorts the errors of both engines into a closed list that callers can decide on.

export type StoreError =
  | {
      readonly kind: "unique-violation";
      readonly table: string | null;
      /** Empty when the engine does not name them (an index over an expression). */
      readonly columns: readonly string[];
      /** The constraint's or index's name, where the engine gives it. */
      readonly constraint: string | null;
    }
  /** A foreign key, not-null or check constraint. */
  | { readonly kind: "constraint-violation" }
  /** Collided with another writer: the same work may succeed when done again. */
  | { readonly kind: "retryable" }
  | { readonly kind: "connection-lost" }
  | { readonly kind: "disk-full" }
  | { readonly kind: "read-only" }
  | { readonly kind: "damaged" }
  | { readonly kind: "other" };

type Fault = {
  readonly message?: string;
  readonly code?: string | null;
  readonly errcode?: number | null;
  readonly table?: string;
  readonly constraint?: string;
  readonly detail?: string;
  readonly severity?: string;
};

const OTHER: StoreError = { kind: "other" };

/** Never throws; what is not an error of a store is `other`. */
export function describeStoreError(error: unknown): StoreError {
  if (typeof error !== "object" || error === null) return OTHER;
  const fault = error as Fault;
  if (typeof fault.errcode === "number") return describeSqlite(fault, fault.errcode);
  if (fault.code === "ERR_STORE_LOST") return { kind: "connection-lost" };
  if (fault.code === "ERR_STORE_BUSY") return { kind: "retryable" };
  return typeof fault.code === "string"
    ? describePostgres(fault, fault.code)
    : describeWords(fault);
}

/** PostgreSQL has rolled the whole transaction back, so that others could go on. */
export function isDeadlock(error: unknown): boolean {
  return typeof error === "object" && error !== null && (error as Fault).code === "40P01";
}

/** Result codes: sqlite.org/rescode.html. The low byte is the primary code. */
function describeSqlite(fault: Fault, errcode: number): StoreError {
  // CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE, CONSTRAINT_ROWID
  if (errcode === 1555 || errcode === 2067 || errcode === 2579) return describeSqliteUnique(fault);
  switch (errcode & 0xff) {
    case 19:
      return { kind: "constraint-violation" };
    case 5: // BUSY
    case 6: // LOCKED
      return { kind: "retryable" };
    case 13: // FULL
      return { kind: "disk-full" };
    case 8: // READONLY
      return { kind: "read-only" };
    case 11: // CORRUPT
    case 26: // NOTADB
      return { kind: "damaged" };
    case 10: // IOERR
    case 14: // CANTOPEN
      return { kind: "connection-lost" };
    default:
      return OTHER;
  }
}

/** `UNIQUE constraint failed: t.a, t.b` or `UNIQUE constraint failed: index 'name'`. */
function describeSqliteUnique(fault: Fault): StoreError {
  const list = /constraint failed: (.*)$/.exec(fault.message ?? "")?.[1] ?? "";
  const index = /^index '(.*)'$/.exec(list)?.[1];
  if (index !== undefined) {
    return { kind: "unique-violation", table: null, columns: [], constraint: index };
  }
  const names = list.split(", ").map((name) => name.split("."));
  const columns = names.flatMap((name) => (name[1] === undefined ? [] : [name[1]]));
  return { kind: "unique-violation", table: names[0]?.[0] ?? null, columns, constraint: null };
}

/** SQLSTATE classes: PostgreSQL manual, appendix A. */
function describePostgres(fault: Fault, code: string): StoreError {
  if (code === "23505") {
    const key = /^Key \((.*?)\)=/.exec(fault.detail ?? "")?.[1];
    return {
      kind: "unique-violation",
      table: fault.table ?? null,
      columns: key === undefined || key.includes("(") ? [] : key.replaceAll('"', "").split(", "),
      constraint: fault.constraint ?? null,
    };
  }
  if (code.startsWith("23")) return { kind: "constraint-violation" };
  // serialization_failure, deadlock_detected, lock_not_available
  if (code === "40001" || code === "40P01" || code === "55P03") return { kind: "retryable" };
  if (code === "53100") return { kind: "disk-full" };
  if (code === "25006") return { kind: "read-only" };
  if (code === "XX001" || code === "XX002") return { kind: "damaged" };
  const isLost =
    /^(08|57P0)/.test(code) || code === "53300" || code === "25P03" || /^E[A-Z]{4,}$/.test(code);
  return isLost ? { kind: "connection-lost" } : OTHER;
}

/** Some of pg's own errors have no code. */
function describeWords(fault: Fault): StoreError {
  const isLost = /connection terminated|not queryable|timeout exceeded when trying to connect/i;
  return isLost.test(fault.message ?? "") ? { kind: "connection-lost" } : OTHER;
}

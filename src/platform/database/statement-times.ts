// How long the store takes for its statements: sums, for the metrics.
import type { LogEvent } from "kysely";

export type StatementUse = "read" | "write";

export type StatementTime = {
  readonly use: StatementUse;
  readonly statements: number;
  readonly failed: number;
  readonly totalMs: number;
};

export type StatementTimes = {
  /** What a Kysely instance is given as `log`. Statements wait for their turn in this time too. */
  readonly logOf: (use: StatementUse) => (event: LogEvent) => void;
  readonly read: () => readonly StatementTime[];
};

export function createStatementTimes(): StatementTimes {
  const sums = { read: createSum("read"), write: createSum("write") };

  function logOf(use: StatementUse): (event: LogEvent) => void {
    const sum = sums[use];
    return ({ level, queryDurationMillis }) => {
      sum.statements += 1;
      if (level === "error") sum.failed += 1;
      sum.totalMs += queryDurationMillis;
    };
  }

  function read(): readonly StatementTime[] {
    return [{ ...sums.read }, { ...sums.write }];
  }

  return { logOf, read };
}

function createSum(use: StatementUse) {
  return { use, statements: 0, failed: 0, totalMs: 0 };
}

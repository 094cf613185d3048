// Gathers when tokens were last used, and writes each of them at most once a minute.
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { writeLastUse } from "./token-store.ts";

const WRITE_EVERY_MS = 60_000;
/** More tokens in use than this: what exceeds it is noted once the others are written. */
const TOKENS_MAX = 10_000;

export type LastUses = {
  readonly note: (id: string, atMs: number) => void;
  /** `all`: also those written less than a minute ago, before the process ends. */
  readonly flush: (nowMs: number, all?: boolean) => Promise<void>;
};

export function createLastUses(database: Database<Schema>): LastUses {
  const unwritten = new Map<string, number>();
  const writtenAtMs = new Map<string, number>();

  function note(id: string, atMs: number): void {
    if (unwritten.size < TOKENS_MAX || unwritten.has(id)) unwritten.set(id, atMs);
  }

  async function flush(nowMs: number, all = false): Promise<void> {
    for (const [id, atMs] of writtenAtMs) {
      if (nowMs - atMs >= WRITE_EVERY_MS) writtenAtMs.delete(id);
    }
    const due = [...unwritten].filter(([id]) => all || !writtenAtMs.has(id));
    if (due.length === 0) return;
    await database.transaction(async (trx) => {
      for (const [id, atMs] of due) await writeLastUse(trx, id, atMs);
    });
    for (const [id, atMs] of due) {
      writtenAtMs.set(id, nowMs);
      if (unwritten.get(id) === atMs) unwritten.delete(id);
    }
  }

  return { note, flush };
}

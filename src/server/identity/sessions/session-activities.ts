// Gathers when sessions were last active, and writes it in batches.
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type SessionActivities = {
  readonly note: (sessionId: string, atMs: number) => void;
  /** What is not written yet; 0 for none. */
  readonly unwritten: (sessionId: string) => number;
  readonly flush: () => Promise<void>;
};

/** While the store is away for long, those that exceed it lose minutes, not their session. */
const SESSIONS_MAX = 50_000;

export function createSessionActivities(database: Database<Schema>): SessionActivities {
  const unwritten = new Map<string, number>();

  function note(sessionId: string, atMs: number): void {
    if (unwritten.size >= SESSIONS_MAX && !unwritten.has(sessionId)) return;
    unwritten.set(sessionId, Math.max(atMs, unwritten.get(sessionId) ?? 0));
  }

  async function flush(): Promise<void> {
    const due = [...unwritten];
    if (due.length === 0) return;
    await database.transaction(async (trx) => {
      // In one order on every node, so that two of them never wait for each other.
      for (const [id, atMs] of due.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        await trx
          .updateTable("identity_session")
          .set({ last_activity_at: atMs })
          .where("id", "=", id)
          .where("last_activity_at", "<", atMs)
          .execute();
      }
    });
    for (const [id, atMs] of due) if (unwritten.get(id) === atMs) unwritten.delete(id);
  }

  return { note, unwritten: (sessionId) => unwritten.get(sessionId) ?? 0, flush };
}

// Writes down that the store was replaced by a backup, in the store that the backup made.
import type { Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";
import { appendToChain, readChain, readHead } from "./audit-store.ts";
import { insertEvent } from "./event-store.ts";
import { completeEvent } from "./record-event.ts";

/**
 * In the transaction of the restore: what came after the backup is gone, and the audit says so.
 * `file`: the backup's name, without the way to it.
 */
export async function recordRestore(
  trx: Transaction<Schema>,
  { atMs, file }: { readonly atMs: number; readonly file: string },
): Promise<void> {
  const actor = "host shell";
  const event = completeEvent({ kind: "store-restored", atMs, actor, detail: { file } });
  await insertEvent(trx, event);
  // A chain that was tampered with takes no entry; the backup is restored all the same.
  const head = await readHead(trx);
  if (head === null || (await readChain(trx, head.number, 1)).length > 0) return;
  await appendToChain(trx, [event]);
}

// Writes rows into a portal's store as what is not run in these suites would leave them.

import type { Transaction } from "kysely";
import { openSqliteEngine } from "../../src/platform/database/open-sqlite-engine.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { STORE_FILE } from "../../src/server/open-store.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

/** Beside the portal, which goes on with its own threads. */
export async function writeStore<T>(
  { dataDir }: Pick<BrowserPortal, "dataDir">,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  const opened = await openSqliteEngine<Schema>({
    dataDirectory: dataDir,
    fileName: STORE_FILE,
    takesLock: false,
    onLost: (error) => {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  const { writer, close } = opened.handle;
  try {
    return await writer.transaction().execute(work);
  } finally {
    await close();
  }
}

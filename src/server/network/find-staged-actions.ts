// Says what an import that waits to be stored would do to one address.
import { parseAddress } from "../../core/network/address.ts";
import { addressKey } from "../../core/network/address-range.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { ListedAs } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";

/**
 * Lines that have ended by now do nothing. Of each action the line that lasts longest.
 * @param asked.address canonical text
 */
export async function findStagedActions(
  read: ReadDatabase<Schema>,
  importId: string,
  asked: { readonly address: string; readonly nowMs: number },
): Promise<readonly ListedAs[]> {
  const address = parseAddress(asked.address);
  if (address === null) return [];
  const key = addressKey(address);
  const rows = await read
    .selectFrom("network_entry_import")
    .select(["action", "expires_at"])
    .select((eb) =>
      eb
        .case()
        .when(eb.and([eb("range_start", "=", key), eb("range_end", "=", key)]))
        .then(1)
        .else(0)
        .end()
        .as("is_itself"),
    )
    .distinct()
    .where("import_id", "=", importId)
    .where("family", "=", address.family)
    .where("range_start", "<=", key)
    .where("range_end", ">=", key)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", asked.nowMs)]))
    .execute();
  return (["allow", "deny"] as const).flatMap((action) => {
    const lines = rows.filter((row) => row.action === action);
    const ends = lines.map((row) => row.expires_at);
    if (ends.length === 0) return [];
    const expiresAtMs = ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
    return [{ action, expiresAtMs, isItself: lines.some((row) => row.is_itself === 1) }];
  });
}

// Says which keys there are, where each is and how many secrets it seals.
import type { KeyStatusAnswer } from "../../../api/key-api.ts";
import { listStoredKeys } from "./key-store.ts";
import type { KeyParts } from "./rotate-keys.ts";
import { countSealed } from "./sealed-rows.ts";

export async function describeKeys({
  database,
  masterKeys,
}: Pick<KeyParts, "database" | "masterKeys">): Promise<KeyStatusAnswer> {
  const counts = await countSealed(database.kysely);
  const stored = new Map(
    (await listStoredKeys(database.kysely)).map(({ id, createdAtMs }) => [id, createdAtMs]),
  );
  const held = masterKeys.list();
  const heldIds = new Set(held.map(({ id }) => id));
  const missing = [...counts.keys()].filter((id) => !heldIds.has(id));
  return {
    activeKeyId: masterKeys.ring.activeKeyId(),
    source: masterKeys.source,
    filePath: masterKeys.source === "file" ? masterKeys.filePath : null,
    isRotating: masterKeys.isRotating(),
    keys: [
      ...held.map(({ id, source, isActive, madeAtMs }) => ({
        id,
        state: isActive ? ("active" as const) : ("opens-only" as const),
        source,
        createdAt: timeText(madeAtMs ?? stored.get(id) ?? null),
        seals: counts.get(id) ?? 0,
      })),
      ...missing.map((id) => ({
        id,
        state: "missing" as const,
        source: null,
        createdAt: timeText(stored.get(id) ?? null),
        seals: counts.get(id) ?? 0,
      })),
    ],
  };
}

function timeText(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

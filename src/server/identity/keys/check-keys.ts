// Looks at start whether every sealed secret has its key, and says loudly if not.
import type { IdentityAlarm } from "../identity-parts.ts";
import { listStoredKeys, registerKey } from "./key-store.ts";
import type { KeyParts } from "./rotate-keys.ts";
import { countSealed } from "./sealed-rows.ts";

/** What is wrong with the keys of this node; the active key is known to the store afterwards. */
export async function checkKeys(
  parts: Pick<KeyParts, "database" | "clock" | "masterKeys">,
): Promise<readonly IdentityAlarm[]> {
  const { database, clock, masterKeys } = parts;
  const { ring, source, filePath } = masterKeys;
  const held = new Set(ring.keyIds());
  const counts = await countSealed(database.kysely);
  const stored = await listStoredKeys(database.kysely);
  await database.transaction((trx) =>
    registerKey(trx, { id: ring.activeKeyId(), createdAtMs: clock.nowMs() }),
  );
  const missing = [...counts].filter(([id]) => !held.has(id));
  const alarms: IdentityAlarm[] = [];
  if (missing.length > 0) alarms.push(missingKeys(parts, missing));
  const isOtherNode = database.engine === "postgres" && source === "file" && missing.length === 0;
  if (isOtherNode && stored.some(({ id }) => !held.has(id))) {
    alarms.push({ reason: "master-key-not-shared", detail: { meaning: NOT_SHARED } });
  }
  if (masterKeys.isFileOpenToOthers) {
    const detail = { meaning: OPEN_TO_OTHERS, file: filePath };
    alarms.push({ reason: "master-key-open-to-others", detail });
  }
  return alarms;
}

function missingKeys(
  { masterKeys }: Pick<KeyParts, "masterKeys">,
  missing: readonly (readonly [string, number])[],
): IdentityAlarm {
  const { isNew, filePath } = masterKeys;
  const keyIds = missing.map(([id]) => id).join(", ");
  const secrets = missing.reduce((sum, [, count]) => sum + count, 0);
  const made = isNew ? `${filePath} was not there, and a new key was made. ` : "";
  const detail = { meaning: `${made}${MISSING}`, keyIds, secrets };
  return { reason: "master-key-missing", detail };
}

const MISSING =
  "Secrets of second factors or of providers are sealed with a master key that is not here: who " +
  "uses an authenticator app or such a provider is refused. Put back the key file, or the key " +
  "into MASTER_KEY_PREVIOUS, and start again; or reset the second factor of these users, and " +
  "enter the secrets of providers again.";
const NOT_SHARED =
  "Other nodes of this database have used another master key. Nodes have to share one: set " +
  "MASTER_KEY to the same value on each of them.";
const OPEN_TO_OTHERS =
  "The key file can be read by other users of this machine: only the user that runs Postern " +
  "should (mode 0600).";

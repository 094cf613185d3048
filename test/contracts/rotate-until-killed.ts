// Rotates the keys of a store for ever: the child of the test of rotations and kill -9.
import { openKeyRing } from "../../src/platform/crypto/open-key-ring.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { RETIRED_KEPT_MS, rotateKeys } from "../../src/server/identity/keys/rotate-keys.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

const [, , dataDirectory = "", databaseUrl = ""] = process.argv;
const outcome = await openDatabase<Schema>({
  dataDirectory,
  databaseUrl: databaseUrl === "" ? null : databaseUrl,
  fileName: "postern.db",
});
// Each rotation comes so long after the one before that it drops that one's key.
let nowMs = Date.now();
const opened = openKeyRing({ dataDir: dataDirectory, masterKey: null, previousKeys: [], nowMs });
if (!outcome.ok || !opened.ok) throw new Error("the place is not as it should be");
for (;;) {
  nowMs += RETIRED_KEPT_MS;
  const { database } = outcome;
  const clock = { nowMs: () => nowMs };
  const recordEvent = () => Promise.resolve();
  const rotation = await rotateKeys(
    { database, clock, masterKeys: opened.keys, recordEvent },
    null,
  );
  process.stdout.write(`${JSON.stringify(rotation)}\n`);
}

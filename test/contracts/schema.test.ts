// The readable schema and the migrations are the same schema, on every engine.
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeSchema } from "../../src/platform/database/describe-schema.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { Migration } from "../../src/platform/database/migrate.ts";
import { describeEachEngine } from "./engines.ts";
import { openStore } from "./open-store.ts";

const SCHEMA_FILE = new URL("../../src/server/migrations/schema.sql", import.meta.url);

/** The file as one step, in the words that `toEngineStatements` reads. */
function readableSchema(): Migration {
  const text = readFileSync(SCHEMA_FILE, "utf8");
  const words = text
    .replaceAll("${AUTO_ID}", "integer primary key autoincrement")
    .replaceAll(/\bbigint\b/g, "integer")
    .replaceAll(/^\);$/gm, ") strict;");
  return { number: 1, name: "readable-schema", sql: words };
}

describeEachEngine("the schema", (harness) => {
  it("is in schema.sql exactly what the migrations make", async () => {
    const migrated = await openStore(harness);
    const readable = await harness.open();
    await migrate(readable, [readableSchema()], { nowMs: 0 });
    const description = await describeSchema(readable.kysely, harness.engine);
    // A comparison of two empty stores would prove nothing.
    expect(description.match(/^table /gm)?.length).toBeGreaterThanOrEqual(11);
    expect(await describeSchema(migrated.kysely, harness.engine)).toBe(description);
  });

  it("has the one row that orders changes", async () => {
    const database = await openStore(harness);
    const rows = await database.kysely.selectFrom("network_version").selectAll().execute();
    expect(rows).toEqual([{ id: 1, version: 0 }]);
  });

  it("sorts keys of addresses by their bytes", async () => {
    const database = await openStore(harness);
    const keys = ["0a000000", "a0000000", "09ffffff", "ffffffff", "00000000"];
    await database.transaction(async (trx) => {
      for (const key of keys) {
        await sql`insert into journal_visit values (1, 4, ${key}, '', '', '', 1, 0, 0)`.execute(
          trx,
        );
      }
    });
    const rows = await database.kysely
      .selectFrom("journal_visit")
      .select("address_start")
      .orderBy("address_start")
      .execute();
    expect(rows.map((row) => row.address_start)).toEqual(keys.toSorted());
  });
});

// Writes rows for ever and says which ones are confirmed: the child of the durability test.
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import { SAMPLE_MIGRATIONS } from "./sample-store.ts";
import type { SampleSchema } from "./sample-store.ts";

const place = { dataDirectory: process.argv[2] ?? "", databaseUrl: null, fileName: "postern.db" };
const outcome = await openDatabase<SampleSchema>(place);
if (!outcome.ok) throw new Error(outcome.problem.message);
const { database } = outcome;
await migrate(database, SAMPLE_MIGRATIONS, { nowMs: 1 });
for (let index = Number(process.argv[3]); ; index += 1) {
  await database.transaction(async (trx) => {
    const shelf = { code: `shelf ${index}`, name: "", opened_at: index, parent: null };
    await trx.insertInto("shelf").values(shelf).execute();
    const book = { shelf_code: shelf.code, title: "", pages: index };
    await trx.insertInto("book").values(book).execute();
  });
  process.stdout.write(`${index}\n`);
}

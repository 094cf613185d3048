// Works at the queue of a store until it is killed: the child of the test of mails and kill -9.
import { systemClock } from "../../src/platform/clock.ts";
import { parseSmtpUrl } from "../../src/platform/config-parsers.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { createMailer } from "../../src/platform/mail/create-mailer.ts";
import { createMails } from "../../src/server/identity/mail/create-mails.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";

const [, , dataDirectory = "", smtpUrl = ""] = process.argv;
const place = { dataDirectory, databaseUrl: null, fileName: "postern.db" };
const outcome = await openDatabase<Schema>(place);
const smtp = parseSmtpUrl(smtpUrl);
if (!outcome.ok || !smtp.ok) throw new Error("the place or the server is not as it should be");
const mails = createMails({
  database: outcome.database,
  clock: systemClock,
  keyRing: TEST_KEY_RING,
  publicUrl: "https://portal.example.com",
  portalName: "Example Portal",
  recordEvent: () => Promise.resolve(),
  onError: (error) => process.stderr.write(`${String(error)}\n`),
  mailer: createMailer({
    smtp: smtp.value,
    from: { name: "", address: "postern@example.com" },
    dataDir: dataDirectory,
  }),
});
mails.start();
// The process has nothing to do but to be killed.
setInterval(() => undefined, 1000);

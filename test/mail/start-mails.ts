// Starts the queue of mails on a store, with a real SMTP server behind it.
import { afterAll } from "vitest";
import { parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { parseSmtpUrl } from "../../src/platform/config-parsers.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import { createMailer } from "../../src/platform/mail/create-mailer.ts";
import type { IdentityEvent, PersonPlace } from "../../src/server/identity/identity-parts.ts";
import { findLink } from "../../src/server/identity/links/link-store.ts";
import { createMails } from "../../src/server/identity/mail/create-mails.ts";
import type { MailsParts } from "../../src/server/identity/mail/create-mails.ts";
import { queueMail } from "../../src/server/identity/mail/queue-mail.ts";
import type { NewMail } from "../../src/server/identity/mail/queue-mail.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import type { EngineHarness } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { startMailServer } from "./start-mail-server.ts";
import type { MailServer } from "./start-mail-server.ts";

export const PUBLIC_URL = "https://portal.example.com";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0";

export function placeAt(addressText: string, country = "DE"): PersonPlace {
  const address = parseAddress(addressText)!;
  const key = addressKey(address);
  return { address, addressText, addressKey: key, country, userAgent: FIREFOX };
}

export type StartedMails = Awaited<ReturnType<typeof startMails>>;

/** `given`: a store, clock and server that are there already. */
export async function startMails(
  harness: EngineHarness,
  given: {
    readonly database?: Database<Schema>;
    readonly clock?: ReturnType<typeof createStandingClock>;
    readonly server?: MailServer;
  } = {},
) {
  const database = given.database ?? (await openStore(harness));
  const clock = given.clock ?? createStandingClock();
  const server = given.server ?? (await startMailServer());
  const events: IdentityEvent[] = [];
  const errors: string[] = [];
  const smtp = parseSmtpUrl(server.url);
  if (!smtp.ok) throw new Error(server.url);
  const parts: MailsParts = {
    database,
    clock,
    keyRing: TEST_KEY_RING,
    publicUrl: PUBLIC_URL,
    portalName: "Example Portal",
    recordEvent: async (_trx, event) => void events.push(event),
    onError: (error, doing) => void errors.push(`${doing}: ${String(error)}`),
    mailer: createMailer({
      smtp: smtp.value,
      from: { name: "Example Portal", address: "postern@portal.example.com" },
      dataDir: "/nowhere",
    }),
  };
  const mails = createMails(parts);
  afterAll(async () => {
    await mails.close();
    await server.close();
  });

  async function queue(mail: Omit<NewMail, "nowMs">): Promise<string> {
    const complete = { ...mail, nowMs: clock.nowMs() } as NewMail;
    return await database.transaction((trx) => queueMail(trx, complete));
  }

  /** A reset as its worker queues it. */
  function queueReset(user: { readonly id: string; readonly email: string }): Promise<string> {
    const place = { address: "203.0.113.9", country: "DE", userAgent: FIREFOX };
    const data = { askedAtMs: clock.nowMs(), place };
    return queue({ kind: "password-reset", userId: user.id, to: user.email, data });
  }

  async function rowOf(id: string) {
    return await database.kysely
      .selectFrom("identity_mail")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  }

  const isLive = async (token: string): Promise<boolean> =>
    (await findLink(database.kysely, sha256Hex(token), clock.nowMs())) !== null;

  return { ...parts, clock, server, events, errors, mails, queue, queueReset, rowOf, isLive };
}

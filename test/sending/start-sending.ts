// Starts sending on a store, with the journal that feeds it.
import { afterAll } from "vitest";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import type { SyslogSender } from "../../src/platform/syslog/create-syslog-sender.ts";
import { createJournal, createSending } from "../../src/server/journal/index.ts";
import type { Journal } from "../../src/server/journal/index.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";

export const HOST_SHELL = { kind: "host-shell" } as const;

/** `given`: a clock, to have several nodes at one. */
export function startSending(
  database: Database<Schema>,
  given: {
    readonly clock?: ReturnType<typeof createStandingClock>;
    readonly syslog?: SyslogSender;
    readonly journal?: Journal;
  } = {},
) {
  const clock = given.clock ?? createStandingClock();
  const errors: string[] = [];
  const onError = (error: unknown): void => void errors.push(String(error));
  const limits = { journalDays: 30, journalMaxMegabytes: 512 };
  const journal = given.journal ?? createJournal({ database, clock, ...limits, onError });
  let alarms = 0;
  const sending = createSending({
    database,
    clock,
    journal,
    keyRing: TEST_KEY_RING,
    outbound: createOutboundFetch({ isPublicAddress, limits: { totalMs: 5_000 } }),
    isPublicAddress,
    syslog: given.syslog ?? null,
    onAlarm: () => (alarms += 1),
    onError,
  });
  afterAll(async () => {
    await journal.close();
    await sending.close();
  });

  /** Writes what happened, and sends it. */
  async function flush(): Promise<void> {
    await journal.flush();
    await sending.flush();
  }

  return { clock, database, errors, journal, sending, flush, alarms: () => alarms };
}

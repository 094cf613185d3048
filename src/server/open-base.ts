// Opens what every domain stands on: store, journal, clock, alarms.

import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/database/database.ts";
import type { Logger } from "../platform/log/create-logger.ts";
import { createJournal } from "./journal/index.ts";
import type { Journal } from "./journal/index.ts";
import type { Schema } from "./migrations/schema.ts";
import { openStore } from "./open-store.ts";
import { knowAddresses } from "./protected-addresses.ts";
import type { KnownAddresses } from "./protected-addresses.ts";
import { createAlarms } from "./raise-alarms.ts";
import type { Alarms } from "./raise-alarms.ts";

export type Base = {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database<Schema>;
  readonly known: KnownAddresses;
  readonly journal: Journal;
  readonly alarms: Alarms;
  /** For what fails where nobody waits for an answer. */
  readonly onError: (error: unknown, doing: string) => void;
};

export async function openBase(
  config: Config,
  logger: Logger,
  given: { readonly clock?: Clock },
): Promise<Base> {
  const clock = given.clock ?? systemClock;
  const onError = (error: unknown, doing: string): void => {
    logger.error({ err: error }, `failed while ${doing}`);
  };
  const database = await openStore(config, (error) => {
    // What was confirmed is on disk; going on without a store would confirm what is not.
    logger.fatal({ err: error }, "the store is lost; ending, so that a new start can recover it");
    process.exit(1);
  });
  const journal = createJournal({
    database,
    clock,
    journalDays: config.journalDays,
    journalMaxMegabytes: config.journalMaxMegabytes,
    onError: (error) => onError(error, "writing the journal"),
  });
  const alarms = createAlarms({
    journal,
    clock,
    onError: (error) => onError(error, "raising an alarm"),
  });
  const known = knowAddresses(config.trustedProxies);
  return { config, clock, logger, database, known, journal, alarms, onError };
}

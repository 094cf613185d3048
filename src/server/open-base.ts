// Opens what every domain stands on: store, journal, clock, alarms.

import { join } from "node:path";
import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { readMasterKey } from "../platform/crypto/master-key-text.ts";
import { openKeyRing } from "../platform/crypto/open-key-ring.ts";
import type { MasterKeys } from "../platform/crypto/open-key-ring.ts";
import { ARGON2_PARAMETERS } from "../platform/crypto/password-hasher.ts";
import type { Argon2Parameters } from "../platform/crypto/password-hasher.ts";
import type { Database } from "../platform/database/database.ts";
import type { Logger } from "../platform/log/create-logger.ts";
import { ANCHORS_FILE, createJournal } from "./journal/index.ts";
import type { Journal } from "./journal/index.ts";
import type { Schema } from "./migrations/schema.ts";
import { openStore } from "./open-store.ts";
import { StartError } from "./start-error.ts";
import { knowAddresses } from "./protected-addresses.ts";
import type { KnownAddresses } from "./protected-addresses.ts";
import { createAlarms } from "./raise-alarms.ts";
import type { Alarms } from "./raise-alarms.ts";

export type Base = {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What passwords and backup codes are hashed with. */
  readonly argon2: Argon2Parameters;
  readonly database: Database<Schema>;
  readonly masterKeys: MasterKeys;
  readonly known: KnownAddresses;
  readonly journal: Journal;
  readonly alarms: Alarms;
  /** For what fails where nobody waits for an answer. */
  readonly onError: (error: unknown, doing: string) => void;
};

export async function openBase(
  config: Config,
  logger: Logger,
  given: { readonly clock?: Clock; readonly argon2?: Argon2Parameters },
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
  const masterKeys = await openMasterKeys(config, clock.nowMs()).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  if (masterKeys.isNew) {
    const { filePath: file } = masterKeys;
    logger.info({ file }, "a master key was made; back it up apart from backups of the store");
  }
  const journal = createJournal({
    database,
    clock,
    journalDays: config.journalDays,
    journalMaxMegabytes: config.journalMaxMegabytes,
    anchorsPath: join(config.dataDir, ANCHORS_FILE),
    onError: (error) => onError(error, "writing the journal"),
  });
  const alarms = createAlarms({
    journal,
    clock,
    onError: (error) => onError(error, "raising an alarm"),
  });
  const known = knowAddresses(config.trustedProxies);
  const argon2 = given.argon2 ?? ARGON2_PARAMETERS;
  const opened = { database, masterKeys, known, journal, alarms };
  return { config, clock, logger, argon2, ...opened, onError };
}

/** After the store: of two processes that start in one directory only one comes so far. */
async function openMasterKeys(config: Config, nowMs: number): Promise<MasterKeys> {
  const { dataDir, masterKey, masterKeyPrevious } = config;
  const previousKeys = masterKeyPrevious.map((key) => readMasterKey(key.reveal()));
  const outcome = openKeyRing({
    dataDir,
    masterKey: masterKey === null ? null : readMasterKey(masterKey.reveal()),
    previousKeys: previousKeys.filter((key) => key !== null),
    nowMs,
  });
  if (!outcome.ok) throw new StartError(outcome.message);
  return outcome.keys;
}

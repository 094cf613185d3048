// Tells whether this node can take traffic, and what of it is not as it should be.

import { sql } from "kysely";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database/database.ts";
import type { Identity } from "./identity/index.ts";
import type { Journal } from "./journal/index.ts";
import type { Schema } from "./migrations/schema.ts";
import { describeCountries } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import type { Alarms } from "./raise-alarms.ts";

export type Readiness = {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, string>>;
};

const STORE_TIMEOUT_MS = 2000;
const JOURNAL_LAG_MAX_MS = 30_000;

export async function checkReadiness(parts: {
  readonly database: Database<Schema>;
  readonly network: Network;
  readonly journal: Journal;
  readonly alarms: Alarms;
  readonly clock: Clock;
  readonly keys: Pick<Identity["keys"], "secretsWithoutKey">;
}): Promise<Readiness> {
  const { network, journal, alarms, clock } = parts;
  const store = await checkStore(parts.database);
  const countries = describeCountries(network.countries.status(), clock.nowMs());
  const waiting = network.bans.waiting();
  const recent = alarms.recent();
  const closed = parts.keys.secretsWithoutKey();
  return {
    isReady: store === "ok",
    checks: {
      store,
      countries: describeAge(countries),
      journal: journal.counts().flushLagMs > JOURNAL_LAG_MAX_MS ? "behind" : "ok",
      bans: waiting === 0 ? "ok" : `${waiting} not on disk yet`,
      keys: closed === 0 ? "ok" : `${closed} secrets need a key that is not here`,
      alarms: recent === 0 ? "ok" : `${recent} in the last hour`,
    },
  };
}

function describeAge(countries: ReturnType<typeof describeCountries>): string {
  if (countries.ageDays === null) return "missing: every address is of unknown location";
  if (countries.lastRefusal !== null) return "the newest file was refused; the one before is used";
  return countries.isStale ? `stale: ${countries.ageDays} days old` : "ok";
}

/** `ok`, or that it is away or takes too long; never rejects. */
export async function checkStore(database: Database<Schema>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("does not answer"), STORE_TIMEOUT_MS);
  });
  const answer = sql`select 1`.execute(database.kysely as never).then(
    () => "ok",
    () => "away",
  );
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

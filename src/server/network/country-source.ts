// Keeps the country table of the network state equal to the country database in use.

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { buildCountryTable } from "../../core/network/build-country-table.ts";
import type { NetworkState } from "../../core/network/network-state.ts";
import type { Clock } from "../../platform/clock.ts";
import { openCountryDatabase } from "../../platform/geo-ip/open-country-database.ts";
import type {
  CountryDatabase,
  CountryOrigin,
  CountryReport,
} from "../../platform/geo-ip/open-country-database.ts";
import type { CountryDatabaseInfo } from "../../platform/geo-ip/country-data.ts";
import { countryDirectory } from "../../platform/geo-ip/country-directory.ts";
import { fetchCountryDatabase } from "../../platform/geo-ip/fetch-country-database.ts";
import { loadCountryDatabase } from "../../platform/geo-ip/load-country-database.ts";
import { replaceFile } from "../../platform/geo-ip/replace-file.ts";
import { scheduleCountryFetch } from "../../platform/geo-ip/schedule-country-fetch.ts";
import type { RunningSchedule } from "../../platform/geo-ip/schedule-country-fetch.ts";

/** Country data moves slowly; the source is asked for a newer file once a day. */
const FETCH_EVERY_SECONDS = 86_400;

export type CountryStatus = {
  /** Null while there is no usable database: every address is then of unknown location. */
  readonly inUse: { readonly origin: CountryOrigin; readonly info: CountryDatabaseInfo } | null;
  /** Why the last file was not taken, or null. */
  readonly lastRefusal: string | null;
};

export type CountrySource = {
  open(): Promise<void>;
  status(): CountryStatus;
  /** The reason when the file was not taken, else null. The old database stays in use. */
  fetch(url: string | null): Promise<string | null>;
  /** The same for a file on this machine. */
  takeFile(path: string): Promise<string | null>;
  close(): Promise<void>;
};

export function createCountrySource(options: {
  readonly state: NetworkState;
  readonly clock: Clock;
  readonly directory: string;
  readonly url: string | null;
  readonly onProblem: (reason: string) => void;
}): CountrySource {
  const { state, clock, onProblem } = options;
  const directory = join(options.directory, "geo");
  let database: CountryDatabase | null = null;
  let inUse: CountryStatus["inUse"] = null;
  let lastRefusal: string | null = null;
  let schedule: RunningSchedule | null = null;

  /** Two looks: the first sees that the file is new, the second that it has stayed the same. */
  async function lookNow(): Promise<string | null> {
    await database?.poll();
    await database?.poll();
    return lastRefusal;
  }

  function take(report: CountryReport): void {
    if (!report.ok) {
      lastRefusal = `${report.path} ${report.reason}`;
      onProblem(lastRefusal);
      return;
    }
    // INVARIANT: one assignment swaps the table; a decision sees the old one or the new one.
    state.countries = buildCountryTable(report.data.arrays).table;
    inUse = { origin: report.origin, info: report.data.info };
    if (report.origin !== "last-good") lastRefusal = null;
  }

  return {
    open: async () => {
      database = await openCountryDatabase({ directory, clock, onReport: take });
      if (options.url === null) return;
      schedule = scheduleCountryFetch({
        url: options.url,
        directory,
        clock,
        intervalSeconds: FETCH_EVERY_SECONDS,
        onOutcome: (outcome) => {
          if (!outcome.ok) onProblem(`fetching it: ${outcome.reason}`);
        },
      });
      void schedule.tick();
    },
    status: () => ({ inUse, lastRefusal }),
    fetch: async (url) => {
      const from = url ?? options.url;
      if (from === null) return "no address is known: give one, or set COUNTRY_DATABASE_URL";
      const outcome = await fetchCountryDatabase({ url: from, directory, clock });
      return outcome.ok ? lookNow() : outcome.reason;
    },
    takeFile: async (path) => {
      const checked = await loadCountryDatabase(path, clock.nowMs());
      if (!checked.ok) return `${path} ${checked.reason}`;
      const files = countryDirectory(directory);
      const copy = files.temporary();
      await copyFile(path, copy);
      await replaceFile(copy, files.droppedIn);
      return lookNow();
    },
    close: async () => {
      await schedule?.close();
      await database?.close();
    },
  };
}

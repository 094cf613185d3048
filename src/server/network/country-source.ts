// Keeps the country table of the network state equal to the country database in use.

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
import { fetchCountryDatabase } from "../../platform/geo-ip/fetch-country-database.ts";

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
  update(url: string | null): Promise<string | null>;
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
    },
    status: () => ({ inUse, lastRefusal }),
    update: async (url) => {
      const from = url ?? options.url;
      if (from === null) return "no address is known: give one, or set COUNTRY_DATABASE_URL";
      const outcome = await fetchCountryDatabase({ url: from, directory, clock });
      if (!outcome.ok) return outcome.reason;
      // Two looks: the first sees that the file is new, the second that it has stayed the same.
      await database?.poll();
      await database?.poll();
      return lastRefusal;
    },
    close: async () => {
      await database?.close();
    },
  };
}

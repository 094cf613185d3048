// Prometheus metrics of the whole process, collected when they are asked for.

import { Gauge, Registry, collectDefaultMetrics } from "prom-client";
import { banCount } from "../core/network/ban-table.ts";
import { entryCount } from "../core/network/address-set.ts";
import { slidingWindowSize } from "../core/network/sliding-window.ts";
import type { ClientReader, Gate } from "./gate/index.ts";
import type { Journal } from "./journal/index.ts";
import type { Network } from "./network/index.ts";

export type MetricsParts = {
  readonly gate: Gate;
  readonly clients: ClientReader;
  readonly network: Network;
  readonly journal: Journal;
};

export function createMetrics(parts: MetricsParts): Registry {
  const { network } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const decisions = new Gauge({
    name: "postern_decisions_total",
    help: "Requests decided since the start, by verdict and reason",
    labelNames: ["verdict", "reason"],
    registers: [registry],
    collect() {
      for (const [key, count] of parts.gate.counts()) {
        const [verdict, reason] = key.split(" ");
        this.set({ verdict: verdict!, reason: reason! }, count);
      }
    },
  });
  decisions.reset();

  gauge("postern_entries", "Address-list entries of the platform in memory", () =>
    entryCount(network.state.platform.allow) + entryCount(network.state.platform.deny),
  );
  gauge("postern_bans", "Bans in memory, ended ones that were not swept yet included", () =>
    banCount(network.state.bans),
  );
  gauge("postern_bans_waiting", "Bans that hold and are not on disk yet", () =>
    network.bans.waiting(),
  );
  gauge("postern_counted_keys", "Keys with counted requests in memory", () =>
    slidingWindowSize(network.state.counters).keys,
  );
  gauge("postern_country_database_build_seconds", "Build time of the country database", () =>
    (network.countries.status().inUse?.info.buildDateMs ?? 0) / 1000,
  );
  gauge("postern_disbelieved_headers_total", "Forwarding headers from untrusted peers", () =>
    parts.clients.disbelieved(),
  );
  gauge("postern_journal_flush_lag_seconds", "Time since the journal was last written", () =>
    parts.journal.counts().flushLagMs / 1000,
  );
  gauge("postern_journal_open_rows", "Decisions still counted in memory", () =>
    parts.journal.counts().openRows,
  );

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
  return registry;
}

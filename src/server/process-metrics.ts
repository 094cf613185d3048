// Prometheus metrics of the whole process, collected when they are asked for.

import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
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

export type Metrics = {
  /** What Prometheus reads, and its content type. */
  readonly collect: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

/**
 * prom-client is loaded by the first reader: many never ask. Its own default metrics are left out,
 * because watching garbage collection costs each answer of the gate a fifth of its time (Node 20).
 */
export function createMetrics(parts: MetricsParts): Metrics {
  let registering: Promise<Registry> | null = null;
  return {
    collect: async () => {
      registering ??= registerMetrics(parts);
      const registry = await registering;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

async function registerMetrics(parts: MetricsParts): Promise<Registry> {
  const { Gauge, Registry } = await import("prom-client");
  const { network } = parts;
  const registry = new Registry();

  const decisions = new Gauge({
    name: "postern_decisions_total",
    help: "Requests decided since the start, by verdict and reason",
    labelNames: ["verdict", "reason"],
    registers: [registry],
    collect() {
      for (const [verdict, reasons] of Object.entries(parts.gate.counts())) {
        for (const [reason, count] of reasons) this.set({ verdict, reason }, count);
      }
    },
  });
  decisions.reset();

  gauge(
    "postern_entries",
    "Address-list entries of the platform in memory",
    () => entryCount(network.state.platform.allow) + entryCount(network.state.platform.deny),
  );
  gauge("postern_bans", "Bans in memory, ended ones that were not swept yet included", () =>
    banCount(network.state.bans),
  );
  gauge("postern_bans_waiting", "Bans that hold and are not on disk yet", () =>
    network.bans.waiting(),
  );
  gauge(
    "postern_counted_keys",
    "Keys with counted requests in memory",
    () => slidingWindowSize(network.state.counters).keys,
  );
  gauge(
    "postern_country_database_build_seconds",
    "Build time of the country database",
    () => (network.countries.status().inUse?.info.buildDateMs ?? 0) / 1000,
  );
  gauge("postern_disbelieved_headers_total", "Forwarding headers from untrusted peers", () =>
    parts.clients.disbelieved(),
  );
  gauge(
    "postern_journal_flush_lag_seconds",
    "Time since the journal was last written",
    () => parts.journal.counts().flushLagMs / 1000,
  );
  gauge(
    "postern_journal_open_rows",
    "Decisions still counted in memory",
    () => parts.journal.counts().openRows,
  );

  for (const { name, help, read } of processGauges()) gauge(name, help, read);

  function gauge(name: string, help: string, read: () => number): void {
    const made = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(made);
  }
  return registry;
}

type ProcessGauge = { readonly name: string; readonly help: string; readonly read: () => number };

const LOOK_EVERY_MS = 20;

/** Named as Prometheus' client libraries name them, so that common dashboards find them. */
function processGauges(): readonly ProcessGauge[] {
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  const startedAtSeconds = Date.now() / 1000 - process.uptime();
  return [
    {
      name: "process_cpu_user_seconds_total",
      help: "Processor time in the program",
      read: () => process.cpuUsage().user / 1e6,
    },
    {
      name: "process_cpu_system_seconds_total",
      help: "Processor time in the system for the program",
      read: () => process.cpuUsage().system / 1e6,
    },
    {
      name: "process_resident_memory_bytes",
      help: "Resident memory",
      read: () => process.memoryUsage.rss(),
    },
    {
      name: "process_start_time_seconds",
      help: "When the process started, since 1970",
      read: () => startedAtSeconds,
    },
    {
      name: "nodejs_heap_size_used_bytes",
      help: "Memory of living and dead objects",
      read: () => process.memoryUsage().heapUsed,
    },
    {
      name: "nodejs_eventloop_lag_p99_seconds",
      help: "How late the event loop was, at most, for 99 of 100 turns since the last reading",
      read: () => {
        // Node counts from one look to the next, so that the time between them is in it.
        const lagMs = delay.percentile(99) / 1e6 - LOOK_EVERY_MS;
        delay.reset();
        return Math.max(0, lagMs / 1000);
      },
    },
  ];
}

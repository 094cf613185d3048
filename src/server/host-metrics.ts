// Metrics of the process itself, named as Prometheus' client libraries name them.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import type { MetricSource } from "./metric-source.ts";

const LOOK_EVERY_MS = 20;

/** Common dashboards find them by these names. */
export function hostMetrics(): readonly MetricSource[] {
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  const startedAtSeconds = Date.now() / 1000 - process.uptime();
  return [
    {
      type: "counter",
      name: "process_cpu_user_seconds_total",
      help: "Processor time in the program",
      read: () => process.cpuUsage().user / 1e6,
    },
    {
      type: "counter",
      name: "process_cpu_system_seconds_total",
      help: "Processor time in the system for the program",
      read: () => process.cpuUsage().system / 1e6,
    },
    {
      type: "gauge",
      name: "process_resident_memory_bytes",
      help: "Resident memory",
      read: () => process.memoryUsage.rss(),
    },
    {
      type: "gauge",
      name: "process_start_time_seconds",
      help: "When the process started, since 1970",
      read: () => startedAtSeconds,
    },
    {
      type: "gauge",
      name: "nodejs_heap_size_used_bytes",
      help: "Memory of living and dead objects",
      read: () => process.memoryUsage().heapUsed,
    },
    {
      type: "gauge",
      name: "nodejs_eventloop_lag_p99_seconds",
      help: "How late the event loop was, at most, for 99 of 100 turns since the last reading",
      read: () => {
        // Node counts from one look to the next, so that the time between them is in it.
        const lagMs = delay.percentile(99) / 1e6 - LOOK_EVERY_MS;
        delay.reset();
        return Math.max(0, lagMs / 1000);
      },
    },
    {
      type: "gauge",
      name: "postern_build_info",
      help: "Always 1, with the version",
      labelNames: ["version"],
      read: () => [{ labels: { version: PROGRAM_VERSION }, value: 1 }],
    },
  ];
}

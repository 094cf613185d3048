// Prometheus metrics of the whole process, collected when they are asked for.
import type { Registry } from "prom-client";
import type { HealthAnswer } from "../api/health-api.ts";
import { answerInTime } from "../platform/answer-in-time.ts";
import { gateMetrics } from "./gate-metrics.ts";
import type { GateMetricsParts } from "./gate-metrics.ts";
import { hostMetrics } from "./host-metrics.ts";
import { samplesOf } from "./metric-source.ts";
import type { MetricSource, Sample } from "./metric-source.ts";
import { recordMetrics } from "./record-metrics.ts";
import type { RecordMetricsParts } from "./record-metrics.ts";
import { sendingMetrics } from "./sending-metrics.ts";
import type { SendingMetricsParts } from "./sending-metrics.ts";

export type MetricsParts = GateMetricsParts & RecordMetricsParts & SendingMetricsParts;

export type Metrics = {
  /** What Prometheus reads, and its content type. */
  readonly collect: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

/** What the store alone knows is left out when it does not answer; the rest is told. */
const READ_MAX_MS = 3_000;

/**
 * prom-client is loaded by the first reader: many never ask. Its own default metrics are left out,
 * because watching garbage collection costs each answer of the gate a fifth of its time (Node 20).
 */
export function createMetrics(parts: MetricsParts): Metrics {
  let registering: Promise<Registry> | null = null;
  let health: Promise<HealthAnswer> | null = null;
  // Several metrics come of one look at the health.
  const checkHealth = (): Promise<HealthAnswer> => (health ??= parts.checkHealth());

  function sources(): readonly MetricSource[] {
    return [
      ...gateMetrics(parts),
      ...recordMetrics({ ...parts, checkHealth }),
      ...sendingMetrics(parts),
      ...hostMetrics(),
    ];
  }

  return {
    collect: async () => {
      registering ??= registerMetrics(sources());
      const registry = await registering;
      health = null;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

async function registerMetrics(sources: readonly MetricSource[]): Promise<Registry> {
  const { Counter, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  for (const source of sources) {
    const { name, help, labelNames = [], type } = source;
    const options = { name, help, labelNames: [...labelNames], registers: [] };
    const made =
      type === "counter"
        ? new Counter({
            ...options,
            async collect() {
              const samples = await readSamples(source);
              this.reset();
              for (const { labels = {}, value } of samples) this.inc(labels, value);
            },
          })
        : new Gauge({
            ...options,
            async collect() {
              const samples = await readSamples(source);
              this.reset();
              // Zero would be a number that nobody has read.
              if (samples.length === 0 && labelNames.length === 0) this.remove();
              for (const { labels = {}, value } of samples) this.set(labels, value);
            },
          });
    registry.registerMetric(made);
  }
  return registry;
}

async function readSamples({ read }: MetricSource): Promise<readonly Sample[]> {
  const reading = await answerInTime((async () => await read())(), READ_MAX_MS);
  return reading === null ? [] : samplesOf(reading);
}

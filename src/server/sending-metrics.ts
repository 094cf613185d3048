// Metrics of what is sent to others: webhooks and syslog.
import type { Sending } from "./journal/index.ts";
import type { MetricSource } from "./metric-source.ts";

export type SendingMetricsParts = {
  readonly sending: Pick<Sending, "judge" | "counts" | "syslog">;
};

export function sendingMetrics(parts: SendingMetricsParts): readonly MetricSource[] {
  return [...webhookMetrics(parts), ...syslogMetrics(parts)];
}

function webhookMetrics({ sending }: SendingMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "counter",
      name: "postern_webhook_attempts_total",
      help: "Messages that this node sent to webhooks, by what became of them",
      labelNames: ["outcome"],
      read: () => {
        const { delivered, failed } = sending.counts();
        return [
          { labels: { outcome: "delivered" }, value: delivered },
          { labels: { outcome: "failed" }, value: failed },
        ];
      },
    },
    {
      type: "gauge",
      name: "postern_webhook_waiting",
      help: "Messages of all nodes that wait for webhooks",
      read: async () => [{ value: (await sending.judge()).waiting }],
    },
    {
      type: "gauge",
      name: "postern_webhooks_failing",
      help: "Webhooks that fail or were switched off by that",
      read: async () => {
        const { off, failing } = await sending.judge();
        return [{ value: off.length + failing.length }];
      },
    },
    {
      type: "gauge",
      name: "postern_webhook_lost",
      help: "Messages that webhooks of today never got, since each was added",
      read: async () => [{ value: (await sending.judge()).lost + sending.counts().lostInMemory }],
    },
  ];
}

function syslogMetrics({ sending: { syslog } }: SendingMetricsParts): readonly MetricSource[] {
  if (syslog === null) return [];
  return [
    {
      type: "counter",
      name: "postern_syslog_messages_total",
      help: "Syslog messages of this node, by what became of them",
      labelNames: ["outcome"],
      read: () => {
        const { sent, lost } = syslog.counts();
        return [
          { labels: { outcome: "sent" }, value: sent },
          { labels: { outcome: "lost" }, value: lost },
        ];
      },
    },
    {
      type: "gauge",
      name: "postern_syslog_waiting",
      help: "Syslog messages that wait in memory",
      read: () => syslog.counts().waiting,
    },
  ];
}
